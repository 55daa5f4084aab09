import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import type { Decision } from '#core/decision.ts';
import { THINGS } from '#core/without.ts';
import type { Brain, Turn } from '#show/ports/brain.ts';
import { RightOfWay } from '#show/hand/right-of-way.ts';
import { aborted } from '#lib/abortable.ts';
import { content } from '#test/support/floor.ts';
import { theatre } from '#test/support/theatre.ts';

/** Buys on the news, or on one headline alone, and does nothing else. */
function newsReader(asked: Turn[], only = ''): Brain {
  return {
    label: 'news reader',
    async think(turn) {
      asked.push(turn);
      const { headlines, roomName } = turn.observation;
      const decision: Decision = {
        thought: 'The paper says so.',
        trade: headlines.some(({ text }) => text.includes(only)) ? 'Tech' : 'Hold',
        size: 'Half',
        speech: '',
        location: roomName,
      };
      return { decision, raw: '', tokens: null, ms: 5 };
    },
    async close() {},
  };
}

const rules = { intermissionRounds: 1, episodeRounds: 6 };
const silent = async (): Promise<void> => {};

suite('why a trader did it', { concurrency: 4 }, () => {
  test('it is asked again without one thing at a time, and the answer says what the decision hung on', async (t) => {
    const asked: Turn[] = [];
    const { show, play } = theatre(t, { rules, brain: newsReader(asked) });
    await play(2);
    assert.ok(show.controlRoom.callHeadline('console', 'Robots learn to sell').ok);
    await play(1);
    asked.length = 0;
    let about = -1;
    const why = await show.hand.why.ask('alice', async (ms) => {
      about = ms;
    });
    assert.ok(why.ok);
    const { turn, again, arms } = why.value;
    assert.equal(turn.decision.trade, 'Tech');
    assert.equal(again?.trade, 'Tech');
    assert.deepEqual(
      arms.map(({ thing, difference }) => [thing, difference]),
      THINGS.map((thing) => [thing, thing === 'news' ? 'trade' : 'nothing']),
    );
    assert.ok(asked.every(({ aside, id }) => aside === true && id === '3:alice'));
    assert.ok(about > 0 && about <= 5 * asked.length, 'about as long as its last turns took');
  });

  test('after a hold it is asked about the last turn in which it chose a trade; about the hold, where it chose none', async (t) => {
    const asked: Turn[] = [];
    const { show, play } = theatre(t, { rules, brain: newsReader(asked, 'Gnomes') });
    await play(2);
    const held = await show.hand.why.ask('alice', silent);
    assert.ok(held.ok);
    const { turn, heldSince } = held.value;
    assert.deepEqual([turn.round, turn.decision.trade, heldSince], [2, 'Hold', false]);
    assert.ok(show.controlRoom.callHeadline('console', 'Gnomes learn to sell').ok);
    await play(4);
    asked.length = 0;
    const why = await show.hand.why.ask('alice', silent);
    assert.ok(why.ok);
    assert.deepEqual([why.value.turn.decision.trade, why.value.heldSince], ['Tech', true]);
    assert.ok(why.value.turn.round < 6, `of round ${why.value.turn.round}`);
    assert.ok(asked.length > 0 && asked.every(({ id }) => id === `${why.value.turn.round}:alice`));
    assert.equal(why.value.arms.find(({ thing }) => thing === 'news')?.difference, 'trade');
  });

  test('asking changes nothing: the show goes on to the same hashes', async (t) => {
    const hashes = async (asks: boolean): Promise<string[]> => {
      const brain = createScriptedBrain({ cast: content.cast, seed: 1 });
      const { show, store, play } = theatre(t, { rules, brain });
      for (let round = 0; round < 5; round++) {
        await play(1);
        if (asks) for (const { id } of content.cast) assert.ok((await show.hand.why.ask(id, silent)).ok);
      }
      return store.show.roundHashes().map(({ hash }) => hash);
    };
    assert.deepEqual(await hashes(true), await hashes(false));
  });

  test('a stranger, and a trader that had no turn yet', async (t) => {
    const { show } = theatre(t, { rules });
    const codes = [await show.hand.why.ask('nobody', silent), await show.hand.why.ask('alice', silent)].map(
      (each) => (each.ok ? 'ok' : each.code),
    );
    assert.deepEqual(codes, ['unknown_trader', 'no_turn_yet']);
  });

  test('patience begins with the question, not when the others have been answered', async (t) => {
    const reader = newsReader([]);
    const hangs: Brain = {
      ...reader,
      think: async (turn, signal) => {
        if (turn.aside) await aborted(signal);
        return await reader.think(turn, signal);
      },
    };
    const { show, play } = theatre(t, { rules, brain: hangs, turnLimitMs: 60_000 });
    await play(2);
    const patience: { ms: number; end: () => void }[] = [];
    const timeout = t.mock.method(AbortSignal, 'timeout', (ms: number) => {
      const over = new AbortController();
      patience.push({ ms, end: () => over.abort(new DOMException('it took too long', 'TimeoutError')) });
      return over.signal;
    });
    const code = async (trader: string): Promise<string> => {
      const why = await show.hand.why.ask(trader, silent);
      return why.ok ? 'ok' : why.code;
    };
    const [first, second] = [code('alice'), code('mike')];
    timeout.mock.restore();
    assert.deepEqual(
      patience.map(({ ms }) => ms),
      [600_000, 600_000],
    );
    patience[1]?.end();
    assert.equal(await second, 'no_time', 'though the first is still being asked');
    patience[0]?.end();
    assert.equal(await first, 'no_time');
  });

  test("the show's turns go first: what is asked aside waits for them, and stops when one begins", async () => {
    const way = new RightOfWay();
    const heard: string[] = [];
    const turn = Promise.withResolvers<void>();
    const first = way.turn('alex', async () => {
      await turn.promise;
      heard.push('turn');
    });
    let asks = 0;
    const begun = Promise.withResolvers<void>();
    const aside = way.aside(
      'alice',
      async (signal) => {
        asks += 1;
        heard.push(`aside ${asks}`);
        if (asks > 1) return 'answer';
        begun.resolve();
        const stopped = Promise.withResolvers<string>();
        signal.addEventListener('abort', () => stopped.resolve('half an answer'));
        return await stopped.promise;
      },
      new AbortController().signal,
    );
    turn.resolve();
    await first;
    await begun.promise;
    await way.turn('mike', async () => void heard.push('next turn'));
    assert.equal(await aside, 'answer');
    assert.deepEqual(heard, ['turn', 'aside 1', 'next turn', 'aside 2']);
  });

  test("where turns leave no gap, who waits is asked beside them after a while, but never beside the trader's own", async () => {
    const way = new RightOfWay();
    const { signal } = new AbortController();
    const over = new AbortController();
    const thinking = new Set<string>();
    let turns = 0;
    /** Two rooms: there is always somebody who thinks. */
    const room = async (traders: string[]): Promise<void> => {
      for (let next = 0; !over.signal.aborted; next++) {
        const trader = traders[next % traders.length] ?? '';
        turns += 1;
        if (turns > 2_000) throw new Error('nobody was asked beside the turns');
        await way.turn(trader, async () => {
          thinking.add(trader);
          await new Promise((resolve) => setTimeout(resolve, 1));
          thinking.delete(trader);
        });
      }
    };
    const playing = Promise.all([room(['alex', 'alice']), room(['mike', 'sarah'])]);
    const begun = turns;
    const beside = await Promise.race([
      way.aside('alice', async () => ({ asked: turns, thinking: new Set(thinking) }), signal),
      playing,
    ]);
    assert.ok(beside && 'asked' in beside);
    assert.ok(
      beside.asked - begun >= 12 && beside.asked - begun <= 16,
      `asked after ${beside.asked - begun} turns`,
    );
    assert.ok(beside.thinking.size > 0 && !beside.thinking.has('alice'));
    over.abort();
    await playing;
  });

  test('the turn of a trader stops what it is asked aside, however long that has waited', async () => {
    const way = new RightOfWay();
    const { signal } = new AbortController();
    const asked = Promise.withResolvers<void>();
    let asks = 0;
    const other = Promise.withResolvers<void>();
    const busy = way.turn('mike', () => other.promise);
    const aside = way.aside(
      'alice',
      async (stop) => {
        asks += 1;
        if (asks > 1) return 'answer';
        asked.resolve();
        await aborted(stop);
        return 'half an answer';
      },
      signal,
    );
    for (let turn = 0; turn < 12; turn++) await way.turn('alex', async () => undefined);
    await asked.promise;
    await way.turn('alice', async () => undefined);
    assert.equal(await aside, 'answer', 'though Mike still thinks');
    assert.equal(asks, 2);
    other.resolve();
    await busy;
    const turn = Promise.withResolvers<void>();
    const first = way.turn('alex', () => turn.promise);
    const waiting = way.aside('alice', async () => 'answer', signal);
    const soon = new Promise((resolve) => setTimeout(() => resolve('it waits'), 5));
    assert.equal(await Promise.race([waiting, soon]), 'it waits', 'the next one gives way again');
    turn.resolve();
    await first;
    assert.equal(await waiting, 'answer');
  });

  test('who is called off stops waiting, though the turn goes on', async () => {
    const way = new RightOfWay();
    const over = new AbortController();
    const turn = Promise.withResolvers<void>();
    const first = way.turn('alex', () => turn.promise);
    const waiting = way.aside('alice', async () => 'answer', over.signal);
    over.abort(new DOMException('ten minutes', 'TimeoutError'));
    await assert.rejects(waiting, { name: 'TimeoutError' });
    turn.resolve();
    await first;
  });
});
