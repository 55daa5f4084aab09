/** Members and producers: at random, but each seed's in its own way. And the misfortunes that come from outside of the bot. */
import { MARGINS } from '#core/betting/margin.ts';
import { emojiOf } from '#stage/betting/emojis.ts';
import type { Pool } from '#show/ports/chips.ts';
import { content } from '#test/support/floor.ts';
import type { Posted } from '../world/discord.ts';
import { Killed } from './life.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
/** How the ids of the pools end that ask about the twin. */
const TWIN = '-twin';
/** How often the one who acted last acts again. */
const COMES_BACK_BPS = 4_000;
/** While there is a pool to bet in, members do so many times as much. */
const BUSY = 3;
/** A member who changes the pick takes the earlier reaction off, or leaves it to the bot. */
const TAKES_OFF_BPS = 5_000;

export class People {
  readonly #world: World;
  readonly #members: string[];
  readonly #producers = ['700000000000000001', '700000000000000002'];
  #nth = 0;
  #last: string;

  constructor(world: World) {
    this.#world = world;
    this.#members = Array.from({ length: world.profile.members }, (_, nth) =>
      String(600_000_000_000_000_000n + BigInt(nth)),
    );
    this.#last = this.#members[0] ?? '';
  }

  /** From now on, until the world ends. */
  begin(): void {
    this.#next(() => this.#act());
    this.#next(() => this.#produce(), 20);
    this.#next(() => this.#misfortune(), 4);
  }

  #next(act: () => void, rarely = 1): void {
    const { kernel, profile, bot, faults } = this.#world;
    const die = this.#die('when');
    const shut = faults.aside(() => bot?.life.dead === false && bot.show?.timetable.isOpen() === false);
    const pool = faults.aside(() => (bot?.life.dead === false ? bot.show?.audience.pool() : null));
    const busy = rarely === 1 && pool?.status === 'open' ? BUSY : 1;
    // While the show sleeps, so do most members.
    const meanMs = ((Math.max(profile.paceMs, 5_000) / 3) * rarely * (shut ? 20 : 1)) / busy;
    kernel.after(Math.min(-Math.log(1 - die.uniform()) * meanMs, 10 * meanMs), () => {
      act();
      this.#next(act, rarely);
    });
  }

  #die(what: string) {
    return this.#world.die(what, (this.#nth += 1));
  }

  #act(): void {
    const { bot } = this.#world;
    const die = this.#die('member');
    // Somebody is in two minds about a pick, and soon comes back to it.
    const member = die.chance(COMES_BACK_BPS) ? this.#last : die.pick(this.#members);
    this.#last = member;
    const table = this.#table();
    const show = bot?.show;
    const what = die.below(100);
    if (what < 70 && table) return this.#react(table.id, member, die);
    if (!show || !bot.gateway.up) return;
    this.#command(() => {
      const pool = show.audience.pool();
      if (what < 80 && pool?.status === 'open') this.#bet(pool, member, die);
      else if (what < 87) this.#betOnTwin(member, die);
      else if (what < 92) show.bailOut(member);
      else if (what < 96) show.audience.wallet(member);
      else if (show.forget(member).ok && pool) this.#world.picks.forgive(pool.id, member);
    });
  }

  /** By the command, the menu or a button: the stage takes all three the same way. */
  #bet(pool: Pool, member: string, die: ReturnType<World['die']>): void {
    const { bot, picks } = this.#world;
    const outcome = die.pick(pool.outcomes);
    const named = { what: 'named', member, outcome, chips: 1 + die.below(300) } as const;
    const emoji = emojiOf(outcome, content.cast);
    void bot?.output?.table.bet(named).then((placed) => {
      const stands = emoji !== null && this.#table()?.reactions.get(emoji)?.has(member) === true;
      if (placed.ok) picks.bet(pool.id, member, outcome, stands);
    }, expected);
  }

  /** By the buttons of the other pool. */
  #betOnTwin(member: string, die: ReturnType<World['die']>): void {
    const { bot } = this.#world;
    const what = die.below(10);
    if (what < 7) bot?.show?.audience.stakeOnTwin(member, die.pick(MARGINS));
    else if (what < 9) bot?.show?.audience.double(member, 'twin');
    else bot?.show?.audience.unstakeOnTwin(member);
  }

  #react(messageId: string, member: string, die: ReturnType<World['die']>): void {
    const world = this.#world;
    const { discord } = world;
    const reactions = discord.messages.get(messageId)?.reactions ?? new Map<string, Set<string>>();
    const own = [...reactions].filter(([, members]) => members.has(member)).map(([emoji]) => emoji);
    const offered = [...reactions.keys()];
    world.membersAct = true;
    try {
      if (own.length > 0 && die.chance(2_000)) {
        discord.react(messageId, die.pick(own), member, false);
        return;
      }
      const cast = content.cast.flatMap(({ id }) => emojiOf(id, content.cast) ?? []);
      const emoji = die.pick(offered.length > 0 ? offered : cast);
      const takesOff = die.chance(TAKES_OFF_BPS);
      if (takesOff)
        for (const earlier of own) if (earlier !== emoji) discord.react(messageId, earlier, member, false);
      discord.react(messageId, emoji, member, true);
    } finally {
      world.membersAct = false;
    }
  }

  #produce(): void {
    const { bot, profile, disk, faults } = this.#world;
    const show = bot?.show;
    if (!show || !bot.gateway.up) return;
    const die = this.#die('producer');
    // Members who run the show may hold no stake.
    const by = die.chance(3_000) ? die.pick(this.#members) : die.pick(this.#producers);
    const command = (): void => {
      const what = die.below(6);
      if (show.status().mode !== 'running') show.start(by);
      else if (what < 3) show.strikeChaos(by, die.chance(5_000) ? 'The coffee machine is sold' : null);
      else if (what === 3) show.pause(by);
      else if (what === 4) show.setPace(profile.paceMs, by);
      else show.timetable.change({ episodesPerOpening: 1 + die.below(2) }, by);
    };
    const fails = faults.strike('failed command');
    this.#command(() => (fails ? disk.refusing(command) : command()));
  }

  #misfortune(): void {
    const world = this.#world;
    const { faults, kernel, discord, disk, bot } = world;
    const size = (kind: Parameters<typeof faults.size>[0]): number => faults.size(kind);
    if (faults.strike('outage')) world.outage(size('outage') * 20 * MINUTE_MS);
    if (faults.strike('gateway cut')) bot?.gateway.cut(1_000 + size('gateway cut') * 3 * MINUTE_MS);
    if (faults.strike('clock jump')) world.skewMs += (size('clock jump') - 0.5) * 8 * 3_600_000;
    if (faults.strike('restart in order')) world.restart();
    if (faults.strike('full disk')) {
      disk.setFull(true);
      // A show in trouble is when producers press what there is.
      kernel.after(1_000, () => this.#produce());
      kernel.after(size('full disk') * 5 * MINUTE_MS, () => disk.setFull(false));
    }
    if (faults.strike('webhook deleted')) {
      const hooks = [...discord.hooks.keys()];
      discord.hooks.delete(hooks[Math.floor(size('webhook deleted') * hooks.length)] ?? '');
    }
    const table = this.#table();
    if (table && faults.strike('pool deleted')) {
      const other = this.#newest((pool) => pool.endsWith(TWIN));
      discord.delete(other && size('pool deleted') < 0.5 ? other.id : table.id);
    } else if (table && faults.strike('reactions cleared')) discord.clearReactions(table.id);
  }

  /** The newest message of a pool that members react to. */
  #table(): Posted | undefined {
    return this.#newest((pool) => !pool.endsWith(TWIN));
  }

  #newest(which: (pool: string) => boolean): Posted | undefined {
    const channel = this.#world.discord.byChannel.get(this.#world.bettingChannel()) ?? [];
    return channel.findLast(({ pool }) => pool !== null && which(pool));
  }

  #command(act: () => void): void {
    try {
      act();
    } catch (error) {
      expected(error);
    }
  }
}

/** As the router takes it: a show that cannot store says so to the member. */
function expected(error: unknown): void {
  if (error instanceof Killed || (error instanceof Error && error.name === 'StoreError')) return;
  throw error;
}
