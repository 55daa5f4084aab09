/**
 * How much of a figure or of a difference may be luck: its interval, and of a difference its p-value, from one resampling of worlds and
 * traders, so that one leaves out zero where the other is small. There are few traders (four, as shipped), so their part of the luck has a t of few degrees of freedom.
 */
import { spreadOf, type Interval, type Resampling, type Weight } from './intervals.ts';
import { criticalT, twoSidedT } from './student.ts';

/** How much luck there is in a difference. */
export interface Luck {
  /** Standard error, in the unit of the difference. */
  error: number;
  /** Share of its square that lies between traders, 0 to 1; the rest lies between worlds. */
  ofTraders: number;
}

/** How many of each were drawn anew. */
export interface Clusters {
  worlds: number;
  traders: number;
}

export interface Judged extends Luck {
  /** 95 %. */
  interval: Interval;
  /** Two-sided; above 0, and below 5 % just where the interval leaves out zero. */
  p: number;
  /** The same of these very traders, worlds alone drawn anew: it says nothing of what others would do. Null where no world varies. */
  pOfCast: number | null;
}

export const BY_MISTAKE = 0.05;

/**
 * `interval`: the difference, give or take its error times `criticalOf` at 5 %. `p`: the chance at which that would just reach zero, and
 * no less than one resample in `times` + 1 can tell (Phipson and Smyth, SAGMB 9, 2010). Both are of this difference alone: where many
 * are judged together, correct their p. Null where fewer than two worlds or traders can be left out, or too few resamples have a value.
 */
export function judged(
  difference: number,
  statistic: (weight: Weight) => number | null,
  resampling: Resampling,
): Judged | null {
  const told = luckOf(statistic, resampling);
  if (told === null) return null;
  const { ofWorlds, ...luck } = told;
  const clusters = clustersOf(resampling);
  const least = 1 / (resampling.times + 1);
  return {
    ...luck,
    interval: around(difference, luck, clusters),
    pOfCast: ofWorlds === 0 ? null : twoSidedT(Math.abs(difference) / ofWorlds, clusters.worlds - 1),
    p:
      Math.abs(difference) < NOTHING
        ? 1
        : Math.max(least, chanceOf(Math.abs(difference) / luck.error, luck, clusters)),
  };
}

/** 95 % interval of a row's own figure, by the same error and t as that of a difference; null where that has none. */
export function intervalOf(
  estimate: number,
  statistic: (weight: Weight) => number | null,
  resampling: Resampling,
  [least, most]: readonly [number, number],
): Interval | null {
  const luck = luckOf(statistic, resampling);
  if (luck === null) return null;
  const { low, high } = around(estimate, luck, clustersOf(resampling));
  return { low: Math.max(least, low), high: Math.min(most, high) };
}

const clustersOf = ({ worlds, traders }: Resampling): Clusters => ({
  worlds: worlds.length,
  traders: traders.length,
});

function around(estimate: number, luck: Luck, clusters: Clusters): Interval {
  const half = luck.error * criticalOf(BY_MISTAKE, luck, clusters);
  return { low: estimate - half, high: estimate + half };
}

/** Sums of the same in another order differ by so much at most. */
const NOTHING = 1e-12;

/**
 * The error of the two-way bootstrap (A. B. Owen, Annals of Applied Statistics 1, 2007). A bootstrap of n groups shows (n - 1) / n of
 * the variance between them; that is made good as if all of it lay between traders, who are the fewer. How much of it does is told by
 * leaving out one trader, or one world, at a time (jackknife: Efron and Stein, Annals of Statistics 9, 1981).
 */
function luckOf(
  statistic: (weight: Weight) => number | null,
  resampling: Resampling,
): (Luck & { ofWorlds: number }) | null {
  const { worlds, traders } = resampling;
  const spread = spreadOf(statistic, resampling);
  const between = {
    traders: jackknife(traders, (out) => statistic((_, trader) => Number(trader !== out))),
    worlds: jackknife(worlds, (out) => statistic((world) => Number(world !== out))),
  };
  if (spread === null || between.traders === null || between.worlds === null) return null;
  const both = between.traders + between.worlds;
  return {
    error: spread * Math.sqrt(traders.length / (traders.length - 1)),
    ofTraders: both === 0 ? 1 : between.traders / both,
    /** Standard error where the traders are given. */
    ofWorlds: Math.sqrt(between.worlds),
  };
}

/** Variance of a statistic by leaving out one item at a time. */
function jackknife<T>(items: readonly T[], without: (item: T) => number | null): number | null {
  if (items.length < 2) return null;
  const values: number[] = [];
  for (const item of items) {
    const value = without(item);
    if (value === null || !Number.isFinite(value)) return null;
    values.push(value);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return ((values.length - 1) / values.length) * squares;
}

/**
 * So many errors away from zero lies a difference that luck reaches with chance `p`, both sides together: the critical t of the traders
 * and that of the worlds, weighed by their shares of the variance (W. G. Cochran, Biometrics 20, 1964, for two variances of unlike degrees
 * of freedom). It errs on the safe side at every p; Satterthwaite's degrees of freedom let three times too much pass at 5 % / 28.
 */
export function criticalOf(p: number, { ofTraders }: Pick<Luck, 'ofTraders'>, clusters: Clusters): number {
  return ofTraders * criticalT(p, clusters.traders - 1) + (1 - ofTraders) * criticalT(p, clusters.worlds - 1);
}

/** The p at which `criticalOf` is `t`, by halving: the critical t falls as p rises. */
function chanceOf(t: number, luck: Luck, clusters: Clusters): number {
  // Between what either would be by itself.
  const ends = [twoSidedT(t, clusters.traders - 1), twoSidedT(t, clusters.worlds - 1)];
  let [low, high] = [Math.min(...ends), Math.max(...ends)];
  for (let step = 0; step < STEPS && low < high; step += 1) {
    const middle = (low + high) / 2;
    if (criticalOf(middle, luck, clusters) > t) low = middle;
    else high = middle;
  }
  return high;
}
const STEPS = 50;
