/**
 * Removes reactions that stand for no stake: an earlier pick, or one that was refused. The ledger is asked at the moment of
 * sending, so a pick that came back meanwhile stays. It needs Manage Messages; the show goes on without it.
 */
import { RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { LearnedOf, MemberPicks } from '#show/audience/member-picks.ts';
import type { Reaction } from '#show/ports/chips.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { describeError } from '#lib/redact.ts';
import { hasCode } from '../discord/api-errors.ts';
import type { MessagePlace, ReactionWrites } from './reaction-writes.ts';

export interface StrayReactionsDeps {
  picks: Pick<MemberPicks, 'strays' | 'isStray'>;
  writes: Pick<ReactionWrites, 'takeOff'>;
  /** Where the open pool's message is. */
  where: () => MessagePlace | null;
  emojiOf: (outcome: TraderId) => string | null;
  /** The members who have reacted with this emoji. Rejects with Discord's error. */
  reactors: (where: MessagePlace, emoji: string) => Promise<string[]>;
  /** Stores everything that was heard. */
  flush: () => void;
  learn: (learned: LearnedOf) => void;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** How many are looked up at a time. */
const BATCH = 50;

export class StrayReactions {
  readonly #deps: StrayReactionsDeps;
  /** The reaction that is being removed. `cameBack`: the member has picked it again meanwhile. */
  #underWay: (Reaction & { cameBack: boolean }) | null = null;
  #running = Promise.resolve();
  /** Whether it still looks. Its promise settles later, and who asks in between is to be heard. */
  #isLooking = false;
  /** Discord refused it: the next connection tries again. */
  #refused = false;

  constructor(deps: StrayReactionsDeps) {
    this.#deps = deps;
  }

  /** To be called when there may be stray reactions. */
  ask(): void {
    if (this.#refused || this.#isLooking || this.#deps.signal.aborted) return;
    this.#running = this.#run();
  }

  /** To be called when what Discord refused may be allowed by now. */
  askAgain(): void {
    this.#refused = false;
    this.ask();
  }

  /** Whether the bot is removing this very reaction. `on`: the member has just picked it. */
  concerns({ member, outcome }: Reaction, on: boolean): boolean {
    const underWay = this.#underWay;
    if (underWay?.member !== member || underWay.outcome !== outcome) return false;
    if (on) underWay.cameBack = true;
    return true;
  }

  async close(): Promise<void> {
    await this.#running;
  }

  /** Goes on until none is left, or Discord refuses to have more removed. */
  async #run(): Promise<void> {
    const { signal, log, clock } = this.#deps;
    this.#isLooking = true;
    try {
      for (let batch = this.#batch(); batch.length > 0; batch = this.#batch()) {
        for (const stray of batch) await this.#takeOff(stray);
      }
    } catch (error) {
      log.info({ place: 'betting', ...describeError(error) }, 'could not remove a reaction');
      this.#refused = !(error instanceof RateLimitError);
      if (error instanceof RateLimitError) {
        void clock.sleep(error.retryAfter, signal).then(() => this.ask());
      }
    } finally {
      this.#isLooking = false;
    }
  }

  #batch(): Reaction[] {
    const { signal, flush, picks } = this.#deps;
    if (signal.aborted) return [];
    flush();
    return picks.strays(BATCH);
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
    const { flush, picks } = this.#deps;
    flush();
    if (!picks.isStray(stray)) return false;
    this.#underWay = { ...stray, cameBack: false };
    return true;
  }

  /** Whether the pick that came back is there: it may have come before the bot removed the reaction, or after. */
  async #stands(at: MessagePlace, emoji: string, member: string): Promise<boolean> {
    return (await this.#deps.reactors(at, emoji)).includes(member);
  }
}
