// Decodes many sequences in lock-step. A pass over the weights costs nearly the same for one row as for four, so all answers
// under way move together, one row each in every pass. Where it does not, they are written one after another, see pass-sharing.ts.
// A new rider reads its prompt first and then falls into step; one that ends or gives up leaves between two passes.
//
// Forced tokens come several at a time. llama.cpp splits a batch into several passes if its sequences have unequal numbers of
// rows, so a forced run waits (see HELD_PASSES_MAX) until the others have one too, and then all are read in one pass. Measured
// on two cores with a 1B model: a pass of four sequences takes 81 ms with one row each and 135 ms with four rows each. Four
// rows in one sequence and one row in each of three others take 135 ms as well, but read a quarter of the forced tokens.
//
// Prompts are read one after another. A pass of more than about 64 rows pays for its own arithmetic, so four prompts in one
// pass gain nothing. CPU time a row of one thread, SmolLM2-135M Q4_1 and Gemma 270M Q4_K_M: 64 rows of one prompt 10.2 and
// 5.3 ms, 128 rows 10.0 and 5.3 ms, four prompts of 110 rows in one pass 11.0 and 6.8 ms. What two traders in one room share
// stands behind the persona of each, and what a token leaves in the cache depends on all before it, so it cannot be shared.
import type { NativeContext } from './native.ts';
import type { PassSharing } from './pass-sharing.ts';
import type { ThreadGovernor } from './thread-governor.ts';

/** A llama.cpp sequence, and how much of it is in the KV cache. */
export interface Sequence {
  readonly id: number;
  /** Tokens in the cache. */
  length: number;
}

export interface Rider {
  readonly sequence: Sequence;
  /** Tokens yet to be evaluated, in order. */
  pending: number[];
  /** When set, the rider leaves before the next pass. */
  cancelled: boolean;
  /** Called between two passes before the first token is read. */
  begin?(): void | Promise<void>;
  /** Samples from the logits after the last pending token; resolves to the tokens to evaluate next, none when done. */
  sample?(batchIndex: number): Promise<number[]>;
}

interface Ride {
  rider: Rider;
  begun: boolean;
  /** Whether its prompt has been read, so that it goes in step with the others. */
  inStep: boolean;
  heldPasses: number;
  settle: (error?: unknown) => void;
}

interface Row {
  ride: Ride;
  count: number;
}

export interface LockStepOptions {
  /** The most rows that a pass may have. */
  batchTokens: number;
  sequences: readonly Sequence[];
  /** Tokens that each sequence has room for. */
  contextTokens: number;
  /** Whether the end of a sequence can be cut off, so that filler rows can be taken back. */
  canCut: boolean;
  governor: ThreadGovernor;
  sharing: Pick<PassSharing, 'pays' | 'record'>;
  /** Called whenever nobody rides any more. Default: nothing is done. */
  rests?: () => void;
}

/** A prompt, or a run of more tokens than this, is read alone: with so many rows, sharing a pass saves little. */
const LONG_RUN = 16;
/** The most passes that a forced run waits for others. With four traders any wait pays; the limit bounds what it costs with more. */
const HELD_PASSES_MAX = 40;

type Batches = Pick<
  NativeContext,
  'initBatch' | 'addToBatch' | 'decodeBatch' | 'setThreads' | 'removeTokenCellsFromSequence'
>;

export class LockStep {
  readonly #context: Batches;
  readonly #options: LockStepOptions;
  readonly #rides = new Set<Ride>();
  readonly #tasks: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;
  /** Passes over the weights so far. */
  passes = 0;
  /** The time that the passes took. */
  passMilliseconds = 0;

  constructor(context: Batches, options: LockStepOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Resolves when the rider is done or has left; rejects when llama.cpp or the rider's own code fails. */
  async ride(rider: Rider): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const ride: Ride = {
      rider,
      begun: false,
      inStep: false,
      heldPasses: 0,
      settle: (error) => {
        this.#rides.delete(ride);
        if (error === undefined) resolve();
        else reject(error);
      },
    };
    this.#rides.add(ride);
    this.#wake();
    return promise;
  }

  /** Runs work on the context between two passes; resolves or rejects as the work does. */
  async between<T>(work: () => T | Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#tasks.push(async () => {
      try {
        resolve(await work());
      } catch (error) {
        reject(error);
      }
    });
    this.#wake();
    return promise;
  }

  /** Resolves when nobody rides and nothing is waiting. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#rides.size > 0 || this.#tasks.length > 0) this.#wake();
      else this.#options.rests?.();
    });
  }

  async #run(): Promise<void> {
    // Requests that are made together begin together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#rides.size > 0 || this.#tasks.length > 0) {
      for (const task of this.#tasks.splice(0)) await task();
      for (const ride of this.#rides) {
        if (ride.rider.cancelled) ride.settle();
        else if (!ride.begun) await this.#begin(ride);
      }
      const rows = this.#nextRows();
      if (rows.length === 0) continue;
      try {
        await this.#pass(rows);
      } catch (error) {
        for (const { ride, count } of rows) {
          ride.rider.sequence.length += count; // how much was stored is unknown: it is cut off before the next turn
          ride.settle(error);
        }
      }
    }
  }

  async #begin(ride: Ride): Promise<void> {
    try {
      ride.begun = true;
      await ride.rider.begin?.();
      if (ride.rider.pending.length === 0) ride.settle();
    } catch (error) {
      ride.settle(error);
    }
  }

  #nextRows(): Row[] {
    const rides = [...this.#rides].filter(({ begun }) => begun);
    const reading = rides.find(({ inStep, rider }) => !inStep || rider.pending.length > LONG_RUN);
    if (reading) {
      const { batchTokens, governor } = this.#options;
      const { rows } = governor.next(Math.min(reading.rider.pending.length, batchTokens));
      return [{ ride: reading, count: rows }];
    }
    const [first] = rides;
    if (first && !this.#options.sharing.pays(rides.length))
      return [{ ride: first, count: first.rider.pending.length }];
    const single = rides.filter(({ rider }) => rider.pending.length === 1);
    const runs = rides.filter(({ rider }) => rider.pending.length > 1);
    const together = (chosen: Ride[]): Row[] => {
      const count = Math.min(...chosen.map(({ rider }) => rider.pending.length));
      return chosen.map((ride) => ({ ride, count }));
    };
    if (runs.length === 0 || single.length === 0) return together(rides);
    if (runs.some(({ heldPasses }) => heldPasses >= HELD_PASSES_MAX)) return together(runs);
    for (const ride of runs) ride.heldPasses++;
    return together(single);
  }

  async #pass(rows: readonly Row[]): Promise<void> {
    const count = rows[0]?.count ?? 0;
    const fillers = this.#fillersFor(rows, count);
    const batch = [
      ...rows.map(({ ride }) => ({ ride, sequence: ride.rider.sequence })),
      ...fillers.map((sequence) => ({ ride: undefined, sequence })),
    ].sort((one, other) => one.sequence.id - other.sequence.id);
    const sampling: { ride: Ride; batchIndex: number }[] = [];
    this.#context.initBatch(batch.length * count);
    for (const { ride, sequence } of batch) {
      const tokens = ride ? Uint32Array.from(ride.rider.pending.slice(0, count)) : new Uint32Array(count);
      const last =
        ride !== undefined && ride.rider.sample !== undefined && ride.rider.pending.length === count;
      const indexes = this.#context.addToBatch(
        sequence.id,
        sequence.length,
        tokens,
        last ? Uint32Array.of(count - 1) : NONE,
      );
      if (ride && last) sampling.push({ ride, batchIndex: indexes[0] ?? 0 });
    }
    try {
      const tookMs = await this.#decode(batch.length * count);
      if (count === 1) this.#options.sharing.record(rows.length, tookMs);
    } finally {
      // A pass that fails may have stored some: the next turn would be read behind them.
      for (const { id, length } of fillers) this.#context.removeTokenCellsFromSequence(id, length, -1);
    }
    for (const { ride } of rows) {
      ride.rider.sequence.length += count;
      ride.rider.pending.splice(0, count);
      ride.heldPasses = 0;
      ride.inStep ||= ride.rider.pending.length === 0;
    }
    await Promise.all(sampling.map(({ ride, batchIndex }) => sampleFor(ride, batchIndex)));
    for (const { ride } of rows) if (ride.rider.pending.length === 0) ride.settle();
  }

  async #decode(rows: number): Promise<number> {
    const { governor } = this.#options;
    const { threads } = governor.next(rows);
    this.#context.setThreads(threads);
    const startedMs = performance.now();
    await this.#context.decodeBatch();
    const tookMs = performance.now() - startedMs;
    governor.record(rows, threads, tookMs);
    this.passMilliseconds += tookMs;
    this.passes++;
    return tookMs;
  }

  /**
   * llama.cpp puts sequences into one pass only if their ids are consecutive: a gap splits the batch. Where that costs less
   * than another pass, the idle sequences in the gap get filler rows, which are removed after the pass.
   */
  #fillersFor(rows: readonly Row[], count: number): Sequence[] {
    if (!this.#options.canCut || rows.length < 3) return [];
    const ids = new Set(rows.map(({ ride }) => ride.rider.sequence.id));
    const first = Math.min(...ids);
    const last = Math.max(...ids);
    const gaps = this.#options.sequences.filter(({ id }) => id > first && id < last && !ids.has(id));
    const fit = gaps.every(({ length }) => length + count <= this.#options.contextTokens);
    const batchFits = (rows.length + gaps.length) * count <= this.#options.batchTokens;
    return gaps.length < rows.length && fit && batchFits ? gaps : [];
  }
}

const NONE = new Uint32Array();

async function sampleFor(ride: Ride, batchIndex: number): Promise<void> {
  if (ride.rider.cancelled) return;
  try {
    ride.rider.pending = (await ride.rider.sample?.(batchIndex)) ?? [];
  } catch (error) {
    ride.settle(error);
  }
}
