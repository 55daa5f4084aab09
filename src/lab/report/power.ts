/** Before a run: how small a difference so many worlds can show. */
import { normalQuantile } from '../statistics/intervals.ts';
import type { Report } from './schema.ts';

/** A difference is seen four times in five, at 5 % by mistake for all measures together, two-sided, as the report judges. */
const POWER = 0.8;
const SIDE = 0.975;

export interface Detectable {
  measure: string;
  unit: string;
  difference: number;
}

/**
 * For each measure the difference between two arms of the same worlds that `worlds` of them show with a power of 80 %: the standard
 * error of a past run's null control, by the root of how many worlds that had (J. Cohen, Statistical Power Analysis, 1988). Leaves
 * out what the past run cannot tell.
 */
export function detectable(past: Report, measures: readonly string[], worlds: number): Detectable[] {
  const control = past.comparisons.find(({ other }) =>
    past.rows.some(({ card }) => card.isControl && card.name === other),
  );
  if (!control) return [];
  // The interval held for all measures of that run together.
  const joint = normalQuantile(1 - (1 - SIDE) / past.measures.length);
  return measures.flatMap((id) => {
    const interval = control.differences.find(({ measure }) => measure === id)?.interval;
    const unit = past.measures.find((measure) => measure.id === id)?.unit;
    if (!interval || unit === undefined) return [];
    const error = ((interval.high - interval.low) / 2 / joint) * Math.sqrt(past.plan.worlds / worlds);
    return [{ measure: id, unit, difference: error * (joint + normalQuantile(POWER)) }];
  });
}
