/**
 * Betting in Discord: the pool's message, the reactions under it, and what members are told there. A stake always takes the same
 * way: it is heard or read (pool-reactions), stored (stake-queue), told (notices) and shown (pool-message).
 */
import { RESTJSONErrorCodes } from 'discord.js';
import type { Named, ToTell } from '#show/audience/member-picks.ts';
import type { Placed } from '#show/audience/stakes.ts';
import type { Pool } from '#show/ports/chips.ts';
import { Backoff } from '#lib/backoff.ts';
import type { Result, StakeRefusal } from '#show/results.ts';
import { describeError } from '#lib/redact.ts';
import type { GuildDeps } from '../guild-deps.ts';
import { hasCode } from '../discord/api-errors.ts';
import { poolNotice } from '../presentation/answers/pool-notice.ts';
import { bareEmoji, emojiOf } from './emojis.ts';
import { Notices } from './notices.ts';
import { PoolMessage } from './pool-message.ts';
import { PoolReactions } from './pool-reactions.ts';
import { ReactionWrites, type MessagePlace } from './reaction-writes.ts';

export interface BettingDeps extends GuildDeps {
  /** True while Discord's events arrive. */
  connected: () => boolean;
}

const REREAD_MIN_MS = 1_000;
const REREAD_MAX_MS = 60_000;
/** The last pool of a kind whose bell a table heard. */
const bellKey = (about: Pool['about']): string => `bell-heard:${about}`;

export class BettingTable {
  readonly #deps: BettingDeps;
  readonly #closing = new AbortController();
  readonly #notices: Notices;
  readonly #message: PoolMessage;
  readonly #writes: ReactionWrites;
  readonly #reactions: PoolReactions;
  readonly #backoff = new Backoff({ minMs: REREAD_MIN_MS, maxMs: REREAD_MAX_MS });
  /** Counts up when reactions were missed; the message was read up to `#readUpTo` of it. */
  #missed = 0;
  #readUpTo = 0;
  #rereads = false;
  /** The last pool of each kind whose bell this table heard. */
  readonly #bells = new Map<Pool['about'], string>();

  constructor(deps: BettingDeps) {
    const { show, api, wording, clock, log } = deps;
    const { signal } = this.#closing;
    this.#deps = deps;
    this.#notices = new Notices(clock, () => this.changed());
    this.#message = new PoolMessage({
      ...deps,
      notices: () => this.#notices.standing(),
      offer: (pool, at) => this.#offer(pool, at),
      readEarly: (pool, at) => this.#readEarly(pool, at),
      signal,
    });
    this.#writes = new ReactionWrites(api, clock, signal);
    this.#reactions = new PoolReactions({
      audience: show.audience,
      cast: () => wording.content.cast,
      where: () => this.#message.where(),
      reactors: ({ channelId, messageId }, emoji) => api.reactors(channelId, messageId, emoji),
      writes: this.#writes,
      tell: (what) => this.#tell(what),
      failed: () => this.#owe(),
      clock,
      log,
      signal,
    });
  }

  /** The stakes or the status of this pool changed. Default: the one that members react to. */
  changed(poolId = this.#deps.show.audience.pool()?.id): void {
    if (poolId !== undefined) this.#message.changed(poolId);
  }

  /** What the message told this member no longer holds, or the member no longer wants to be named. */
  dropNotice(member: string): void {
    this.#notices.drop(member);
  }

  /** The opening bell rang. If the bot was away at that time, it may have missed stakes, so all of them return. */
  belled(): void {
    const { show, connected, keyValues, log } = this.#deps;
    for (const pool of this.#locked()) {
      const { id, about } = pool;
      const unread = about === 'gain' && this.#missed > this.#readUpTo;
      if (!connected() || unread) {
        log.warn(
          { pool: id },
          'Discord was away when the bell rang, or its reactions were not read: all stakes return',
        );
        show.returnStakes(id, 'bot_was_away');
      }
      this.#bells.set(about, id);
      this.changed(id);
      keyValues.set(bellKey(about), id);
    }
  }

  /**
   * What locked while no table heard the bell returns its stakes, for nobody knows what was missed; and what should have returned them
   * then, and could not be stored. To be called as the stage opens, and after every round.
   */
  belledUnheard(): void {
    const { show, keyValues, log } = this.#deps;
    for (const { id, about } of this.#locked()) {
      if (this.#bells.get(about) === id || keyValues.get(bellKey(about)) === id) continue;
      log.warn(
        { pool: id },
        'the bell rang while the bot was not there, or its stakes could not be returned then: all return',
      );
      show.returnStakes(id, 'bot_was_away');
    }
  }

  #locked(): Pool[] {
    return this.#deps.show.audience.pools.live().filter(({ status }) => status === 'locked');
  }

  /** Posts or edits this pool's message. Resolves to null when there is no longer anything to show. */
  show(poolId: string): Promise<string | null> {
    return this.#message.show(poolId);
  }

  /**
   * Looks in the channel for a pool's message that was posted but not recorded, and reads what members did under it meanwhile.
   * Rejects with Discord's error.
   */
  async lookUp(poolId: string): Promise<void> {
    if (await this.#message.lookUp(poolId)) await this.reconcile();
  }

  /** Whether this is the message of the pool that members react to. */
  isTable(messageId: string): boolean {
    return this.#message.where()?.messageId === messageId;
  }

  /** A member reacted, or a member's reaction was taken off. */
  heard(member: string, emoji: string, on: boolean): void {
    this.#reactions.heard(member, emoji, on);
  }

  /** A member stakes by the command, the menu or a button, in one order with the reactions. Rejects with the store's error. */
  async bet(named: Named): Promise<Result<Placed, StakeRefusal>> {
    const staked = await this.#reactions.name(named);
    // What the message told this member about an earlier try no longer matters.
    if (staked.ok) this.dropNotice(named.member);
    return staked;
  }

  /** All reactions are gone, so nobody can tell who backed which trader. The message says that stakes return. */
  cleared(): void {
    const { show } = this.#deps;
    const pool = show.audience.pool();
    if (pool?.status === 'open') show.returnStakes(pool.id, 'message_deleted');
  }

  /**
   * The channel was deleted, and the message with it. Once the bell has rung that gives nobody a losing stake back; if it was deleted
   * just before, the edit at the bell finds out.
   */
  channelDeleted(channelId: string): void {
    for (const pool of this.#deps.show.audience.pools.live())
      if (pool.status === 'open' && this.#message.whereIs(pool)?.channelId === channelId)
        this.#message.vanished(pool.id);
  }

  /**
   * Reads the open pool's reactions and makes the stakes agree with them. Rejects with Discord's error; then it is tried again,
   * and a bell that rings before it succeeds returns the stakes.
   */
  async reconcile(): Promise<void> {
    this.#miss();
    await this.#readMissed();
  }

  async #readMissed(): Promise<void> {
    const missed = this.#missed;
    try {
      await this.#read();
      this.#readUpTo = Math.max(this.#readUpTo, missed);
      this.#backoff.reset();
    } catch (error) {
      this.#readAgain();
      throw error;
    }
  }

  /** Members may have reacted before Discord's answer told where the message is: such reactions were heard and not known. Never rejects. */
  async #readEarly({ about }: Pool, { channelId, messageId }: MessagePlace): Promise<void> {
    if (about !== 'gain') return;
    try {
      const { reactions = [] } = await this.#deps.api.message(channelId, messageId);
      if (reactions.some(({ count, me }) => count > Number(me))) await this.reconcile();
    } catch (error) {
      this.#deps.log.info(describeError(error), 'the reactions under the new pool are read later');
      this.#owe();
    }
  }

  async #read(): Promise<void> {
    const pool = this.#deps.show.audience.pool();
    const at = this.#message.where();
    if (pool?.status !== 'open' || !at) return this.#reactions.nothingMissed();
    try {
      await this.#offerWhatIsGone(pool, at);
      await this.#reactions.reconcile(pool, at);
    } catch (error) {
      if (!hasCode(error, RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel)) throw error;
      this.#message.vanished(pool.id);
    }
  }

  /** Something that members did is not known. */
  #owe(): void {
    this.#miss();
    this.#readAgain();
  }

  #miss(): void {
    this.#missed += 1;
    this.#reactions.missed();
  }

  #readAgain(): void {
    if (this.#rereads || this.#closing.signal.aborted) return;
    this.#rereads = true;
    const { clock, log } = this.#deps;
    const { signal } = this.#closing;
    void clock.sleep(this.#backoff.next(), signal).then(async () => {
      this.#rereads = false;
      if (signal.aborted) return;
      try {
        await this.#readMissed();
      } catch (error) {
        log.warn(describeError(error), 'the reactions under the pool could not be read; trying again');
      }
    });
  }

  flush(): Promise<void> {
    return this.#message.flush();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#notices.close();
    await Promise.all([this.#message.close(), this.#reactions.close()]);
  }

  async #offerWhatIsGone(pool: Pool, at: MessagePlace): Promise<void> {
    const message = await this.#deps.api.message(at.channelId, at.messageId);
    const own = message.reactions?.filter(({ me }) => me) ?? [];
    await this.#offer(pool, at, new Set(own.map(({ emoji }) => bareEmoji(emoji.name ?? ''))));
  }

  /** Puts a reaction for each trader under the message. It needs Add Reactions; the show goes on without them. */
  async #offer(pool: Pool, at: MessagePlace, there: ReadonlySet<string> = new Set()): Promise<void> {
    const { wording, log } = this.#deps;
    for (const outcome of pool.outcomes) {
      const emoji = emojiOf(outcome, wording.content.cast);
      if (emoji === null || there.has(bareEmoji(emoji))) continue;
      try {
        await this.#writes.add(at, emoji);
      } catch (error) {
        log.info({ place: 'betting', ...describeError(error) }, 'could not add a reaction');
      }
    }
  }

  #tell(what: ToTell): void {
    const { show, wording, log } = this.#deps;
    log.info({ refusal: what.why.code }, 'a member is told about a stake');
    const notice = poolNotice(what, show.audience.mayBailOut(what.member), wording);
    if (notice) this.#notices.tell(notice);
  }
}
