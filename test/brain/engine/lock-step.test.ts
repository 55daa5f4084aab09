import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LockStep, type Rider, type Sequence } from '#brain/engine/lock-step.ts';
import { ThreadGovernor } from '#brain/engine/thread-governor.ts';

/** A cache that stores the rows of a pass before the pass fails, as llama.cpp does when a later part of it fails. */
function failingContext(sequences: readonly Sequence[]) {
  const cells = new Map(sequences.map(({ id, length }) => [id, Array.from({ length }, (_, at) => at)]));
  const cellsOf = (id: number): number[] => cells.get(id) ?? assert.fail(`no sequence ${id}`);
  return {
    cellsOf,
    initBatch: () => {},
    setThreads: () => {},
    addToBatch: (id: number, position: number, tokens: Uint32Array, logits: Uint32Array) => {
      for (const index of tokens.keys()) cellsOf(id).push(position + index);
      return logits;
    },
    decodeBatch: () => Promise.reject(new Error('Eval has failed')),
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
  const lockStep = new LockStep(context, {
    batchTokens: 64,
    sequences,
    contextTokens: 100,
    canCut: true,
    governor: new ThreadGovernor([1]),
  });
  const rides = [alex, alice, sarah].map((sequence) => {
    const rider: Rider = { sequence, pending: [7], cancelled: false, inStep: true };
    return lockStep.ride(rider);
  });
  await Promise.all(rides.map((ride) => assert.rejects(ride, /Eval has failed/)));
  assert.deepEqual(context.cellsOf(idle.id), [0, 1, 2, 3, 4]);
  assert.equal(idle.length, 5);
  assert.equal(alex.length, 6, 'what a rider may have stored is cut off before its next turn');
});
