/** Figures with intervals of one row, and the paired differences of two. */
import { MEASURES } from '../families/all.ts';
import { ONCE, type JudgedRow, type Measure } from '../families/measure.ts';
import { BY_MISTAKE, intervalOf, judged } from '../statistics/difference.ts';
import { holm, RESAMPLES, type Interval } from '../statistics/intervals.ts';
import type { Comparison, Figure } from './schema.ts';

const rounded = (value: number): number => Number(value.toPrecision(6));

export function figuresOf(
  row: JudgedRow,
  times = RESAMPLES,
  measures: readonly Measure[] = MEASURES,
): Figure[] {
  return measures.map((measure) => {
    const sample = measure.sample(row);
    const estimate = sample.estimate(ONCE);
    const { worlds, traders } = sample;
    const interval =
      estimate === null
        ? null
        : boundedAtEnds(
            intervalOf(
              estimate,
              (weight) => sample.estimate(weight),
              { worlds, traders, times, seed: measure.id },
              measure.range,
            ),
            { estimate, measure, cells: sample.cells },
          );
    return {
      measure: measure.id,
      n: Math.round(sample.n),
      estimate: estimate === null ? null : rounded(estimate),
      interval: interval && { low: rounded(interval.low), high: rounded(interval.high) },
    };
  });
}

/** Units of which no observation is below 0 or above 1. */
const BOUNDED = new Set(['share', 'mean change']);

/**
 * Where nothing varied there is no error to go by. A share of nobody or of all has the bound of Clopper and Pearson (Biometrika 26,
 * 1934), each world of a trader counted as one observation; of any other share nothing is told. A mean of changes of 0 to 1 each is at
 * most the share of those that change at all. What is neither is as it is: a policy that never trades waits to the end in every world.
 */
function boundedAtEnds(
  interval: Interval | null,
  { estimate, measure: { range, unit }, cells }: { estimate: number; measure: Measure; cells: number },
): Interval | null {
  if (interval === null || interval.low < interval.high) return interval;
  if (!BOUNDED.has(unit)) return interval;
  if (!range.includes(estimate)) return null;
  const within = (BY_MISTAKE / 2) ** (1 / Math.max(1, cells));
  return estimate === 0 ? { low: 0, high: 1 - within } : { low: within, high: 1 };
}

/** `one` less `other`, both of the same worlds. Interval and p are of each measure alone, `pHolm` is corrected for all. */
export function compared(
  one: { name: string; row: JudgedRow },
  other: { name: string; row: JudgedRow },
  times = RESAMPLES,
  measures: readonly Measure[] = MEASURES,
): Comparison {
  const differences = measures.map((measure) => {
    const pair = measure.pair(one.row, other.row);
    const difference = pair.difference(ONCE);
    const luck =
      difference === null
        ? null
        : judged(difference, (weight) => pair.difference(weight), {
            worlds: pair.worlds,
            traders: pair.traders,
            times,
            seed: measure.id,
          });
    return {
      measure: measure.id,
      difference: difference === null ? null : rounded(difference),
      interval: luck && { low: rounded(luck.interval.low), high: rounded(luck.interval.high) },
      error: luck && rounded(luck.error),
      ofTraders: luck && rounded(luck.ofTraders),
      p: luck && rounded(luck.p),
      pOfCast: luck && luck.pOfCast !== null ? rounded(luck.pOfCast) : null,
    };
  });
  const ofAll = corrected(differences.map(({ measure, p }) => ({ measure, p })));
  const ofCast = corrected(differences.map(({ measure, pOfCast: p }) => ({ measure, p })));
  return {
    one: one.name,
    other: other.name,
    worlds: one.row.worlds.length,
    traders: one.row.content.cast.length,
    differences: differences.map((it) => ({
      ...it,
      pOfCastHolm: ofCast.get(it.measure) ?? null,
      pHolm: ofAll.get(it.measure) ?? null,
    })),
  };
}

/** By measure: its p, corrected for the number of those that have one. */
function corrected(ps: readonly { measure: string; p: number | null }[]): Map<string, number> {
  const tested = ps.flatMap(({ measure, p }) => (p === null ? [] : [{ measure, p }]));
  return new Map(holm(tested.map(({ p }) => p)).map((p, at) => [tested[at]?.measure ?? '', rounded(p)]));
}
