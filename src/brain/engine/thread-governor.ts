// How many threads a pass over the weights gets. No fixed number is right: llama.cpp's threads wait for each other in a
// spin after every matrix, so on two quiet cores two of them take 0.55 to 0.8 times as long as one, and several times as
// long as soon as something else runs on one of the cores. Passes are timed instead, each kind (by its number of rows) for
// itself; now and then another count is tried for one to three passes, and taken when it is faster.
//
// There is no clock and no chance in here: what is told decides what comes next.
import { COSTS_KEPT, usually } from './pass-costs.ts';

/** What was found out about one kind of passes: a governor may begin with it. */
export interface LearntPasses {
  kind: number;
  threads: number;
  /** What they usually take. */
  millisecondsARow: number;
  /** Of the other counts that were tried. */
  rivals: { threads: number; loss: number; failures: number }[];
}

export interface PassPlan {
  threads: number;
  /** Rows that the pass should have: all that were asked for, fewer where a count is tried on a long prompt. */
  rows: number;
}

/** All passes of more rows are of one kind: reading. Below, each doubling is a kind: one row, two, up to four, … */
const READING_ROWS = 32;
/** Rows of a prompt that are enough to tell how fast it is read. */
const TRIAL_ROWS = 64;
/** Of the time of a kind, what trials of other counts may lose. */
const TRIAL_SHARE = 0.06;
/** Passes after which a count is tried again, however much it lost the last time, so that a change is found. */
const MAX_PASSES_BETWEEN = 300;
/** Passes between two trials at least, and after an alarm. */
const MIN_PASSES_BETWEEN = 8;
const MIN_PASSES_TO_ALARM = 3;
/** A count that was kept for fewer passes was taken too hastily. */
const HASTY_PASSES = 20;
/** A pass of a trial that takes so many times as long ends it. */
const HOPELESS = 1.5;
/** What a trial must take at most, of what is usual, to be taken. */
const BETTER = 0.93;
/** How far the usual may rise before the other counts are tried at once. */
const ALARM = 1.2;

/** Chooses for all kinds of passes. Costs are per row, so that passes of one kind compare. */
export class ThreadGovernor {
  readonly #counts: readonly number[];
  readonly #choices = new Map<number, Choice>();

  /**
   * @param counts what may be chosen, ascending; a single one is always chosen
   * @param learnt by a governor of the same counts. What has changed since is noticed as any change is.
   */
  constructor(counts: readonly number[], learnt: readonly LearntPasses[] = []) {
    if (counts.length === 0) throw new RangeError('there is no count of threads to choose from');
    this.#counts = counts;
    for (const passes of learnt) this.#choices.set(passes.kind, Choice.of(passes, counts));
  }

  /** Of the kinds whose count was decided. */
  get learnt(): LearntPasses[] {
    return [...this.#choices].flatMap(([kind, { learnt }]) => (learnt === null ? [] : [{ kind, ...learnt }]));
  }

  next(rows: number): PassPlan {
    const { threads, trying } = this.#choiceFor(rows).next();
    const short = trying && rows > TRIAL_ROWS + READING_ROWS;
    return { threads, rows: short ? TRIAL_ROWS : rows };
  }

  /** Tells how long a pass took. */
  record(rows: number, threads: number, milliseconds: number): void {
    const choice = this.#choiceFor(rows);
    const before = choice.threads;
    choice.record(threads, rows, milliseconds);
    if (choice.threads === before) return;
    // What made another count better for these passes may do so for all others.
    for (const other of this.#choices.values()) if (other !== choice) other.suggest(choice.threads);
  }

  #choiceFor(rows: number): Choice {
    const kind = kindOf(rows);
    let choice = this.#choices.get(kind);
    if (!choice) this.#choices.set(kind, (choice = new Choice(this.#counts, this.#nearest(kind))));
    return choice;
  }

  /** The choice for the most similar passes. */
  #nearest(kind: number): Choice | undefined {
    const distance = (other: number): number => Math.abs(other - kind);
    const [nearest = -1] = [...this.#choices.keys()].sort((one, other) => distance(one) - distance(other));
    return this.#choices.get(nearest);
  }
}

/** The counts that are worth trying on a machine with so many cores: powers of two, all, and all but one. */
export function threadCounts(cores: number): number[] {
  const counts = new Set([cores, Math.max(1, cores - 1)]);
  for (let count = 1; count < cores; count *= 2) counts.add(count);
  return [...counts].sort((one, other) => one - other);
}

function kindOf(rows: number): number {
  return Math.ceil(Math.log2(Math.min(rows, READING_ROWS + 1)));
}

interface Trial {
  /** Index of the count. */
  index: number;
  costs: number[];
  rows: number;
  /** Hopeless passes that end it. */
  patience: number;
}

/** What is known of a count that is not in use. */
interface Rival {
  /** Milliseconds that its next trial is expected to lose, which must be earned before. */
  loss: number;
  /** Trials in a row that it lost. */
  failures: number;
}

/** One kind of passes: which count it uses, what that takes, and which other one is tried when. */
class Choice {
  readonly #counts: readonly number[];
  #index = 0;
  /** Of the last passes with the chosen count. */
  #costs: number[] = [];
  /** The usual cost at the time of the last decision. */
  #reference: number | undefined;
  #trial: Trial | undefined;
  /** With the chosen count since the last trial. */
  #passes = 0;
  #spent = 0;
  /** Passes with the chosen count since it was chosen. */
  #held = 0;
  /** By index; absent where it was never tried. */
  readonly #rivals = new Map<number, Rival>();
  #upwards = true;
  #suggested: number | undefined;

  /**
   * @param like what its passes resemble: begins as that is and takes its time over what was worse there. Without, begins
   *   with one thread and tries more at once.
   */
  constructor(counts: readonly number[], like: Choice | undefined) {
    this.#counts = counts;
    if (!like) return;
    this.#index = like.#index;
    for (const [index, { failures }] of like.#rivals)
      if (failures > 0) this.#rivals.set(index, { loss: 0, failures: 0 });
  }

  /** As another one was left. */
  static of({ threads, millisecondsARow, rivals }: LearntPasses, counts: readonly number[]): Choice {
    const choice = new Choice(counts, undefined);
    choice.#index = counts.indexOf(threads);
    choice.#reference = millisecondsARow;
    for (const { threads: other, ...rival } of rivals) choice.#rivals.set(counts.indexOf(other), rival);
    return choice;
  }

  /** Null while there is nothing to compare. */
  get learnt(): Omit<LearntPasses, 'kind'> | null {
    const { threads } = this;
    const millisecondsARow = this.#reference;
    if (millisecondsARow === undefined) return null;
    const rivals = [...this.#rivals].map(([index, rival]) => ({
      threads: this.#counts[index] ?? 1,
      ...rival,
    }));
    return { threads, millisecondsARow, rivals };
  }

  get threads(): number {
    return this.#counts[this.#index] ?? 1;
  }

  next(): { threads: number; trying: boolean } {
    this.#trial ??= this.#dueTrial();
    const cold = this.#reference === undefined && this.#counts.length > 1;
    return {
      threads: this.#counts[this.#trial?.index ?? this.#index] ?? 1,
      trying: cold || this.#trial !== undefined,
    };
  }

  record(threads: number, rows: number, milliseconds: number): void {
    const cost = milliseconds / rows;
    if (this.#trial && threads === this.#counts[this.#trial.index]) {
      this.#trial.costs.push(cost);
      this.#trial.rows += rows;
      this.#judge(this.#trial);
    } else if (threads === this.threads) {
      this.#costs.push(cost);
      if (this.#costs.length > COSTS_KEPT) this.#costs.shift();
      this.#passes++;
      this.#held++;
      this.#spent += milliseconds;
    }
  }

  /** Has a count tried soon that has become better elsewhere. */
  suggest(threads: number): void {
    const index = this.#counts.indexOf(threads);
    if (index >= 0) this.#suggested = index;
  }

  #dueTrial(): Trial | undefined {
    if (this.#costs.length === 0) return undefined;
    const suggested = this.#suggestion();
    const index = suggested ?? this.#dueNeighbour();
    // There is a reason for what is suggested: one slow pass does not refute it.
    return index === undefined
      ? undefined
      : { index, costs: [], rows: 0, patience: suggested === undefined ? 1 : 2 };
  }

  #suggestion(): number | undefined {
    const suggested = this.#suggested;
    this.#suggested = undefined;
    return suggested === this.#index ? undefined : suggested;
  }

  #dueNeighbour(): number | undefined {
    const neighbours = [this.#index + 1, this.#index - 1].filter((index) => index in this.#counts);
    const unknown = neighbours.find((index) => !this.#rivals.has(index));
    if (unknown !== undefined) return unknown;
    const usual = usually(this.#costs);
    const alarmed =
      this.#passes >= MIN_PASSES_TO_ALARM && this.#reference !== undefined && usual > this.#reference * ALARM;
    if (!alarmed && this.#passes < MIN_PASSES_BETWEEN) return undefined;
    if (!this.#upwards) neighbours.reverse();
    const due = neighbours.find((index) => alarmed || this.#mayTry(index));
    if (due !== undefined) this.#upwards = !this.#upwards;
    return due;
  }

  #mayTry(index: number): boolean {
    const { loss } = this.#rivals.get(index) ?? { loss: 0 };
    return this.#spent * TRIAL_SHARE >= loss || this.#passes >= MAX_PASSES_BETWEEN;
  }

  #judge(trial: Trial): void {
    const { costs } = trial;
    const usual = usually(this.#costs);
    const cost = usually(costs);
    const hopelessPasses = costs.filter((each) => each > usual * HOPELESS).length;
    const slow =
      hopelessPasses >= trial.patience || (costs.length === 2 && hopelessPasses === 0 && cost > usual);
    if (!slow && costs.length < 3) return;
    if (slow || cost > usual * BETTER) this.#lost(trial, usual);
    else this.#won(trial, usual);
    this.#trial = undefined;
    this.#passes = 0;
    this.#spent = 0;
  }

  #lost({ index, costs, rows }: Trial, usual: number): void {
    const failures = (this.#rivals.get(index)?.failures ?? 0) + 1;
    const usualMs = usual * (rows / costs.length);
    const lost = costs.reduce((sum, cost) => sum + Math.max(0, cost / usual - 1), 0);
    // One slow pass may have been a hiccup of the host: only a count that loses again and again waits for long.
    this.#rivals.set(index, { loss: usualMs * Math.min(lost, 2 ** failures), failures });
    this.#reference = usual;
  }

  #won({ index, costs, rows }: Trial, usual: number): void {
    const cost = usually(costs);
    // A count that was soon regretted has cost more than a trial.
    const passes = this.#held < HASTY_PASSES ? this.#held : 1;
    for (const [other, rival] of this.#rivals) this.#rivals.set(other, { ...rival, failures: 0 });
    this.#rivals.set(this.#index, {
      loss: Math.min(usual - cost, cost) * (rows / costs.length) * passes,
      failures: 0,
    });
    this.#index = index;
    this.#costs = [...costs];
    this.#reference = cost;
    this.#held = 0;
  }
}
