/**
 * Reactions on their way to the ledger, in the order in which they were heard. What is heard within one turn of the event
 * loop is stored in one transaction, so that a rush of members costs one write to the disk, not one each.
 */
import type { TraderId } from '#core/vocabulary.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Show } from '#show/show.ts';
import { describeError } from '#lib/redact.ts';

export interface Movement {
  member: string;
  outcome: TraderId;
  /** False: the reaction was taken off. */
  on: boolean;
}

export type Staked = ReturnType<Show['audience']['stake']>;

export class StakeQueue {
  readonly #audience: Show['audience'];
  readonly #log: Log;
  readonly #settled: (movement: Movement, staked: Staked) => void;
  #waiting: Movement[] = [];

  /** `settled` is told of every stake that was tried, after it was stored. */
  constructor(audience: Show['audience'], log: Log, settled: (movement: Movement, staked: Staked) => void) {
    this.#audience = audience;
    this.#log = log;
    this.#settled = settled;
  }

  add(movement: Movement): void {
    this.#waiting.push(movement);
    if (this.#waiting.length === 1) setImmediate(() => this.flush());
  }

  /** Stores what waits, now. Never throws: what cannot be stored is read from the message at the next connection. */
  flush(): void {
    const movements = this.#waiting;
    this.#waiting = [];
    if (movements.length === 0) return;
    let tried: [Movement, Staked][];
    try {
      tried = this.#audience.together(() => this.#store(movements));
    } catch (error) {
      this.#log.error(
        { reactions: movements.length, ...describeError(error) },
        'reactions could not be counted; the next connection reads them again',
      );
      return;
    }
    for (const [movement, staked] of tried) this.#settled(movement, staked);
  }

  #store(movements: readonly Movement[]): [Movement, Staked][] {
    const tried: [Movement, Staked][] = [];
    for (const movement of movements) {
      const { member, outcome, on } = movement;
      if (on) tried.push([movement, this.#audience.stake(member, outcome)]);
      // A reaction that is taken off leaves alone what a command staked.
      else this.#audience.unstake(member, outcome, 'reaction');
    }
    return tried;
  }
}
