/** Figures with intervals of one row, and the paired differences of two. */
import { MEASURES } from '../families/all.ts';
import { ONCE, type JudgedRow } from '../families/measure.ts';
import { bootstrap, holm, jointInterval, permutationP, RESAMPLES } from '../statistics/intervals.ts';
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
        : bootstrap((weight) => sample.estimate(weight), { ...clustersOf(row), times, seed: measure.id });
    return {
      measure: measure.id,
      n: Math.round(sample.n),
      estimate: estimate === null ? null : rounded(estimate),
      interval: interval && { low: rounded(interval.low), high: rounded(interval.high) },
    };
  });
}

/** `one` less `other`, both of the same worlds; the intervals hold for all measures together. */
export function compared(
  one: { name: string; row: JudgedRow },
  other: { name: string; row: JudgedRow },
  times = RESAMPLES,
): Comparison {
  const clusters = clustersOf(one.row);
  const differences = MEASURES.map((measure) => {
    const pair = measure.pair(one.row, other.row);
    const seed = measure.id;
    const difference = pair.difference(ONCE);
    if (difference === null) return { measure: measure.id, difference, interval: null, p: null };
    const interval = jointInterval(difference, (weight) => pair.difference(weight), MEASURES.length, {
      ...clusters,
      times,
      seed,
    });
    const p = permutationP((isExchanged) => pair.exchanged(isExchanged), {
      worlds: clusters.worlds,
      times,
      seed,
    });
    return {
      measure: measure.id,
      difference: rounded(difference),
      interval: interval && { low: rounded(interval.low), high: rounded(interval.high) },
      p: p === null ? null : rounded(p),
    };
  });
  const tested = differences.flatMap(({ measure, p }) => (p === null ? [] : [{ measure, p }]));
  const corrected = new Map(holm(tested.map(({ p }) => p)).map((p, at) => [tested[at]?.measure, p]));
  return {
    one: one.name,
    other: other.name,
    differences: differences.map((it) => ({ ...it, pHolm: corrected.get(it.measure) ?? null })),
  };
}
