/** What a difference is judged by: in floors where it is known how far traders and worlds differ by luck. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Prng } from '#core/chance/prng.ts';
import { BY_MISTAKE, criticalOf, judged, type Judged } from '#lab/statistics/difference.ts';
import type { Weight } from '#lab/statistics/intervals.ts';
import { criticalT, twoSidedT } from '#lab/statistics/student.ts';

const near = (actual: number, expected: number, within: number): void =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual}, not ${expected}`);

const TRADERS = ['alex', 'alice', 'mike', 'sarah'];
const WORLDS = Array.from({ length: 12 }, (_, at) => at);
const TIMES = 100;

/** A floor where the difference is `real`, and so much luck is each trader's, each world's and each cell's own. */
interface Floor {
  real: number;
  traders: number;
  worlds: number;
  cells: number;
}

function differenceOn(floor: Floor, seed: number): Judged & { difference: number } {
  const luck = Prng.seeded(seed);
  // Twelve uniform numbers add up to nearly a normal one.
  const normal = (): number => Array.from({ length: 12 }, () => luck.uniform()).reduce((a, b) => a + b) - 6;
  const ofTrader = new Map(TRADERS.map((trader) => [trader, floor.traders * normal()]));
  const cells = WORLDS.flatMap((world) => {
    const ofWorld = floor.worlds * normal();
    return TRADERS.map((trader) => ({
      world,
      trader,
      value: floor.real + ofWorld + (ofTrader.get(trader) ?? 0) + floor.cells * normal(),
    }));
  });
  const mean = (weight: Weight): number | null => {
    let [sum, all] = [0, 0];
    for (const { world, trader, value } of cells) {
      const times = weight(world, trader);
      sum += times * value;
      all += times;
    }
    return all === 0 ? null : sum / all;
  };
  const difference = mean(() => 1) ?? Number.NaN;
  const it = judged(difference, mean, {
    worlds: WORLDS,
    traders: TRADERS,
    times: TIMES,
    seed: String(seed),
  });
  assert.ok(it);
  return { ...it, difference };
}

const share = (floor: Floor, floors: number, test: (it: Judged) => boolean): number =>
  Array.from({ length: floors }, (_, seed) => differenceOn(floor, seed)).filter(test).length / floors;

test('critical t are those of the tables', () => {
  for (const [p, df, t] of [
    [0.05, 1, 12.7062],
    [0.05, 3, 3.1824],
    [0.01, 3, 5.8409],
    [0.05, 10, 2.2281],
    [0.001, 30, 3.646],
    [0.05, 1e6, 1.96],
  ] as const) {
    near(criticalT(p, df), t, 0.0001);
    near(twoSidedT(t, df), p, 0.0001);
  }
  assert.equal(twoSidedT(0, 3), 1);
});

test('luck of traders alone has three degrees of freedom, luck of worlds alone one less than worlds, and between them lies the rest', () => {
  const clusters = { worlds: 34, traders: 4 };
  near(criticalOf(0.05, { ofTraders: 1 }, clusters), 3.1824, 0.0001);
  near(criticalOf(0.05, { ofTraders: 0 }, clusters), 2.0345, 0.0001);
  near(criticalOf(0.05, { ofTraders: 0.5 }, clusters), (3.1824 + 2.0345) / 2, 0.0001);
});

test('where four traders differ by 1, 2, 3 and 6 in every world alike, p is that of a t-test of four', () => {
  const gains: Record<string, number> = { alex: 1, alice: 2, mike: 3, sarah: 6 };
  const mean = (weight: Weight): number | null => {
    let [sum, all] = [0, 0];
    for (const world of WORLDS)
      for (const trader of TRADERS) {
        sum += weight(world, trader) * (gains[trader] ?? 0);
        all += weight(world, trader);
      }
    return all === 0 ? null : sum / all;
  };
  const it = judged(3, mean, { worlds: WORLDS, traders: TRADERS, times: 4_000, seed: 'four' });
  assert.ok(it);
  // Their standard deviation is 2.1602, its error 1.0801: t = 2.7775, p = 0.0691.
  near(it.error, 1.0801, 0.03);
  near(it.p, 0.0691, 0.004);
  near(it.ofTraders, 1, 1e-9);
});

test('without a difference luck is called real at most once in twenty times, whoever it lies with', () => {
  for (const floor of [
    { traders: 0, worlds: 0, cells: 1 },
    { traders: 0, worlds: 1, cells: 0.3 },
    { traders: 0.3, worlds: 0, cells: 1 },
    { traders: 1, worlds: 0, cells: 1 },
    { traders: 1, worlds: 1, cells: 1 },
    { traders: 3, worlds: 0, cells: 0.1 },
  ]) {
    const called = share({ real: 0, ...floor }, FLOORS, ({ p }) => p <= BY_MISTAKE);
    // Of so many floors, one share in forty is larger by chance.
    const chance = 1.96 * Math.sqrt((BY_MISTAKE * (1 - BY_MISTAKE)) / FLOORS);
    assert.ok(called <= BY_MISTAKE + chance, `${JSON.stringify(floor)}: ${called}`);
  }
});
const FLOORS = 120;

test('of these very traders, luck is called real once in twenty times, and a difference of one of them is seen', () => {
  for (const floor of [
    { traders: 0, worlds: 0, cells: 1 },
    { traders: 0, worlds: 1, cells: 1 },
  ]) {
    const called = share({ real: 0, ...floor }, 2 * FLOORS, ({ pOfCast }) => (pOfCast ?? 1) <= BY_MISTAKE);
    const chance = 1.96 * Math.sqrt((BY_MISTAKE * (1 - BY_MISTAKE)) / (2 * FLOORS));
    assert.ok(Math.abs(called - BY_MISTAKE) <= chance, `${JSON.stringify(floor)}: ${called}`);
  }
  const unlike = { real: 0, traders: 3, worlds: 0.2, cells: 1 };
  const seen = share(unlike, FLOORS, ({ pOfCast }) => (pOfCast ?? 1) <= BY_MISTAKE);
  assert.ok(seen > 0.5, 'what the traders at hand differ by is there, whoever they are');
});

test('a real difference is seen: of all traders alike nearly always, the more so the less they differ', () => {
  const seen = (traders: number): number =>
    share({ real: 1, traders, worlds: 0.2, cells: 1 }, 100, ({ p }) => p <= BY_MISTAKE);
  const [alike, unlike] = [seen(0), seen(1)];
  assert.ok(alike > 0.95, `${alike}`);
  assert.ok(unlike < alike, `${unlike}`);
});

test('an interval leaves out zero just where p is below 5 %, and p is never 0', () => {
  let apart = 0;
  for (let seed = 0; seed < 200; seed += 1) {
    const it = differenceOn({ real: 0.6, traders: 0.3, worlds: 0.5, cells: 1 }, seed);
    const leavesOut = it.interval.low > 0 || it.interval.high < 0;
    assert.equal(leavesOut, it.p < BY_MISTAKE, JSON.stringify(it));
    assert.ok(it.p >= 1 / (TIMES + 1));
    apart += Number(leavesOut);
  }
  assert.ok(apart > 20 && apart < 180, `${apart}`);
});

test('where nothing ever differs there is no luck: no difference has p 1, and one that all show alike is real', () => {
  const options = { worlds: WORLDS, traders: TRADERS, times: TIMES, seed: 'same' };
  const none = judged(0, () => 0, options);
  assert.deepEqual([none?.p, none?.interval], [1, { low: 0, high: 0 }]);
  const all = judged(0.5, () => 0.5, options);
  assert.deepEqual([all?.p, all?.interval], [1 / (TIMES + 1), { low: 0.5, high: 0.5 }]);
});

test('with one trader, or where only one of them has anything to tell, nothing is told', () => {
  const options = { worlds: WORLDS, times: TIMES, seed: 'few' };
  assert.equal(
    judged(1, () => 1, { ...options, traders: ['alex'] }),
    null,
  );
  const onlyAlex = (weight: Weight): number | null => (weight(0, 'alex') > 0 ? 1 : null);
  assert.equal(judged(1, onlyAlex, { ...options, traders: TRADERS }), null);
});
