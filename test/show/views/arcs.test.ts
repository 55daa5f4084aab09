import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seasonArcs } from '#show/views/arcs.ts';

/** A season of three episodes of a round each, with what one trader had at each close. */
function arcOf(dollars: readonly [number, number, number], standing: 'trading' | 'intern' = 'trading') {
  const episodes = [1, 2, 3].map((round) => ({ episode: round, from: round, to: round }));
  const equity = dollars.flatMap((sum, index) => [
    { round: index + 1, trader: 'alex', equityCents: sum * 100 },
    { round: index + 1, trader: 'steady', equityCents: 1_000_000 },
  ]);
  const arcs = seasonArcs(
    { episodes, equity },
    [
      { id: 'alex', standing },
      { id: 'steady', standing: 'trading' },
    ],
    { startCents: 1_000_000, limitCents: 50_000 },
  );
  const arc = arcs.find(({ trader }) => trader === 'alex');
  assert.ok(arc);
  return arc;
}

test('a season is a story for each trader', () => {
  assert.equal(arcOf([10_100, 10_050, 10_000]).kind, 'steady');
  assert.equal(arcOf([10_400, 10_800, 11_900]).kind, 'riser');
  assert.equal(arcOf([9_800, 9_400, 9_000]).kind, 'slider');
  assert.equal(arcOf([13_000, 12_000, 9_000]).kind, 'icarus');
  assert.equal(arcOf([7_000, 9_000, 10_100]).kind, 'diver');
  assert.equal(arcOf([9_000, 400, 400], 'intern').kind, 'fallen');
  const phoenix = arcOf([9_000, 400, 5_400]);
  assert.deepEqual([phoenix.kind, phoenix.falls], ['phoenix', [2]]);
});

test('an arc knows its high and its low, when they were, and what was won; the richest comes first', () => {
  const arc = arcOf([13_000, 7_000, 9_000]);
  assert.deepEqual(arc.peak, { episode: 1, cents: 1_300_000 });
  assert.deepEqual(arc.low, { episode: 2, cents: 700_000 });
  assert.equal(arc.wins, 1, 'of the episodes, it gained most in the last');
});

test('before a round has closed there is no arc', () => {
  const nothing = { episodes: [], equity: [] };
  const money = { startCents: 1_000_000, limitCents: 50_000 };
  assert.deepEqual(seasonArcs(nothing, [{ id: 'alex', standing: 'trading' }], money), []);
});
