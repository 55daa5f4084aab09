/** What a figure rests on, and what is told of it where nothing varied. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fumbles } from '#lab/families/a/form.ts';
import { MEASURES } from '#lab/families/all.ts';
import { ratioMeasure } from '#lab/families/measure.ts';
import { compared, figuresOf } from '#lab/report/judge.ts';
import { holm } from '#lab/statistics/intervals.ts';
import { agent, baseline, rowOf, scripted } from './stage.ts';

const causeOf = (reason: string) =>
  MEASURES.find(({ id }) => id === `cause-${reason}`) ?? assert.fail(`no cause-${reason}`);

const figure = (row: Parameters<typeof figuresOf>[0], id: string) =>
  figuresOf(row, 100).find(({ measure }) => measure === id);

test('what never happened may still happen: a share of none has a bound, and a narrower one with more worlds', async () => {
  const quiet = agent(() => ({ speech: 'Hm.' }));
  const [few, more] = await Promise.all(
    [4, 12].map(async (worlds) => figure(await rowOf(quiet, { worlds, rounds: 4 }), fumbles.id)?.interval),
  );
  assert.ok(few && more);
  assert.deepEqual([few.low, more.low], [0, 0]);
  // 0.025 to the power of one in sixteen, and in forty-eight.
  assert.ok(Math.abs(few.high - 0.2059) < 0.001, `${few.high}`);
  assert.ok(Math.abs(more.high - 0.074) < 0.001, `${more.high}`);
});

test('whoever has no part in a figure has none in its luck', async () => {
  const two = new Set(['alex', 'mike']);
  const row = await rowOf(
    agent(() => ({})),
    { worlds: 4, rounds: 4 },
  );
  const ofTwo = ratioMeasure(
    {
      ...fumbles,
      id: 'of-two',
    },
    ({ trader, round }) => (two.has(trader) ? { hit: round % 2 } : null),
  );
  const { traders, worlds, cells } = ofTwo.sample(row);
  assert.deepEqual(new Set(traders), two);
  assert.equal(worlds.length, 4);
  assert.equal(cells, 8);
});

test('a decision that nothing changed may still be changed: the cause has a bound, as a share of none has', async () => {
  const stubborn = await rowOf(
    agent(() => ({ trade: 'Tech' })),
    { worlds: 4, rounds: 6, exam: { everyTurns: 1, ablations: true, advice: false } },
  );
  const of = causeOf('prices').sample(stubborn);
  assert.equal(of.cells, 16);
  const { estimate, interval } = figure(stubborn, 'cause-prices') ?? {};
  assert.equal(estimate, 0);
  assert.equal(interval?.low, 0);
  assert.ok(Math.abs((interval?.high ?? 0) - (1 - 0.025 ** (1 / 16))) < 1e-4, JSON.stringify(interval));
});

test('a p of these very traders is corrected for all measures, too', async () => {
  const [one, other] = await Promise.all([
    rowOf(scripted(), { worlds: 6 }),
    rowOf(baseline('momentum'), { worlds: 6 }),
  ]);
  const { differences } = compared({ name: 'one', row: one }, { name: 'other', row: other }, 100);
  const tested = differences.filter(({ pOfCast }) => pOfCast !== null);
  assert.ok(tested.length > 5);
  const byHand = holm(tested.map(({ pOfCast }) => pOfCast ?? 1));
  for (const [at, { measure, pOfCastHolm }] of tested.entries())
    assert.ok(Math.abs((pOfCastHolm ?? -1) - (byHand[at] ?? 0)) < 1e-5, measure);
});
