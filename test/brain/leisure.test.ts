import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Leisure } from '#brain/leisure.ts';

/** Rounds of four turns, each of which computes for so long; then the brain waits for the next one. */
function plays(
  leisure: Leisure,
  rounds: number,
  turnMs: number,
  paceMs: number,
  from = { atMs: 0, computedMs: 0 },
) {
  let { atMs, computedMs } = from;
  for (let round = 0; round < rounds; round++) {
    const opensMs = atMs;
    for (let turn = 0; turn < 4; turn++) {
      atMs += turnMs;
      computedMs += turnMs;
      leisure.turn({ atMs, computedMs });
    }
    atMs = Math.max(atMs, opensMs + paceMs);
  }
  return { atMs, computedMs };
}

test('a brain has time while it waits for most of a round, from its first turn on', () => {
  const leisure = new Leisure();
  assert.equal(leisure.has, true);
  plays(leisure, 1, 1_000, 20_000);
  assert.equal(leisure.has, true, 'one round says nothing of the wait after it');
  plays(leisure, 20, 1_000, 20_000);
  assert.equal(leisure.has, true);
});

test('where turns fill the pace it has none, and gets it back only when there is plenty', () => {
  const leisure = new Leisure();
  const busy = plays(leisure, 5, 4_500, 20_000);
  assert.equal(leisure.has, false);
  // Without drafts a turn takes two thirds of it: not enough to begin again.
  const between = plays(leisure, 10, 3_000, 20_000, busy);
  assert.equal(leisure.has, false);
  plays(leisure, 5, 1_500, 20_000, between);
  assert.equal(leisure.has, true);
});

test('a show that waits for nothing leaves none', () => {
  const leisure = new Leisure();
  plays(leisure, 4, 500, 0);
  assert.equal(leisure.has, false);
});
