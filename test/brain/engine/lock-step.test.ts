import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LockStep, type LockStepOptions, type Rider, type Sequence } from '#brain/engine/lock-step.ts';
import { ALWAYS_SHARED } from '#brain/engine/pass-sharing.ts';
import { ThreadGovernor, type PassPlan } from '#brain/engine/thread-governor.ts';

/** One thread computes and passes are shared, where `how` does not say otherwise. */
function lockStepOf(
  context: ConstructorParameters<typeof LockStep>[0],
  how: Pick<LockStepOptions, 'sequences'> & Partial<LockStepOptions>,
): LockStep {
  return new LockStep(context, {
    batchTokens: 64,
    contextTokens: 100,
    canCut: true,
    governor: new ThreadGovernor([1]),
    sharing: ALWAYS_SHARED,
    ...how,
  });
}

/** A cache that stores the rows of a pass of several sequences before the pass fails, as llama.cpp does when a later part of it fails. */
function failingContext(sequences: readonly Sequence[]) {
  const cells = new Map(sequences.map(({ id, length }) => [id, Array.from({ length }, (_, at) => at)]));
  const cellsOf = (id: number): number[] => cells.get(id) ?? assert.fail(`no sequence ${id}`);
  let inPass = 0;
  return {
    cellsOf,
    initBatch: () => (inPass = 0),
    setThreads: () => {},
    addToBatch: (id: number, position: number, tokens: Uint32Array, logits: Uint32Array) => {
      inPass++;
      for (const index of tokens.keys()) cellsOf(id).push(position + index);
      return logits;
    },
    decodeBatch: () => (inPass > 1 ? Promise.reject(new Error('Eval has failed')) : Promise.resolve()),
    removeTokenCellsFromSequence: (id: number, start: number) => {
      cells.set(
        id,
        cellsOf(id).filter((at) => at < start),
      );
      return true;
    },
  };
}

test('a pass that fails leaves nothing with the trader who only filled a gap in it', async () => {
  const [alex, alice, idle, sarah] = [0, 1, 2, 3].map((id): Sequence => ({ id, length: 5 }));
  assert.ok(alex && alice && idle && sarah);
  const sequences = [alex, alice, idle, sarah];
  const context = failingContext(sequences);
  const lockStep = lockStepOf(context, { sequences });
  const rides = [alex, alice, sarah].map((sequence) => {
    const rider: Rider = { sequence, pending: [7], cancelled: false, sample: () => Promise.resolve([8]) };
    return lockStep.ride(rider);
  });
  await Promise.all(rides.map((ride) => assert.rejects(ride, /Eval has failed/)));
  assert.deepEqual(context.cellsOf(idle.id), [0, 1, 2, 3, 4]);
  assert.equal(idle.length, 5);
  assert.equal(alex.length, 7, 'what a rider may have stored is cut off before its next turn');
});

/** Plans a thread for each row, and notes what it is told. */
class PlannedGovernor extends ThreadGovernor {
  readonly recorded: { rows: number; threads: number }[] = [];

  constructor() {
    super([1]);
  }

  override next(rows: number): PassPlan {
    return { threads: rows, rows };
  }

  override record(rows: number, threads: number): void {
    this.recorded.push({ rows, threads });
  }
}

test('each pass is computed by as many threads as the governor planned for its rows, and it is told so', async () => {
  const sequence: Sequence = { id: 0, length: 0 };
  const governor = new PlannedGovernor();
  let threads = 0;
  const passes: { rows: number; threads: number }[] = [];
  let rows = 0;
  const context = {
    initBatch: () => {},
    setThreads: (count: number) => (threads = count),
    addToBatch: (_id: number, _position: number, tokens: Uint32Array, logits: Uint32Array) => {
      rows = tokens.length;
      return logits;
    },
    decodeBatch: () => {
      passes.push({ rows, threads });
      return Promise.resolve();
    },
    removeTokenCellsFromSequence: () => true,
  };
  const lockStep = lockStepOf(context, { sequences: [sequence], governor });
  const answers = [[8], [9, 10], [11, 12, 13, 14], []];
  await lockStep.ride({
    sequence,
    pending: [1, 2, 3],
    cancelled: false,
    sample: () => Promise.resolve(answers.shift() ?? []),
  });
  assert.deepEqual(passes, [
    { rows: 3, threads: 3 },
    { rows: 1, threads: 1 },
    { rows: 2, threads: 2 },
    { rows: 4, threads: 4 },
  ]);
  assert.deepEqual(governor.recorded, passes);
});

test('where sharing a pass does not pay, one trader after another writes its answer to the end', async () => {
  const sequences = [0, 1, 2].map((id): Sequence => ({ id, length: 0 }));
  let inPass: number[] = [];
  const passes: number[][] = [];
  const context = {
    initBatch: () => (inPass = []),
    setThreads: () => {},
    addToBatch: (id: number, _position: number, tokens: Uint32Array, logits: Uint32Array) => {
      inPass.push(...Array.from(tokens, () => id));
      return logits;
    },
    decodeBatch: () => {
      passes.push(inPass);
      return Promise.resolve();
    },
    removeTokenCellsFromSequence: () => true,
  };
  const timed: number[] = [];
  const lockStep = lockStepOf(context, {
    sequences,
    sharing: { pays: (answers) => answers !== 2, record: (answers) => timed.push(answers) },
  });
  const write = (writing: readonly Sequence[]): Promise<unknown> =>
    Promise.all(
      writing.map((sequence) => {
        const answers = [[8], [9, 10], [11], []];
        return lockStep.ride({
          sequence,
          pending: [1, 2],
          cancelled: false,
          sample: () => Promise.resolve(answers.splice(0, 1).flat()),
        });
      }),
    );
  await write(sequences);
  const prompts = [
    [0, 0],
    [1, 1],
    [2, 2],
  ];
  // All three share what follows, to their end: they write as much as each other.
  const three = [
    [0, 1, 2],
    [0, 0, 1, 1, 2, 2],
    [0, 1, 2],
  ];
  assert.deepEqual(passes, [...prompts, ...three]);
  assert.deepEqual(timed, [3, 3], 'only passes in which each has one row tell whether sharing pays');

  passes.length = 0;
  await write(sequences.slice(0, 2));
  const one = (id: number): number[][] => [[id], [id, id], [id]];
  assert.deepEqual(passes, [...prompts.slice(0, 2), ...one(0), ...one(1)]);
});
