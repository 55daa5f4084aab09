// Decodes many sequences in lock-step. A pass over the weights costs nearly the same for one row as for four, so all who
// are in the middle of an answer move together, one row each in every pass; whoever joins reads its prompt first and then
// falls in, whoever ends or gives up leaves between two passes.
//
// Rows of forced tokens come several at a time. llama.cpp splits a batch whose sequences have unequal numbers of rows
// into several passes, so a forced run waits (see maxHeldPasses) until the others have one too, and then all are read in
// one pass. Measured on two cores with a 1B model: four sequences of one row 81 ms, of four rows 135 ms; four rows in one
// sequence and one row in three others 135 ms as well, for a fourth of the forced tokens.
import type { NativeContext } from './native.ts';
import type { ThreadGovernor } from './thread-governor.ts';

/** A llama.cpp sequence: what of it is in the KV cache. */
export interface Sequence {
  readonly id: number;
  /** Tokens in the cache. */
  length: number;
}

export interface Rider {
  readonly sequence: Sequence;
  /** Tokens that are still to be evaluated, in order. */
  pending: number[];
  /** Leaves at the next opportunity when set. */
  cancelled: boolean;
  /** Called between two passes before the first token is read. */
  begin?(): void | Promise<void>;
  /** Takes the logits behind the last pending token; returns the tokens to evaluate next, none when done. */
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
  /** Rows that a pass may have. */
  batchTokens: number;
  sequences: readonly Sequence[];
  /** Cells of each sequence. */
  contextTokens: number;
  /** Whether the end of a sequence can be cut off, so that filler rows can be taken back. */
  canCut: boolean;
  governor: ThreadGovernor;
}

/** A prompt, and a run of more tokens than this, is read by itself: its many rows pay for their own arithmetic anyway. */
const longRun = 16;
/** Passes that a forced run waits for others. With four traders any number is a gain; a limit bounds what others may cost. */
const maxHeldPasses = 40;

export class LockStep {
  readonly #context: NativeContext;
  readonly #options: LockStepOptions;
  readonly #rides = new Set<Ride>();
  readonly #tasks: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;
  /** Passes over the weights so far. */
  passes = 0;

  constructor(context: NativeContext, options: LockStepOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Resolves when the rider is done or has left; rejects when llama.cpp fails. */
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

  /** Runs work on the context between two passes. */
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
    });
  }

  async #run(): Promise<void> {
    // Requests made in one go fall in together.
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
          ride.rider.sequence.length += count; // how much arrived is unknown: it is cut off before the next turn
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
    const reading = rides.find(({ inStep, rider }) => !inStep || rider.pending.length > longRun);
    if (reading) {
      const { batchTokens, governor } = this.#options;
      const { rows } = governor.next(Math.min(reading.rider.pending.length, batchTokens));
      return [{ ride: reading, count: rows }];
    }
    const single = rides.filter(({ rider }) => rider.pending.length === 1);
    const runs = rides.filter(({ rider }) => rider.pending.length > 1);
    const together = (chosen: Ride[]): Row[] => {
      const count = Math.min(...chosen.map(({ rider }) => rider.pending.length));
      return chosen.map((ride) => ({ ride, count }));
    };
    if (runs.length === 0 || single.length === 0) return together(rides);
    if (runs.some(({ heldPasses }) => heldPasses >= maxHeldPasses)) return together(runs);
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
        last ? Uint32Array.of(count - 1) : none,
      );
      if (ride && last) sampling.push({ ride, batchIndex: indexes[0] ?? 0 });
    }
    await this.#decode(batch.length * count);
    for (const sequence of fillers)
      this.#context.removeTokenCellsFromSequence(sequence.id, sequence.length, -1);
    for (const { ride } of rows) {
      ride.rider.sequence.length += count;
      ride.rider.pending.splice(0, count);
      ride.heldPasses = 0;
      ride.inStep ||= ride.rider.pending.length === 0;
    }
    await Promise.all(sampling.map(({ ride, batchIndex }) => sampleFor(ride, batchIndex)));
    for (const { ride } of rows) if (ride.rider.pending.length === 0) ride.settle();
  }

  async #decode(rows: number): Promise<void> {
    const { governor } = this.#options;
    const { threads } = governor.next(rows);
    this.#context.setThreads(threads);
    const started = performance.now();
    await this.#context.decodeBatch();
    governor.record(rows, threads, performance.now() - started);
    this.passes++;
  }

  /**
   * llama.cpp takes sequences into one pass only if their numbers follow each other: a gap splits it. Where a filler
   * row closes a gap for less than another pass costs, idle sequences get one, which is taken back.
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

const none = new Uint32Array();

async function sampleFor(ride: Ride, batchIndex: number): Promise<void> {
  if (ride.rider.cancelled) return;
  try {
    ride.rider.pending = (await ride.rider.sample?.(batchIndex)) ?? [];
  } catch (error) {
    ride.settle(error);
  }
}
