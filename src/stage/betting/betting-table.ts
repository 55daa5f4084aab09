/**
 * The pool's message in #betting-window: posted with a reaction for each trader, edited in place as stakes come, closed
 * with its result. Reactions are stakes; what was missed while the bot was away is read from the message again.
 */
import { RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { TraderId } from '#core/vocabulary.ts';
import type { Pool } from '#show/ports/chips.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Show } from '#show/show.ts';
import { Coalescer } from '#lib/coalescer.ts';
import type { MessageBody } from '../presentation/message.ts';
import { Notices } from './notices.ts';
import type { Places } from '../channels/places.ts';
import { bailoutRefusal } from '../presentation/answers/bailout.ts';
import { closedPool, isOfPool, livePool, type PoolNotice } from '../presentation/posts/pool.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';
import { StakeQueue, type Movement, type Staked } from './stake-queue.ts';
import { StandingMessage } from '../posts/standing-message.ts';
import type { DiscordApi } from '../discord/api.ts';
import { hasCode } from '../discord/api-errors.ts';

const EVERY_MS = 2_000;
/** Messages that are looked at: pools and lines about members are few. */
const HISTORY = 50;

export interface BettingDeps {
  show: Show;
  places: Places;
  keyValues: KeyValues;
  api: DiscordApi;
  wording: Wording;
  clock: Clock;
  log: Log;
  nonce: (what: string, n: number) => string;
  /** The bot's own user id. */
  botId: string;
  /** True while Discord's events arrive. */
  connected: () => boolean;
}

export class BettingTable {
  readonly #deps: BettingDeps;
  readonly #refresh: Coalescer;
  readonly #closing = new AbortController();
  readonly #changed = new Set<string>();
  readonly #stakes: StakeQueue;
  /** Who was heard of since a reading of the reactions began, for each that goes on. */
  readonly #readings = new Set<Set<string>>();
  readonly #notices: Notices;

  constructor(deps: BettingDeps) {
    this.#deps = deps;
    this.#stakes = new StakeQueue(deps.show.audience, deps.log, (movement, staked) =>
      this.#settled(movement, staked),
    );
    this.#notices = new Notices(deps.clock, () => this.changed());
    this.#refresh = new Coalescer(() => this.#refreshChanged(), EVERY_MS, deps.clock);
  }

  /** Stakes of this pool (the live one when left out) moved, or its status did. */
  changed(poolId = this.#deps.show.audience.pool()?.id): void {
    if (poolId === undefined) return;
    this.#changed.add(poolId);
    this.#refresh.ask();
  }

  /** What the message told the member is no longer so, or names who wants to be named no more. */
  dropNotice(member: string): void {
    this.#notices.drop(member);
  }

  /** The opening bell rang. Who was away then may have missed stakes, so all of them return. */
  belled(): void {
    const { show, connected, log } = this.#deps;
    const pool = show.audience.pool();
    if (pool?.status !== 'locked') return;
    if (!connected()) {
      log.warn({ pool: pool.id }, 'Discord was away when the bell rang: all stakes return');
      show.returnStakes(pool.id, 'bot_was_away');
    }
    this.changed(pool.id);
  }

  /** Posts or edits the message of this pool as it is now. Null when there is nothing to show any more. */
  async show(poolId: string): Promise<string | null> {
    const { show, places } = this.#deps;
    const pool = show.audience.poolById(poolId);
    const channelId = places.channel('betting');
    if (!pool || channelId === null) return null;
    const standing = this.#standing(pool);
    const live = pool.status === 'open' || pool.status === 'locked';
    // What is over is told where it was shown, not in a channel that was made since.
    if (!live && standing.where()?.channelId !== channelId) return null;
    try {
      const { messageId, made } = await standing.show(channelId, this.#body(pool));
      if (made && pool.status === 'open') await this.#offerReactions(pool, channelId, messageId);
      return messageId;
    } catch (error) {
      if (!hasCode(error, RESTJSONErrorCodes.UnknownMessage)) throw error;
      this.#vanished(poolId);
      return null;
    }
  }

  /**
   * Looks in the channel for the message of a pool that a process posted, which ended before it noted where. It is known by
   * its button. Rejects with Discord's error.
   */
  async lookUp(poolId: string): Promise<void> {
    const { show, places, api, keyValues, botId } = this.#deps;
    const pool = show.audience.poolById(poolId);
    const channelId = places.channel('betting');
    if (!pool || channelId === null || this.#standing(pool).where() !== null) return;
    const posted = (await api.history(channelId, HISTORY)).find(
      (message) => message.author.id === botId && isOfPool(message, poolId),
    );
    if (!posted) return;
    keyValues.set(poolNote(poolId), `${channelId}/${posted.id}`);
    if (pool.status === 'open') await this.#offerReactions(pool, channelId, posted.id);
  }

  /** Is this the message of the pool that is open or locked? */
  isTable(messageId: string): boolean {
    return this.#where()?.messageId === messageId;
  }

  /** A member reacted, or took a reaction off. */
  heard(member: string, emoji: string, on: boolean): void {
    const outcome = this.#outcomeOf(emoji);
    if (outcome === null) return;
    for (const reading of this.#readings) reading.add(member);
    this.#stakes.add({ member, outcome, on });
  }

  /** All reactions are gone: nobody can tell any more who backed whom. The message says that stakes return. */
  cleared(): void {
    const { show } = this.#deps;
    const pool = show.audience.pool();
    if (pool?.status === 'open') show.returnStakes(pool.id, 'message_deleted');
  }

  /** Its channel was deleted, and it with it. */
  channelDeleted(channelId: string): void {
    const pool = this.#deps.show.audience.pool();
    if (pool && this.#where()?.channelId === channelId) this.#vanished(pool.id);
  }

  /** Reads the open pool's reactions and makes the stakes agree with them. Rejects with Discord's error. */
  async reconcile(): Promise<void> {
    const { show, log } = this.#deps;
    const pool = show.audience.pool();
    const where = this.#where();
    if (pool?.status !== 'open' || !where) return;
    const heard = new Set<string>();
    this.#readings.add(heard);
    try {
      const picks = await this.#readPicks(pool, where);
      this.#stakes.flush();
      const { staked, returned, refused } = show.audience.reconcile(pool.id, picks, heard);
      if (staked + returned > 0)
        log.info({ pool: pool.id, staked, returned }, 'stakes were brought into line with the reactions');
      for (const { member, outcome, refusal } of refused)
        this.#settled({ member, outcome, on: true }, refusal);
    } catch (error) {
      if (!hasCode(error, RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel)) throw error;
      this.#vanished(pool.id);
    } finally {
      this.#readings.delete(heard);
    }
  }

  /** Who backs whom by the message's reactions; those that the bot offers are put back where they are gone. */
  async #readPicks(
    pool: Pool,
    { channelId, messageId }: { channelId: string; messageId: string },
  ): Promise<{ member: string; outcome: TraderId }[]> {
    const { api } = this.#deps;
    const message = await api.message(channelId, messageId);
    const offered = new Set(message.reactions?.filter((it) => it.me).map((it) => bare(it.emoji.name ?? '')));
    await this.#offerReactions(pool, channelId, messageId, offered);
    const picks: { member: string; outcome: TraderId }[] = [];
    for (const outcome of pool.outcomes) {
      for (const member of await api.reactors(channelId, messageId, this.#emojiOf(outcome)))
        picks.push({ member, outcome });
    }
    return picks;
  }

  flush(): Promise<void> {
    return this.#refresh.flush();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#notices.close();
    this.#stakes.flush();
    await this.#refresh.close();
  }

  /** Only what stands already: the outbox says when a pool is posted. */
  async #refreshChanged(): Promise<void> {
    const { show, log } = this.#deps;
    const poolIds = [...this.#changed];
    this.#changed.clear();
    for (const poolId of poolIds) {
      const pool = show.audience.poolById(poolId);
      if (!pool || this.#standing(pool).where() === null) continue;
      try {
        await this.show(poolId);
      } catch (error) {
        log.warn({ place: 'betting', pool: poolId, ...describeError(error) }, 'the pool could not be shown');
        // Nobody may stake again before the bell: what was held back is shown as soon as Discord takes it.
        if (error instanceof RateLimitError) this.#changedIn(poolId, error.retryAfter);
      }
    }
  }

  #changedIn(poolId: string, ms: number): void {
    const { signal } = this.#closing;
    void this.#deps.clock.sleep(ms, signal).then(() => {
      if (!signal.aborted) this.changed(poolId);
    });
  }

  #body(pool: Pool): MessageBody {
    const { show, wording } = this.#deps;
    const odds = show.audience.odds(pool.id);
    const result = show.audience.pools.resultOf(pool.id);
    return result
      ? closedPool(pool, odds, result, wording)
      : livePool(pool, odds, this.#notices.standing(), wording);
  }

  /** The message was deleted. Found out while the pool is open, or by the bell's own edit: either way all stakes return. */
  #vanished(poolId: string): void {
    const { show, keyValues, log } = this.#deps;
    keyValues.delete(poolNote(poolId));
    if (show.returnStakes(poolId, 'message_deleted'))
      log.warn({ pool: poolId }, "a pool's message was deleted: all stakes return");
  }

  /** One at a time: Discord takes about four a second. */
  async #offerReactions(
    pool: Pool,
    channelId: string,
    messageId: string,
    there: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    for (const outcome of pool.outcomes) {
      const emoji = this.#emojiOf(outcome);
      if (emoji === '' || there.has(bare(emoji))) continue;
      await this.#quietly('add a reaction', () => this.#deps.api.react(channelId, messageId, emoji));
    }
  }

  #settled({ member, outcome }: Movement, staked: Staked): void {
    const { wording, log } = this.#deps;
    if (staked.ok) {
      const earlier = staked.value.returned?.outcome;
      if (earlier !== undefined && earlier !== outcome) void this.#takeOff(earlier, member);
      return;
    }
    log.info({ refusal: staked.code }, 'a stake was refused');
    if (staked.code === 'no_open_pool') return;
    this.#notices.tell(
      staked.code === 'no_chips_left'
        ? this.#wayOut(member)
        : {
            member,
            why: wording.texts.refusals.stake[staked.code](staked.facts),
            bailout: false,
          },
    );
    void this.#takeOff(outcome, member);
  }

  async #takeOff(outcome: TraderId, member: string): Promise<void> {
    const emoji = this.#emojiOf(outcome);
    const where = this.#where();
    if (emoji === '' || !where) return;
    await this.#quietly('take a reaction off', () =>
      this.#deps.api.takeOff(where.channelId, where.messageId, emoji, member),
    );
  }

  /** Who has nothing left is offered the bailout, or told when there is one again. */
  #wayOut(member: string): PoolNotice {
    const { show, wording } = this.#deps;
    const bailout = show.audience.mayBailOut(member);
    const why = bailout.ok ? wording.texts.refusals.stake.no_chips_left() : bailoutRefusal(bailout, wording);
    return { member, why, bailout: bailout.ok };
  }

  #standing(pool: Pool): StandingMessage {
    const { api, keyValues, clock, log, nonce } = this.#deps;
    const made = (): string => nonce('p', pool.openedAtMs);
    return new StandingMessage({
      api,
      keyValues,
      clock,
      log,
      note: poolNote(pool.id),
      nonce: made,
      pinned: null,
      remade: false,
    });
  }

  #where(): { channelId: string; messageId: string } | null {
    const pool = this.#deps.show.audience.pool();
    return pool ? this.#standing(pool).where() : null;
  }

  #emojiOf(outcome: TraderId): string {
    return this.#deps.wording.persona(outcome)?.emoji ?? '';
  }

  #outcomeOf(emoji: string): TraderId | null {
    const { content } = this.#deps.wording;
    return content.cast.find((persona) => bare(persona.emoji) === bare(emoji))?.id ?? null;
  }

  /** Needs permissions that a server may withhold: the show goes on without. */
  async #quietly(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#deps.log.info({ place: 'betting', ...describeError(error) }, `could not ${what}`);
    }
  }
}

const poolNote = (poolId: string): string => `message:pool:${poolId}`;

/** Emoji come with and without the variation selector. */
const bare = (emoji: string): string => emoji.replaceAll('\ufe0f', '');
