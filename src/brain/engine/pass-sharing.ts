// Whether answers under way share passes over the weights. Where fetching the weights takes the time, a pass of four rows costs
// little more than one of one row. Where arithmetic does, it may cost more than four: one thread of a processor without AMX takes
// 12 ms for a row of Gemma 270M, 43 for two and 62 for four, most of it for the probabilities of 262,000 tokens. So both ways are
// timed; now and then the other one is tried.
//
// There is no clock and no chance in here: what is told decides what comes next.
import { COSTS_KEPT, usually } from './pass-costs.ts';

/** Costs that are enough to compare. */
const ENOUGH = 3;
/** What rows of their own must take at most, of what they take together: who rides together needs fewer calls. */
const BETTER = 0.96;
/** Decisions after which the other way is tried once. */
const DECISIONS_BETWEEN = 50;

export class PassSharing {
  /** Milliseconds of the last passes in which answers had a row each, by their number. */
  readonly #costs = new Map<number, number[]>();
  /** Decisions for one way since the other was tried, by the number of answers. */
  readonly #decided = new Map<number, number>();

  /** Whether so many answers are to share the next pass. */
  pays(answers: number): boolean {
    if (answers < 2) return true;
    const together = this.#costs.get(answers) ?? [];
    const alone = this.#costs.get(1) ?? [];
    if (together.length < ENOUGH) return true;
    if (alone.length < ENOUGH) return false;
    const pays = usually(together) * BETTER <= usually(alone) * answers;
    const decided = this.#decided.get(answers) ?? 0;
    const tries = decided >= DECISIONS_BETWEEN;
    this.#decided.set(answers, tries ? 0 : decided + 1);
    return tries ? !pays : pays;
  }

  /** Tells how long a pass took in which so many answers had one row each. */
  record(answers: number, milliseconds: number): void {
    const costs = this.#costs.get(answers) ?? [];
    this.#costs.set(answers, [...costs, milliseconds].slice(-COSTS_KEPT));
  }
}

/** Whatever passes take: with the same turns, the same rows are computed in the same passes. */
export const ALWAYS_SHARED: Pick<PassSharing, 'pays' | 'record'> = { pays: () => true, record: () => {} };
