/**
 * Betting in Discord: the pool's message, the reactions under it, and what members are told there. A stake's walk is one way: heard or
 * read (pool-reactions), stored (stake-queue), told (notices), shown (pool-message).
 */
import { RESTJSONErrorCodes } from 'discord.js';
import type { ToTell } from '#show/audience/reactions.ts';
import type { Pool } from '#show/ports/chips.ts';
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

export class BettingTable {
  readonly #deps: BettingDeps;
  readonly #closing = new AbortController();
  readonly #notices: Notices;
  readonly #message: PoolMessage;
  readonly #writes: ReactionWrites;
  readonly #reactions: PoolReactions;

  constructor(deps: BettingDeps) {
    const { show, api, wording, clock, log } = deps;
    const { signal } = this.#closing;
    this.#deps = deps;
    this.#notices = new Notices(clock, () => this.changed());
    this.#message = new PoolMessage({
      ...deps,
      notices: () => this.#notices.standing(),
      offer: (pool, at) => this.#offer(pool, at),
      signal,
    });
    this.#writes = new ReactionWrites(api, clock, signal);
    this.#reactions = new PoolReactions({
      audience: show.audience,
      cast: wording.content.cast,
      where: () => this.#message.where(),
      reactors: ({ channelId, messageId }, emoji) => api.reactors(channelId, messageId, emoji),
      writes: this.#writes,
      tell: (what) => this.#tell(what),
      clock,
      log,
      signal,
    });
  }

  /** Stakes of this pool (the live one when left out) moved, or its status did. */
  changed(poolId = this.#deps.show.audience.pool()?.id): void {
    if (poolId !== undefined) this.#message.changed(poolId);
  }

  /** What the message told the member is no longer so, or names a member who wants to be named no more. */
  dropNotice(member: string): void {
    this.#notices.drop(member);
  }

  /** The opening bell rang. If the bot was away then it may have missed stakes, so all of them return. */
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
  show(poolId: string): Promise<string | null> {
    return this.#message.show(poolId);
  }

  /** Looks in the channel for the message of a pool that was posted but not noted. Rejects with Discord's error. */
  lookUp(poolId: string): Promise<void> {
    return this.#message.lookUp(poolId);
  }

  /** Is this the message of the pool that is open or locked? */
  isTable(messageId: string): boolean {
    return this.#message.where()?.messageId === messageId;
  }

  /** A member reacted, or a member's reaction was taken off. */
  heard(member: string, emoji: string, on: boolean): void {
    this.#reactions.heard(member, emoji, on);
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
    if (pool && this.#message.where()?.channelId === channelId) this.#message.vanished(pool.id);
  }

  /** Reads the open pool's reactions and makes the stakes agree with them. Rejects with Discord's error. */
  async reconcile(): Promise<void> {
    const pool = this.#deps.show.audience.pool();
    const at = this.#message.where();
    if (pool?.status !== 'open' || !at) return;
    try {
      await this.#offerWhatIsGone(pool, at);
      await this.#reactions.reconcile(pool, at);
    } catch (error) {
      if (!hasCode(error, RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel)) throw error;
      this.#message.vanished(pool.id);
    }
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

  /** Puts a reaction for each trader under the message. Needs Add Reactions; the show goes on without. */
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
