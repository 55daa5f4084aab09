/**
 * The better of several lines. A string is drawn a few times in the same passes, and the draft is taken that a part of the prompt
 * (what was just said) makes likelier by most: by pointwise mutual information. How likely it is without that part is read off a copy
 * of the sequence from which the part's cells are cut. What was read after them has seen them; that changes next to nothing
 * (correlation 0.99 with a prompt that was read without the part).
 */
import type { AnswerRider, DraftedField } from './answer-rider.ts';
import { TokenSampler } from './answer/sampling.ts';
import type { LockStep, Sequence } from './lock-step.ts';
import type { NativeContext, NativeLayer } from './native.ts';

/** Tokens of a sequence: from the first one to the first one that is not part of it. */
export interface Span {
  from: number;
  to: number;
}

/** What a draft beside the first one is written with. */
export interface Spare {
  sequence: Sequence;
  sampler: TokenSampler;
}

/** Spares of an engine. Whoever drafts has all that are free; the others' lines are drawn once meanwhile. */
export class Spares {
  readonly #all: readonly Spare[];
  #free: readonly Spare[];

  constructor(sequences: readonly Sequence[], native: NativeLayer, vocabularySize: number) {
    this.#all = sequences.map((sequence) => ({
      sequence,
      sampler: new TokenSampler(native.newSampler(), vocabularySize),
    }));
    this.#free = this.#all;
  }

  take(): readonly Spare[] {
    const taken = this.#free;
    this.#free = [];
    return taken;
  }

  giveBack(spares: readonly Spare[]): void {
    this.#free = [...this.#free, ...spares];
  }

  dispose(): void {
    for (const { sampler } of this.#all) sampler.dispose();
  }
}

export interface DraftsDeps {
  context: NativeContext;
  lockStep: LockStep;
  spares: Spares;
}

/** So far from each other are the seeds of drafts. */
const SEED_STEP = 0x9e37_79b9;

export class Drafts implements DraftedField {
  readonly field: string;
  readonly #deps: DraftsDeps;
  readonly #first: AnswerRider;
  readonly #seed: number;
  readonly #hidden: Span;
  readonly #rides: Promise<void>[] = [];
  #spares: readonly Spare[] = [];
  #all: AnswerRider[] = [];
  /** Where the string begins, and the token before it. */
  #start = 0;
  #before = -1;

  /** @param hidden the part of the prompt that is to make a line likelier */
  constructor(
    deps: DraftsDeps,
    field: string,
    { first, seed, hidden }: { first: AnswerRider; seed: number; hidden: Span },
  ) {
    this.field = field;
    this.#deps = deps;
    this.#first = first;
    this.#seed = seed;
    this.#hidden = hidden;
  }

  async begin(batchIndex: number): Promise<boolean> {
    const { lockStep, spares } = this.#deps;
    this.#spares = spares.take();
    if (this.#spares.length === 0) return false;
    this.#start = this.#first.sequence.length;
    this.#before = this.#first.last;
    this.#all = [this.#first];
    for (const [at, { sequence, sampler }] of this.#spares.entries()) {
      const seed = (this.#seed + (at + 1) * SEED_STEP) >>> 0;
      this.#all.push(await this.#first.fork(sequence, sampler, seed, batchIndex));
    }
    for (const draft of this.#all.slice(1)) {
      const ride = lockStep.ride(draft);
      // Awaited when the first draft has come to its end; until then nobody hears of a failure.
      ride.catch(() => undefined);
      this.#rides.push(ride);
    }
    return true;
  }

  /**
   * To be called when the first draft has come to its end: it goes on as the best one did. False where nothing was drafted.
   * Rejects as the engine does when a pass fails.
   */
  async settle(): Promise<boolean> {
    if (this.#all.length === 0) return false;
    await Promise.all(this.#rides);
    if (this.#first.cancelled) return false;
    const [best = this.#first] = (await this.#weighed())
      .toSorted((one, other) => other.gain - one.gain)
      .map(({ draft }) => draft);
    if (best !== this.#first) {
      await this.#deps.lockStep.between(() => this.#cut(this.#first.sequence, this.#start));
    }
    this.#first.take(best);
    return true;
  }

  /** Gives the spares back once nothing is written with them any more. Never rejects. */
  async end(): Promise<void> {
    await Promise.allSettled(this.#rides);
    this.#deps.spares.giveBack(this.#spares);
    this.#spares = [];
  }

  /** By how much likelier each draft is, in nats, with the part than without it. */
  async #weighed(): Promise<{ draft: AnswerRider; gain: number }[]> {
    const weighed: { draft: AnswerRider; gain: number }[] = [];
    for (let from = 0; from < this.#all.length; from += this.#spares.length) {
      const drafts = this.#all.slice(from, from + this.#spares.length);
      const without = await this.#withoutPart(drafts);
      weighed.push(
        ...drafts.map((draft, at) => ({
          draft,
          gain: draft.draft.reduce((sum, { logProbability }) => sum + logProbability, 0) - (without[at] ?? 0),
        })),
      );
    }
    return weighed;
  }

  async #withoutPart(drafts: readonly AnswerRider[]): Promise<number[]> {
    const { context, lockStep } = this.#deps;
    const longest = Math.max(...drafts.map(({ draft }) => draft.length));
    return lockStep.read(
      () =>
        drafts.map((draft, at) => {
          const spare = this.#spareAt(at);
          this.#cut(spare.sequence, this.#start - 1);
          context.removeTokenCellsFromSequence(spare.sequence.id, this.#hidden.from, this.#hidden.to);
          const tokens = [this.#before, ...draft.draft.slice(0, -1).map(({ token }) => token)];
          // Runs of one length share a pass; nothing looks at what is behind the shorter ones.
          return {
            sequence: spare.sequence,
            tokens: [...tokens, ...Array<number>(longest - tokens.length).fill(0)],
          };
        }),
      async (rows) => {
        const sums: number[] = [];
        for (const [at, { draft }] of drafts.entries()) {
          const { sampler } = this.#spareAt(at);
          let sum = 0;
          for (const [index, { token }] of draft.entries()) {
            sampler.turnTo(context, rows[at]?.[index] ?? 0);
            sum += await sampler.logProbabilityOf(token);
          }
          sums.push(sum);
        }
        return sums;
      },
    );
  }

  #cut(sequence: Sequence, length: number): void {
    this.#deps.context.removeTokenCellsFromSequence(sequence.id, length, -1);
    sequence.length = length;
  }

  #spareAt(at: number): Spare {
    const spare = this.#spares[at];
    if (!spare) throw new RangeError(`there is no spare number ${at}`);
    return spare;
  }
}
