import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { detectable } from '#lab/report/power.ts';
import { reportSchema } from '#lab/report/schema.ts';
import { normalQuantile } from '#lab/statistics/intervals.ts';

const past = reportSchema.parse(
  JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../../data/lab/controls/scripted-34x24.json'), 'utf8'),
  ),
);

/** As if the null control of 34 worlds had a standard error of 2 basis points. */
function withError(error: number): typeof past {
  const half = error * normalQuantile(1 - 0.025 / past.measures.length);
  return {
    ...past,
    comparisons: past.comparisons.map((comparison) => ({
      ...comparison,
      differences: comparison.differences.map((it) =>
        it.measure === 'regret' ? { ...it, interval: { low: -half, high: half } } : it,
      ),
    })),
  };
}

test('a difference of 2.8 standard errors is seen with 80 % power, and four times the worlds show half of it', () => {
  const [same] = detectable(withError(2), ['regret'], past.plan.worlds);
  assert.ok(same && Math.abs(same.difference - 2 * 2.8) < 0.01, JSON.stringify(same));
  assert.equal(same.unit, 'bps of equity a round');
  const [more] = detectable(withError(2), ['regret'], past.plan.worlds * 4);
  assert.ok(more && Math.abs(more.difference - 2.8) < 0.01);
});

test('where there was no null control, or no such measure, nothing is promised', () => {
  assert.deepEqual(detectable({ ...past, comparisons: [] }, ['regret'], 34), []);
  assert.deepEqual(detectable(past, ['no-such-measure'], 34), []);
});
