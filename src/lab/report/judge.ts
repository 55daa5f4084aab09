/** Figures with intervals of one row, and the paired differences of two. */
import { MEASURES } from '../families/all.ts';
import { ONCE, type JudgedRow } from '../families/measure.ts';
import { intervalOf, judged } from '../statistics/difference.ts';
import { holm, RESAMPLES } from '../statistics/intervals.ts';
import type { Comparison, Figure } from './schema.ts';

const rounded = (value: number): number => Number(value.toPrecision(6));

function clustersOf({ worlds, content }: JudgedRow): { worlds: number[]; traders: string[] } {
  return { worlds: worlds.map(({ seed }) => seed), traders: content.cast.map(({ id }) => id) };
}

export function figuresOf(row: JudgedRow, times = RESAMPLES): Figure[] {
  return MEASURES.map((measure) => {
    const sample = measure.sample(row);
    const estimate = sample.estimate(ONCE);
    const interval =
      estimate === null
        ? null
        : intervalOf(
            estimate,
            (weight) => sample.estimate(weight),
            { ...clustersOf(row), times, seed: measure.id },
            measure.range,
          );
    return {
      measure: measure.id,
      n: Math.round(sample.n),
      estimate: estimate === null ? null : rounded(estimate),
      interval: interval && { low: rounded(interval.low), high: rounded(interval.high) },
    };
  });
}

/** `one` less `other`, both of the same worlds. Interval and p are of each measure alone, `pHolm` is corrected for all. */
export function compared(
  one: { name: string; row: JudgedRow },
  other: { name: string; row: JudgedRow },
  times = RESAMPLES,
): Comparison {
  const clusters = clustersOf(one.row);
  const differences = MEASURES.map((measure) => {
    const pair = measure.pair(one.row, other.row);
    const difference = pair.difference(ONCE);
    const luck =
      difference === null
        ? null
        : judged(difference, (weight) => pair.difference(weight), {
            ...clusters,
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
    };
  });
  const tested = differences.flatMap(({ measure, p }) => (p === null ? [] : [{ measure, p }]));
  const corrected = new Map(holm(tested.map(({ p }) => p)).map((p, at) => [tested[at]?.measure, p]));
  return {
    one: one.name,
    other: other.name,
    worlds: clusters.worlds.length,
    traders: clusters.traders.length,
    differences: differences.map((it) => ({ ...it, pHolm: corrected.get(it.measure) ?? null })),
  };
}
