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

test('a difference is seen with 80 % power where the interval for all measures together leaves out zero; four times the worlds show half of it', () => {
  const errors = normalQuantile(1 - 0.025 / past.measures.length) + normalQuantile(0.8);
  const [same] = detectable(withError(2), ['regret'], past.plan.worlds);
  assert.ok(same && Math.abs(same.difference - 2 * errors) < 0.01, JSON.stringify(same));
  assert.ok(errors > 3.9 && errors < 4.2, 'some four standard errors');
  assert.equal(same.unit, 'bps of equity a round');
  const [more] = detectable(withError(2), ['regret'], past.plan.worlds * 4);
  assert.ok(more && Math.abs(more.difference - errors) < 0.01);
});

test('where there was no null control, or no such measure, nothing is promised', () => {
  assert.deepEqual(detectable({ ...past, comparisons: [] }, ['regret'], 34), []);
  assert.deepEqual(detectable(past, ['no-such-measure'], 34), []);
});
