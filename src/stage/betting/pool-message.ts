/** The message of a pool: posted, found again after a restart, edited in place as stakes come, closed with the result. */
import { RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { Pool } from '#show/ports/chips.ts';
import { Coalescer } from '#lib/coalescer.ts';
import { describeError } from '#lib/redact.ts';
import type { GuildDeps } from '../guild-deps.ts';
import { hasCode } from '../discord/api-errors.ts';
import { StandingMessage } from '../posts/standing-message.ts';
import type { MessageBody } from '../presentation/message.ts';
import { closedPool, isOfPool, livePool, type PoolNotice } from '../presentation/posts/pool.ts';
import type { MessagePlace } from './reaction-writes.ts';

const EVERY_MS = 2_000;
/** Messages that are looked at: pools and lines about members are few. */
const HISTORY = 50;

export interface PoolMessageDeps extends GuildDeps {
  notices: () => readonly PoolNotice[];
  /** Puts the reactions under a message that is new. */
  offer: (pool: Pool, at: MessagePlace) => Promise<void>;
  signal: AbortSignal;
}

export class PoolMessage {
  readonly #deps: PoolMessageDeps;
  readonly #refresh: Coalescer;
  readonly #changed = new Set<string>();

  constructor(deps: PoolMessageDeps) {
    this.#deps = deps;
    this.#refresh = new Coalescer(() => this.#refreshChanged(), EVERY_MS, deps.clock);
  }

  /** Where the message of the live pool stands. */
  where(): MessagePlace | null {
    const pool = this.#deps.show.audience.pool();
    return pool ? this.#standing(pool).where() : null;
  }

  /** What it shows of this pool has changed. */
  changed(poolId: string): void {
    this.#changed.add(poolId);
    this.#refresh.ask();
  }

  /** Posts or edits the message of this pool as it is now. Null when there is nothing to show any more. */
  async show(poolId: string): Promise<string | null> {
    const { show, places, offer } = this.#deps;
    const pool = show.audience.poolById(poolId);
    const channelId = places.channel('betting');
    if (!pool || channelId === null) return null;
    const standing = this.#standing(pool);
    const live = pool.status === 'open' || pool.status === 'locked';
    // What is over is told where it was shown, not in a channel that was made since.
    if (!live && standing.where()?.channelId !== channelId) return null;
    try {
      const { messageId, made } = await standing.show(channelId, this.#body(pool));
      if (made && pool.status === 'open') await offer(pool, { channelId, messageId });
      return messageId;
    } catch (error) {
      if (!hasCode(error, RESTJSONErrorCodes.UnknownMessage)) throw error;
      this.vanished(poolId);
      return null;
    }
  }

  /**
   * Looks in the channel for the message of a pool that a process posted, which ended before it noted where. It is known by
   * its button. Rejects with Discord's error.
   */
  async lookUp(poolId: string): Promise<void> {
    const { show, places, api, botId, offer } = this.#deps;
    const pool = show.audience.poolById(poolId);
    const channelId = places.channel('betting');
    if (!pool || channelId === null || this.#standing(pool).where() !== null) return;
    const posted = (await api.history(channelId, HISTORY)).find(
      (message) => message.author.id === botId && isOfPool(message, poolId),
    );
    if (!posted) return;
    show.stageRecord.setMessage(nameOf(poolId), { channelId, messageId: posted.id, postedMs: 0 });
    if (pool.status === 'open') await offer(pool, { channelId, messageId: posted.id });
  }

  /** The message was deleted. Found out while the pool is open, or by the bell's own edit: either way all stakes return. */
  vanished(poolId: string): void {
    const { show, log } = this.#deps;
    show.stageRecord.forgetMessage(nameOf(poolId));
    if (show.returnStakes(poolId, 'message_deleted'))
      log.warn({ pool: poolId }, "a pool's message was deleted: all stakes return");
  }

  flush(): Promise<void> {
    return this.#refresh.flush();
  }

  close(): Promise<void> {
    return this.#refresh.close();
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
    const { signal, clock } = this.#deps;
    void clock.sleep(ms, signal).then(() => {
      if (!signal.aborted) this.changed(poolId);
    });
  }

  #body(pool: Pool): MessageBody {
    const { show, wording, notices } = this.#deps;
    const odds = show.audience.odds(pool.id);
    const result = show.audience.pools.resultOf(pool.id);
    return result ? closedPool(pool, odds, result, wording) : livePool(pool, odds, notices(), wording);
  }

  #standing(pool: Pool): StandingMessage {
    const { api, show, clock, log, nonce } = this.#deps;
    return new StandingMessage({
      api,
      stageRecord: show.stageRecord,
      clock,
      log,
      name: nameOf(pool.id),
      nonce: () => nonce('p', pool.openedAtMs),
      pinned: null,
      remade: false,
    });
  }
}

/** In the record of the stage. */
const nameOf = (poolId: string): string => `pool:${poolId}`;
