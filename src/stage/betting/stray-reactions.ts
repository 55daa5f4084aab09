/**
 * Takes reactions off that stand for no stake: an earlier pick, one that was refused. Which they are is asked of the ledger at
 * the moment of sending, so a pick that came back meanwhile stays. Needs Manage Messages; the show goes on without.
 */
import { RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { LearnedOf, Reactions } from '#show/audience/reactions.ts';
import type { Reaction } from '#show/ports/chips.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { describeError } from '#lib/redact.ts';
import { hasCode } from '../discord/api-errors.ts';
import type { MessagePlace, ReactionWrites } from './reaction-writes.ts';

export interface StrayReactionsDeps {
  reactions: Reactions;
  writes: Pick<ReactionWrites, 'takeOff'>;
  /** Where the open pool's message stands. */
  where: () => MessagePlace | null;
  emojiOf: (outcome: TraderId) => string | null;
  /** Who reacted with this emoji now. Rejects with Discord's error. */
  reactors: (where: MessagePlace, emoji: string) => Promise<string[]>;
  /** Stores everything that was heard. */
  flush: () => void;
  learn: (learned: LearnedOf) => void;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** Looked up at a time. */
const BATCH = 50;

export class StrayReactions {
  readonly #deps: StrayReactionsDeps;
  /** The one that is being taken off. `cameBack`: the member picked it again meanwhile. */
  #underWay: (Reaction & { cameBack: boolean }) | null = null;
  #running: Promise<void> | null = null;
  /** Discord did not let the bot: the next connection tries again. */
  #refused = false;

  constructor(deps: StrayReactionsDeps) {
    this.#deps = deps;
  }

  /** There may be some. */
  ask(): void {
    if (this.#refused || this.#deps.signal.aborted) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** What was refused before may be allowed by now. */
  askAgain(): void {
    this.#refused = false;
    this.ask();
  }

  /** Whether the bot is taking off this very reaction. `on`: the member has just picked it. */
  concerns({ member, outcome }: Reaction, on: boolean): boolean {
    const underWay = this.#underWay;
    if (underWay?.member !== member || underWay.outcome !== outcome) return false;
    if (on) underWay.cameBack = true;
    return true;
  }

  async close(): Promise<void> {
    await this.#running;
  }

  /** Until none is left, or Discord lets the bot take no more off. */
  async #run(): Promise<void> {
    const { signal, log, clock } = this.#deps;
    try {
      for (let batch = this.#batch(); batch.length > 0; batch = this.#batch()) {
        for (const stray of batch) await this.#takeOff(stray);
      }
    } catch (error) {
      log.info({ place: 'betting', ...describeError(error) }, 'could not take a reaction off');
      this.#refused = !(error instanceof RateLimitError);
      if (error instanceof RateLimitError) {
        void clock.sleep(error.retryAfter, signal).then(() => this.ask());
      }
    }
  }

  #batch(): Reaction[] {
    const { signal, flush, reactions } = this.#deps;
    if (signal.aborted) return [];
    flush();
    return reactions.strays(BATCH);
  }

  async #takeOff(stray: Reaction): Promise<void> {
    const { writes, where, emojiOf, learn, flush } = this.#deps;
    const at = where();
    const emoji = emojiOf(stray.outcome);
    if (!at || emoji === null) return learn({ ...stray, what: 'removed', byBot: true });
    const { member } = stray;
    try {
      const sent = await writes.takeOff(at, { emoji, member, wanted: () => this.#wanted(stray) });
      if (!sent) return;
      if (this.#underWay?.cameBack === true && (await this.#stands(at, emoji, member))) return;
      learn({ ...stray, what: 'removed', byBot: true });
    } catch (error) {
      const { UnknownEmoji, UnknownUser } = RESTJSONErrorCodes;
      if (!hasCode(error, UnknownEmoji, UnknownUser)) throw error;
      learn({ ...stray, what: 'removed', byBot: true });
    } finally {
      flush();
      this.#underWay = null;
    }
  }

  #wanted(stray: Reaction): boolean {
    const { flush, reactions } = this.#deps;
    flush();
    if (!reactions.isStray(stray)) return false;
    this.#underWay = { ...stray, cameBack: false };
    return true;
  }

  /** Whether the pick that came back was there before the bot took it off, or came after. */
  async #stands(at: MessagePlace, emoji: string, member: string): Promise<boolean> {
    return (await this.#deps.reactors(at, emoji)).includes(member);
  }
}
