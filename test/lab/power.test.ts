import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { detectable } from '#lab/report/power.ts';
import { reportSchema } from '#lab/report/schema.ts';

const past = reportSchema.parse(
  JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../../data/lab/controls/scripted-34x24.json'), 'utf8'),
  ),
);

/** As if regret had, in the null control of 34 worlds, so large a standard error in basis points, and so much of it by traders. */
function withError(error: number, ofTraders: number): typeof past {
  return {
    ...past,
    comparisons: past.comparisons.map((comparison) => ({
      ...comparison,
      differences: comparison.differences.map((it) =>
        it.measure === 'regret' ? { ...it, error, ofTraders } : it,
      ),
    })),
  };
}

test('where luck lies between worlds, a difference of three errors is seen with 80 %, and four times the worlds show half of it', () => {
  const [same] = detectable(withError(2, 0), ['regret'], past.plan.worlds);
  assert.ok(same && same.difference > 2 * 2.8 && same.difference < 2 * 3, JSON.stringify(same));
  assert.equal(same.unit, 'bps of equity a round');
  const [more] = detectable(withError(2, 0), ['regret'], past.plan.worlds * 4);
  assert.ok(more && more.difference < same.difference / 2 && more.difference > same.difference / 2.1);
});

test('where luck lies between traders, it takes far more, and more worlds do not help', () => {
  const [same] = detectable(withError(2, 1), ['regret'], past.plan.worlds);
  const [more] = detectable(withError(2, 1), ['regret'], past.plan.worlds * 100);
  assert.ok(same && same.difference > 2 * 4, JSON.stringify(same));
  assert.equal(more?.difference, same.difference);
});

test('where there was no null control, or no such measure, nothing is promised', () => {
  assert.deepEqual(detectable({ ...past, comparisons: [] }, ['regret'], 34), []);
  assert.deepEqual(detectable(past, ['no-such-measure'], 34), []);
});
