/**
 * The reactions under the open pool. They are heard live or read after a reconnection, stored in one order by one rule, and
 * removed where they stand for no stake.
 */
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Audience } from '#show/audience/audience.ts';
import type { Named, ToTell } from '#show/audience/member-picks.ts';
import type { Placed } from '#show/audience/stakes.ts';
import type { Pool } from '#show/ports/chips.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { Result, StakeRefusal } from '#show/results.ts';
import { emojiOf, outcomeOf } from './emojis.ts';
import type { MessagePlace, ReactionWrites } from './reaction-writes.ts';
import { Reconciliation } from './reconciliation.ts';
import { StakeQueue } from './stake-queue.ts';
import { StrayReactions } from './stray-reactions.ts';

export interface PoolReactionsDeps {
  audience: Audience;
  cast: () => readonly Persona[];
  /** Where the live pool's message is. */
  where: () => MessagePlace | null;
  /** The members who have reacted with this emoji. Rejects with Discord's error. */
  reactors: (at: MessagePlace, emoji: string) => Promise<string[]>;
  writes: Pick<ReactionWrites, 'takeOff'>;
  /** Called with what members must be told. */
  tell: (what: ToTell) => void;
  /** Called when reactions that were heard could not be stored. */
  failed: () => void;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

export class PoolReactions {
  readonly #deps: PoolReactionsDeps;
  readonly #queue: StakeQueue;
  readonly #reconciliation: Reconciliation;
  readonly #strays: StrayReactions;

  constructor(deps: PoolReactionsDeps) {
    const { audience, cast, reactors, tell, failed, log } = deps;
    const { picks } = audience;
    const emojiFor = (outcome: TraderId): string | null => emojiOf(outcome, cast());
    this.#deps = deps;
    this.#queue = new StakeQueue({
      take: (learned) => picks.take(learned),
      tell,
      named: (member) => this.#reconciliation.named(member),
      stored: () => this.#strays.ask(),
      failed,
      log,
    });
    this.#reconciliation = new Reconciliation(async (at, outcome) => {
      const emoji = emojiFor(outcome);
      return emoji === null ? [] : await reactors(at, emoji);
    });
    this.#strays = new StrayReactions({
      ...deps,
      picks,
      emojiOf: emojiFor,
      flush: () => this.#queue.flush(),
      learn: (learned) => this.#queue.add(learned),
    });
  }

  /** A member reacted, or a member's reaction was removed. */
  heard(member: string, emoji: string, on: boolean): void {
    const outcome = outcomeOf(emoji, this.#deps.cast());
    if (outcome === null) return;
    this.#reconciliation.heard(member, outcome, on);
    const byBot = this.#strays.concerns({ member, outcome }, on);
    this.#queue.add(on ? { member, what: 'added', outcome } : { member, what: 'removed', outcome, byBot });
  }

  /** A member stakes by the command, the menu or a button. Rejects with the store's error. */
  name(named: Named): Promise<Result<Placed, StakeRefusal>> {
    return this.#queue.name(named);
  }

  /** Reactions may have been missed until now: nobody listened, or what was heard could not be stored. */
  missed(): void {
    this.#queue.flush();
    this.#reconciliation.missed();
  }

  /** There is no message that anything could have been missed under. */
  nothingMissed(): void {
    this.#reconciliation.nothingMissed();
  }

  /** Reads the reactions under the pool's message and makes the stakes agree with them. Rejects with Discord's error. */
  async reconcile(pool: Pool, at: MessagePlace): Promise<void> {
    const { audience, log } = this.#deps;
    const learned = await this.#reconciliation.read(pool, at, () => {
      // What was named until now is newer than what was read.
      this.#queue.flush();
      return audience.picks.members();
    });
    // Otherwise another pool has its message there by now, and these reactions mean nothing to it.
    if (audience.pool()?.id === pool.id) {
      this.#queue.flush();
      for (const each of learned) this.#queue.add(each);
      const { staked, returned } = this.#queue.flush();
      if (staked + returned > 0)
        log.info({ pool: pool.id, staked, returned }, 'stakes were brought into line with the reactions');
    }
    this.#strays.askAgain();
  }

  async close(): Promise<void> {
    this.#queue.flush();
    await this.#strays.close();
  }
}
