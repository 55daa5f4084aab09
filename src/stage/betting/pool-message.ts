/** A pool's message: posted, found again after a restart, edited in place as stakes come, closed with the result. */
import { RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { Pool } from '#show/ports/chips.ts';
import { bellRole } from '#show/schedule/bell-call.ts';
import { Coalescer } from '#lib/coalescer.ts';
import { describeError } from '#lib/redact.ts';
import { ToldOnce } from '#lib/told-once.ts';
import type { GuildDeps } from '../guild-deps.ts';
import { hasCode } from '../discord/api-errors.ts';
import { StandingMessage } from '../posts/standing-message.ts';
import type { MessageBody } from '../presentation/message.ts';
import { closedPool, isOfPool, livePool, type PoolNotice } from '../presentation/posts/pool.ts';
import type { MessagePlace } from './reaction-writes.ts';

const EVERY_MS = 2_000;
/** An edit of a locked pool that failed is tried again after it: nobody stakes that would bring the next. */
const RETRY_MS = 10_000;
/** How many messages are searched: there are few pools and few lines about members. */
const HISTORY = 50;

export interface PoolMessageDeps extends GuildDeps {
  notices: () => readonly PoolNotice[];
  /** Puts the reactions under a new message. */
  offer: (pool: Pool, at: MessagePlace) => Promise<void>;
  /** Reads what members put under a new message before anybody here knew where it is. */
  readEarly: (pool: Pool, at: MessagePlace) => Promise<void>;
  signal: AbortSignal;
}

export class PoolMessage {
  readonly #deps: PoolMessageDeps;
  readonly #refresh: Coalescer;
  readonly #changed = new Set<string>();
  readonly #told = new ToldOnce();

  constructor(deps: PoolMessageDeps) {
    this.#deps = deps;
    this.#refresh = new Coalescer(() => this.#refreshChanged(), EVERY_MS, deps.clock);
  }

  /** Where the message is that members react to. */
  where(): MessagePlace | null {
    const pool = this.#deps.show.audience.pool();
    return pool && this.whereIs(pool);
  }

  whereIs(pool: Pool): MessagePlace | null {
    return this.#standing(pool).where();
  }

  /** What the message shows of this pool has changed. */
  changed(poolId: string): void {
    this.#changed.add(poolId);
    this.#refresh.ask();
  }

  /** Posts or edits this pool's message. Resolves to null when there is no longer anything to show. */
  async show(poolId: string): Promise<string | null> {
    const { show, places } = this.#deps;
    const pool = show.audience.poolById(poolId);
    const channelId = places.channel('betting');
    if (!pool || channelId === null) return null;
    const at = this.whereIs(pool);
    if (isLive(pool) && at !== null && at.channelId !== channelId) {
      // A channel is made anew only where the one before is gone, and the message with it.
      this.vanished(poolId);
      return await this.show(poolId);
    }
    // The end of a pool is told where the pool was shown; elsewhere only if it settles stakes whose message was deleted after the bell.
    const isTold = isLive(pool) || (pool.status === 'settled' && this.#stoodAtBell(pool));
    if (!isTold && at?.channelId !== channelId) return null;
    try {
      return await this.#showIn(channelId, pool);
    } catch (error) {
      const { UnknownMessage, UnknownChannel } = RESTJSONErrorCodes;
      const channelIsGone = at?.channelId === channelId && hasCode(error, UnknownChannel);
      if (!channelIsGone && !hasCode(error, UnknownMessage)) throw error;
      this.vanished(poolId);
      // Whoever sends the post makes the channel again.
      if (channelIsGone) throw error;
      return this.#stoodAtBell(pool) ? await this.show(poolId) : null;
    }
  }

  async #showIn(channelId: string, pool: Pool): Promise<string> {
    const { offer, readEarly } = this.#deps;
    const { messageId, made } = await this.#standing(pool).show(channelId, this.#body(pool));
    this.#noteBell(pool);
    if (made && pool.status === 'open') {
      const at = { channelId, messageId };
      await offer(pool, at);
      await readEarly(pool, at);
    }
    return messageId;
  }

  /**
   * Looks in the channel for a pool's message that was posted by a process which ended before it recorded the message. The
   * message is recognised by its button. Resolves to whether it was found. Rejects with
   * Discord's error.
   */
  async lookUp(poolId: string): Promise<boolean> {
    const { show, places, api, botId, offer } = this.#deps;
    const pool = show.audience.poolById(poolId);
    const channelId = places.channel('betting');
    if (!pool || channelId === null || this.#standing(pool).where() !== null) return false;
    const posted = (await api.history(channelId, HISTORY)).find(
      (message) => message.author.id === botId && isOfPool(message, poolId),
    );
    if (!posted) return false;
    show.stageRecord.setMessage(nameOf(poolId), { channelId, messageId: posted.id, postedMs: 0 });
    if (pool.status === 'open') await offer(pool, { channelId, messageId: posted.id });
    return true;
  }

  /**
   * The message was deleted. Whether this is noticed while the pool is open or by the edit at the bell, all stakes return. Where that
   * edit found the message, it was deleted since, perhaps by somebody who saw a stake lose: then the stakes stand.
   */
  vanished(poolId: string): void {
    const { show, log } = this.#deps;
    const pool = show.audience.poolById(poolId);
    show.stageRecord.forgetMessage(nameOf(poolId));
    if (pool && this.#stoodAtBell(pool))
      log.warn({ pool: poolId }, "a pool's message was deleted after the bell: its stakes stand");
    else if (show.returnStakes(poolId, 'message_deleted'))
      log.warn({ pool: poolId }, "a pool's message was deleted: all stakes return");
  }

  flush(): Promise<void> {
    return this.#refresh.flush();
  }

  close(): Promise<void> {
    return this.#refresh.close();
  }

  /**
   * Edits only messages that were posted: the outbox says when a pool is posted, and when it is told how it ended. Never rejects, also
   * where the database cannot be read.
   */
  async #refreshChanged(): Promise<void> {
    const { show, log, clock } = this.#deps;
    const poolIds = [...this.#changed];
    this.#changed.clear();
    for (const poolId of poolIds) {
      let pool: Pool | null = null;
      try {
        pool = show.audience.poolById(poolId);
        if (!pool || !isLive(pool) || this.whereIs(pool) === null) continue;
        await this.show(poolId);
        this.#told.over(poolId);
      } catch (error) {
        const described = describeError(error);
        const level = this.#told.isNews(poolId, described.error, clock.nowMs()) ? 'warn' : 'debug';
        log[level]({ place: 'betting', pool: poolId, ...described }, 'the pool could not be shown');
        // Perhaps nobody stakes again before the bell: what was held back is shown as soon as Discord accepts it.
        if (error instanceof RateLimitError) this.#changedIn(poolId, error.retryAfter);
        // Whether the message stood at the bell decides what a deletion returns.
        else if (pool?.status === 'locked') this.#changedIn(poolId, RETRY_MS);
      }
    }
  }

  /** Whether the pool's message was seen after the bell, and the end of the pool is still to be told. */
  #stoodAtBell({ id, about }: Pool): boolean {
    return this.#deps.keyValues.get(stoodKey(about)) === id;
  }

  /** The message of this pool, as it is now, has just been shown. */
  #noteBell(pool: Pool): void {
    const { keyValues } = this.#deps;
    const noted = this.#stoodAtBell(pool);
    if (pool.status === 'locked' && !noted) keyValues.set(stoodKey(pool.about), pool.id);
    else if (!isLive(pool) && noted) keyValues.delete(stoodKey(pool.about));
  }

  #changedIn(poolId: string, ms: number): void {
    const { signal, clock } = this.#deps;
    void clock.sleep(ms, signal).then(() => {
      if (!signal.aborted) this.changed(poolId);
    });
  }

  #body(pool: Pool): MessageBody {
    const { show, wording, notices, keyValues } = this.#deps;
    const odds = show.audience.odds(pool.id);
    const result = show.audience.pools.resultOf(pool.id);
    if (result) return closedPool(pool, odds, result, wording);
    if (pool.about === 'twin') return livePool(pool, odds, [], wording);
    return livePool(pool, odds, notices(), wording, bellRole(keyValues) !== null);
  }

  #standing(pool: Pool): StandingMessage {
    const { api, show, clock, log, nonce } = this.#deps;
    return new StandingMessage({
      api,
      stageRecord: show.stageRecord,
      clock,
      log,
      name: nameOf(pool.id),
      // Both pools of an episode open in the same instant; and one that is posted anew is another message than the one deleted.
      nonce: () =>
        nonce(`${pool.about === 'twin' ? 't' : 'p'}${this.#stoodAtBell(pool) ? '.' : ''}`, pool.openedAtMs),
      pinned: null,
      remade: false,
    });
  }
}

const isLive = ({ status }: Pool): boolean => status === 'open' || status === 'locked';

/** Key-value: the pool of this kind whose message was seen after its bell. */
const stoodKey = (about: Pool['about']): string => `stood-at-bell:${about}`;

/** The message's name in the stage's record. */
const nameOf = (poolId: string): string => `pool:${poolId}`;
