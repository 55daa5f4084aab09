/** What a figure rests on, and what is told of it where nothing varied. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fumbles } from '#lab/families/a/form.ts';
import { ratioMeasure } from '#lab/families/measure.ts';
import { figuresOf } from '#lab/report/judge.ts';
import { agent, rowOf } from './stage.ts';

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
