import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intervalOf } from '#lab/statistics/difference.ts';
import { holm, kappa, mutualInformation, quantile } from '#lab/statistics/intervals.ts';
import { restrictedMean, survival } from '#lab/statistics/kaplan-meier.ts';

const near = (actual: number | null | undefined, expected: number, within = 0.0005): void => {
  assert.ok(
    actual !== null && actual !== undefined && Math.abs(actual - expected) <= within,
    `${actual}, not ${expected}`,
  );
};

test('survival is that of the leukaemia trial of Freireich (1963), the table in every textbook', () => {
  // Weeks in remission on 6-MP; + was cut off: 6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+.
  const happened = [6, 6, 6, 7, 10, 13, 16, 22, 23].map((rounds) => ({ rounds, happened: true, weight: 1 }));
  // Who was cut off in a week was still watched in it: one week more is over without it.
  const cutOff = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((week) => ({
    rounds: week + 1,
    happened: false,
    weight: 1,
  }));
  const shares = survival([...happened, ...cutOff], 36);
  for (const [week, share] of [
    [5, 1],
    [6, 0.857],
    [7, 0.807],
    [10, 0.753],
    [13, 0.69],
    [16, 0.627],
    [22, 0.538],
    [23, 0.448],
    [35, 0.448],
  ] as const)
    near(shares[week], share);
});

test('a wait of three rounds is three rounds, and one that never ends is as long as it is told', () => {
  assert.equal(restrictedMean([{ rounds: 3, happened: true, weight: 5 }], 10), 3);
  assert.equal(restrictedMean([{ rounds: 7, happened: false, weight: 1 }], 10), 10);
  assert.equal(restrictedMean([], 10), null);
});

test('kappa is Cohen’s: two readers who agree on 35 of 50 grants have 0.4', () => {
  const times = (count: number, pair: [string, string]) => Array.from({ length: count }, () => pair);
  near(
    kappa([
      ...times(20, ['y', 'y']),
      ...times(5, ['y', 'n']),
      ...times(10, ['n', 'y']),
      ...times(15, ['n', 'n']),
    ]),
    0.4,
  );
  assert.equal(kappa(times(4, ['y', 'y'])), null);
});

test('Holm’s corrections are those of the step-down by hand', () => {
  const corrected = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [at, p] of [0.03, 0.06, 0.06, 0.02].entries()) near(corrected[at], p, 1e-9);
  assert.deepEqual(holm([0.9, 0.8]), [1, 1]);
});

test('quantiles lie between neighbours', () => {
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5);
  assert.equal(quantile([1, 2, 3, 4], 0), 1);
});

const table = (rows: Record<string, Record<string, number>>) =>
  new Map(Object.entries(rows).map(([x, row]) => [x, new Map(Object.entries(row))]));

test('what tells all of a fair coin tells one bit, what tells nothing tells none, and few counts do not feign any', () => {
  near(mutualInformation(table({ up: { Tech: 5_000 }, down: { Bonds: 5_000 } })), 1, 0.001);
  near(
    mutualInformation(table({ up: { Tech: 5_000, Bonds: 5_000 }, down: { Tech: 5_000, Bonds: 5_000 } })),
    0,
    0.001,
  );
  assert.ok(Math.abs(mutualInformation(table({ up: { a: 3, b: 2 }, down: { a: 2, b: 3 } }))) < 0.08);
});

const worlds = Array.from({ length: 40 }, (_, at) => at);
const traders = ['alex', 'alice', 'mike', 'sarah'];

test('the interval holds the truth where worlds differ, and is wider than one that takes turns for independent', () => {
  // Each world has a level of its own, the same for its whole hundred turns: there are 40 observations, not 16,000.
  const level = (world: number): number => ((world * 7_919) % 40) / 40;
  const mean = (weight: (world: number, trader: string) => number): number | null => {
    let [sum, all] = [0, 0];
    for (const world of worlds)
      for (const trader of traders) {
        const times = weight(world, trader);
        sum += times * level(world);
        all += times;
      }
    return all === 0 ? null : sum / all;
  };
  const resampling = { worlds, traders, times: 2_000, seed: 'test' };
  const interval = intervalOf(0.4875, mean, resampling, [0, 1]);
  assert.ok(interval && interval.low < 0.4875 && interval.high > 0.4875);
  // The standard error of a mean of 40 levels with a deviation of 0.289 is 0.0457; the root of 4/3 makes good what four traders might
  // have hidden, and t of 39 degrees of freedom is 2.02: an interval of 0.213.
  near(interval.high - interval.low, 0.213, 0.02);
  const cut = intervalOf(0.4875, mean, resampling, [0.48, 0.49]);
  assert.deepEqual(cut, { low: 0.48, high: 0.49 });
});
