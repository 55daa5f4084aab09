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

const seen = (
  report: typeof past,
  worlds = past.plan.worlds,
  asked: { measures?: string[]; against?: string } = {},
) => detectable(report, { measures: ['regret'], worlds, against: null, ...asked });

test('a brain is told from a policy, whose luck is another, far less well than two arms of one brain', () => {
  const [arms] = seen(past);
  const [policy] = seen(past, past.plan.worlds, { against: 'momentum' });
  assert.ok(arms && policy && policy.difference > 3 * arms.difference, JSON.stringify([arms, policy]));
});

test('where luck lies between worlds, a difference of three errors is seen with 80 %, and four times the worlds show half of it', () => {
  const [same] = seen(withError(2, 0));
  assert.ok(same && same.difference > 2 * 2.8 && same.difference < 2 * 3, JSON.stringify(same));
  assert.equal(same.unit, 'bps of equity a round');
  const [more] = seen(withError(2, 0), past.plan.worlds * 4);
  assert.ok(more && more.difference < same.difference / 2 && more.difference > same.difference / 2.1);
});

test('where luck lies between traders, it takes far more, and more worlds do not help', () => {
  const [same] = seen(withError(2, 1));
  const [more] = seen(withError(2, 1), past.plan.worlds * 100);
  assert.ok(same && same.difference > 2 * 4, JSON.stringify(same));
  assert.equal(more?.difference, same.difference);
});

test('where there was no null control, no such row or no such measure, nothing is promised', () => {
  assert.deepEqual(seen(past, 34, { against: 'nobody' }), []);
  assert.deepEqual(seen({ ...past, comparisons: [] }), []);
  assert.deepEqual(seen(past, 34, { measures: ['no-such-measure'] }), []);
});
