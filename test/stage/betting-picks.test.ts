import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { WELCOME_CHIPS } from '#core/betting/pools.ts';
import type { Pool } from '#show/ports/chips.ts';
import type { Show } from '#show/show.ts';
import { PoolReactions } from '#stage/betting/pool-reactions.ts';
import { setClock } from '#test/support/clock.ts';
import { content } from '#test/support/floor.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';

const AT = { channelId: '1', messageId: '2' };
const MEMBERS = ['ann', 'ben'] as const;
/** What a stake by name is worth: another sum than a reaction's. */
const NAMED_CHIPS = 120;
const EMOJI = content.cast.slice(0, 2).map(({ emoji }) => emoji);

const STEPS = [
  'click',
  'clickTwice',
  'name',
  'hear',
  'send',
  'apply',
  'answer',
  'fail',
  'cut',
  'back',
] as const;
interface Step {
  what: (typeof STEPS)[number];
  member: (typeof MEMBERS)[number];
  emoji: string;
}

/** A request of the bot on its way. */
type Request =
  | { what: 'read'; emoji: string; answer: (members: string[]) => void; fail: (error: Error) => void }
  | {
      what: 'takeOff';
      emoji: string;
      member: string;
      /** Whether the request is still wanted; asked when the limit leaves room. */
      wanted: () => boolean;
      sent: boolean;
      /** How many events there had been when Discord carried it out; null before that. */
      doneAfter: number | null;
      answer: (sent: boolean) => void;
    };

/**
 * Discord, its connection to the bot, and members who click. Events come in order but late; requests are sent, carried out and
 * answered late. Before the answer to a removal arrives, the bot has heard all that came before the removal.
 */
class World {
  readonly standing = new Map<string, Set<string>>(MEMBERS.map((member) => [member, new Set()]));
  /** The emoji that each member picked last and did not remove. */
  readonly picked = new Map<string, string | null>(MEMBERS.map((member) => [member, null]));
  /** Members whose pick was heard to go while the bot was removing the same reaction: nobody can tell who did it. */
  readonly doubtful = new Set<string>();
  /** What members were told, in order. */
  readonly told: string[] = [];
  readonly show: Show;
  readonly #unseen = new Set<string>();
  readonly #mayManage: boolean;
  readonly #reactions: PoolReactions;
  readonly #pool: Pool;
  /** Who named a stake before the bot had read what that member did while it was away. */
  readonly #namedUnseen = new Set<string>();
  /** `on` is null for a stake by name: commands and reactions come in one order. */
  #events: { member: string; emoji: string; on: boolean | null }[] = [];
  #heard = 0;
  #requests: Request[] = [];
  #connected = true;
  #reading: Promise<void> = Promise.resolve();

  constructor(t: TestContext, mayManage: boolean) {
    const { show } = theatre(t, {});
    const pool = show.audience.pool();
    assert.ok(pool);
    this.#pool = pool;
    this.#mayManage = mayManage;
    this.show = show;
    this.#reactions = new PoolReactions({
      audience: show.audience,
      cast: () => content.cast,
      where: () => AT,
      reactors: (_, emoji) =>
        new Promise((answer, fail) => this.#requests.push({ what: 'read', emoji, answer, fail })),
      writes: { takeOff: (_, wanted) => this.#takeOff(wanted) },
      failed: () => undefined,
      tell: ({ why }) => this.told.push(why.code),
      clock: setClock('2026-03-10T12:00Z'),
      log: silentLog,
      signal: new AbortController().signal,
    });
  }

  async do({ what, member, emoji }: Step): Promise<void> {
    switch (what) {
      case 'click':
        this.#click(member, emoji);
        break;
      case 'clickTwice':
        this.#click(member, emoji);
        this.#click(member, emoji);
        break;
      case 'name':
        this.#name(member, emoji);
        break;
      case 'hear':
        this.#hear();
        break;
      case 'send':
        this.#send();
        break;
      case 'apply':
        this.#apply();
        break;
      case 'answer':
        this.#answer();
        break;
      case 'fail':
        this.#fail();
        break;
      case 'cut':
        // Of what was named before a second cut and what was missed at the first nobody can tell which came last.
        if (this.#namedUnseen.size > 0) break;
        while (this.#hear());
        this.#connected = false;
        break;
      case 'back':
        this.#back();
        break;
      default:
        what satisfies never;
    }
    await turn();
  }

  /** Goes on until nothing is under way, and then looks at the message once more. */
  async settle(): Promise<void> {
    if (this.#namedUnseen.size > 0) while (await this.#goOn());
    for (let looks = 0; looks < 2; looks++) {
      this.#connected = false;
      this.#back();
      while (await this.#goOn());
      await this.#reading;
    }
  }

  async #goOn(): Promise<boolean> {
    await turn();
    const busy = this.#events.length > this.#heard || this.#requests.length > 0;
    while (this.#hear());
    this.#send();
    this.#apply();
    this.#answer();
    await turn();
    return busy || this.#requests.length > 0;
  }

  #click(member: string, emoji: string): void {
    // A click that the bot misses, on a reaction that is removed at the same moment, leaves no trace at all.
    if (this.#unseen.has(member) || (!this.#connected && this.#taking({ member, emoji }))) return;
    const on = !this.#on(member).has(emoji);
    // The bot reads what it missed, but it cannot tell the order of two things that it missed.
    if (!this.#connected) this.#unseen.add(member);
    if (on) {
      this.picked.set(member, emoji);
      this.doubtful.delete(member);
    } else if (this.picked.get(member) === emoji) {
      this.picked.set(member, null);
    }
    this.#change(member, emoji, on);
  }

  /** Without the bot there are no commands. */
  #name(member: string, emoji: string): void {
    if (!this.#connected) return;
    if (this.#unseen.has(member)) this.#namedUnseen.add(member);
    this.picked.set(member, emoji);
    this.doubtful.delete(member);
    this.#events.push({ member, emoji, on: null });
  }

  /** Whether the bot is removing this reaction, or looking whether a pick that came back is there. */
  #taking({ member, emoji }: { member: string; emoji: string }): boolean {
    return this.#requests.some(
      (it) => it.emoji === emoji && (it.what === 'read' || (it.sent && it.member === member)),
    );
  }

  #change(member: string, emoji: string, on: boolean): void {
    if (on) this.#on(member).add(emoji);
    else if (!this.#on(member).delete(emoji)) return;
    if (this.#connected) this.#events.push({ member, emoji, on });
  }

  #hear(): boolean {
    const event = this.#events[this.#heard];
    if (!event) return false;
    this.#heard += 1;
    if (event.on === null) {
      const outcome = content.cast.find(({ emoji }) => emoji === event.emoji)?.id ?? '';
      void this.#reactions.name({ what: 'named', member: event.member, outcome, chips: NAMED_CHIPS });
      return true;
    }
    if (!event.on && this.#taking(event)) this.doubtful.add(event.member);
    this.#reactions.heard(event.member, event.emoji, event.on);
    return true;
  }

  #takeOff({ emoji, member, wanted }: { emoji: string; member: string; wanted: () => boolean }) {
    if (!this.#mayManage) return Promise.reject(new Error('Missing Permissions'));
    return new Promise<boolean>((answer) =>
      this.#requests.push({ what: 'takeOff', emoji, member, wanted, sent: false, doneAfter: null, answer }),
    );
  }

  #send(): void {
    for (const request of this.#requests) {
      if (request.what !== 'takeOff' || request.sent) continue;
      request.sent = request.wanted();
      if (request.sent) continue;
      this.#requests = this.#requests.filter((it) => it !== request);
      request.answer(false);
    }
  }

  #apply(): void {
    for (const request of this.#requests) {
      if (request.what !== 'takeOff' || !request.sent || request.doneAfter !== null) continue;
      request.doneAfter = this.#events.length;
      this.#change(request.member, request.emoji, false);
    }
  }

  #answer(): void {
    const request = this.#requests.find((it) => it.what === 'read' || it.doneAfter !== null);
    if (!request) return;
    if (request.what === 'takeOff') while (this.#heard < (request.doneAfter ?? 0)) this.#hear();
    this.#requests = this.#requests.filter((it) => it !== request);
    if (request.what === 'takeOff') return request.answer(true);
    const { emoji } = request;
    request.answer(MEMBERS.filter((member) => this.#on(member).has(emoji)));
  }

  /** Discord has no answer to a reading. */
  #fail(): void {
    const request = this.#requests.find((it) => it.what === 'read');
    if (request?.what !== 'read') return;
    this.#requests = this.#requests.filter((it) => it !== request);
    request.fail(new Error('Service Unavailable'));
  }

  /** As often as it takes, as the table does. */
  async #read(): Promise<void> {
    for (;;) {
      try {
        return await this.#reactions.reconcile(this.#pool, AT);
      } catch {
        await turn();
      }
    }
  }

  #back(): void {
    if (this.#connected) return;
    this.#connected = true;
    const before = this.#reading;
    this.#reactions.missed();
    const reading = this.#read().then(async () => {
      if (this.#reading === all && this.#connected) {
        this.#unseen.clear();
        this.#namedUnseen.clear();
      }
      await before;
    });
    const all = reading;
    this.#reading = all;
  }

  #on(member: string): Set<string> {
    return this.standing.get(member) ?? new Set();
  }
}

/** A story: `+` is a click with the first emoji, `*` with the second. */
async function story(t: TestContext, ...all: (Step['what'] | '+' | '*')[]): Promise<World> {
  const world = new World(t, true);
  const [first = '', second = ''] = EMOJI;
  for (const each of all) {
    const emoji = each === '+' ? first : second;
    await world.do({ what: each === '+' || each === '*' ? 'click' : each, member: 'ann', emoji });
  }
  return world;
}

/** Ann has switched from the first emoji to the second, and the bot wants to remove the first. */
const SWITCHED = ['+', 'hear', '*', 'hear'] as const;

test('a pick that comes back while its removal waits for room is not removed', async (t) => {
  const world = await story(t, ...SWITCHED, '+', '+', 'hear', 'hear', 'send');
  await world.settle();
  assert.deepEqual([...(world.standing.get('ann') ?? [])], EMOJI.slice(0, 1));
  assert.equal(world.show.audience.stakeOf('ann')?.origin, 'reaction');
});

test('a pick that comes back while its removal is under way stands without a reaction, and the member is told', async (t) => {
  const world = await story(t, ...SWITCHED, 'send', '+', '+', 'hear', 'hear', 'apply', 'answer', 'answer');
  await world.settle();
  const [first] = content.cast;
  assert.equal(world.show.audience.stakeOf('ann')?.outcome, first?.id);
  assert.deepEqual(world.told, ['stands_without_reaction']);
});

test('a pick that comes back just after its removal is like any other: removing it returns the stake', async (t) => {
  const world = await story(t, ...SWITCHED, 'send', 'apply', '+', 'hear', 'hear', 'answer', 'answer');
  assert.equal(world.show.audience.stakeOf('ann')?.origin, 'reaction');
  await world.do({ what: 'click', member: 'ann', emoji: EMOJI[0] ?? '' });
  await world.settle();
  assert.equal(world.show.audience.stakeOf('ann'), null);
  assert.deepEqual(world.told, []);
});

test('a stake by name between a reading that failed and the next is newer than a reaction that was missed', async (t) => {
  const world = await story(t, 'cut', '+', 'back');
  await world.do({ what: 'name', member: 'ann', emoji: EMOJI[1] ?? '' });
  await world.do({ what: 'hear', member: 'ann', emoji: '' });
  await world.do({ what: 'fail', member: 'ann', emoji: '' });
  await world.settle();
  const stake = world.show.audience.stakeOf('ann');
  assert.deepEqual(
    { outcome: stake?.outcome, origin: stake?.origin },
    { outcome: content.cast[1]?.id, origin: 'command' },
  );
});

const steps = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('click' as const, 'clickTwice' as const) },
      { weight: 2, arbitrary: fc.constant('hear' as const) },
      { weight: 1, arbitrary: fc.constant('name' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...STEPS) },
    ),
    member: fc.constantFrom('ann' as const, 'ann' as const, 'ann' as const, 'ben' as const),
    emoji: fc.constantFrom(...EMOJI),
  }),
  { minLength: 20, maxLength: 80 },
);

for (const mayManage of [true, false]) {
  const how = mayManage ? 'with' : 'without';
  test(`whatever is clicked, named, lost, removed or read again, the last pick is the stake, ${how} Manage Messages`, async (t) => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const world = new World(t, mayManage);
        for (const step of all) await world.do(step);
        await world.settle();
        const { audience } = world.show;
        let chips = 0;
        for (const member of MEMBERS) {
          const wanted = content.cast.find(({ emoji }) => emoji === world.picked.get(member))?.id;
          const stake = audience.stakeOf(member);
          chips += stake?.chips ?? 0;
          if (wanted !== undefined || !world.doubtful.has(member))
            assert.equal(stake?.outcome, wanted, member);
          const on = world.standing.get(member) ?? new Set();
          assert.ok(!mayManage || on.size <= 1, `${member} has ${on.size} reactions`);
        }
        const wallets = audience.wallets(10);
        chips += wallets.reduce((sum, wallet) => sum + wallet.chips, 0);
        assert.equal(chips, wallets.length * WELCOME_CHIPS);
        assert.equal(audience.ledgerSum(), 0);
      }),
      { numRuns: 200 },
    );
  });
}
