/** Intervals and corrections, small enough to stand here; tested against published tables and cases worked by hand. */
import { Prng } from '#core/chance/prng.ts';
import { hashText } from '#core/chance/hash-text.ts';

export interface Interval {
  low: number;
  high: number;
}

/** The q-quantile of sorted numbers, between neighbours by their distance (type 7 of Hyndman and Fan, Am. Stat. 50, 1996). */
export function quantile(sorted: readonly number[], q: number): number {
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** How much a world and a trader count in one resample; each is drawn as often as its weight says. */
export type Weight = (world: number, trader: string) => number;

export interface Resampling {
  worlds: readonly number[];
  traders: readonly string[];
  times: number;
  seed: string;
}

export const RESAMPLES = 1_000;

/**
 * Standard deviation of a statistic over a two-way cluster bootstrap: worlds and traders are drawn anew, each with replacement, and a
 * cell counts as the product (A. B. Owen, Annals of Applied Statistics 1, 2007). Null for fewer than two worlds, or where too few
 * resamples have a value.
 */
export function spreadOf(
  statistic: (weight: Weight) => number | null,
  resampling: Resampling,
): number | null {
  const values = resampled(statistic, resampling);
  if (values === null) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** Null for fewer than two worlds, or where too few resamples have a value. */
function resampled(
  statistic: (weight: Weight) => number | null,
  { worlds, traders, times, seed }: Resampling,
): number[] | null {
  if (worlds.length < 2) return null;
  const prng = new Prng(Prng.seed(hashText(`lab-bootstrap/${seed}`)));
  const values: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const ofWorld = drawn(worlds, prng);
    const ofTrader = drawn(traders, prng);
    const value = statistic((world, trader) => (ofWorld.get(world) ?? 0) * (ofTrader.get(trader) ?? 0));
    if (value !== null && Number.isFinite(value)) values.push(value);
  }
  return values.length < times / 2 ? null : values;
}

function drawn<T>(items: readonly T[], prng: Prng): Map<T, number> {
  const counts = new Map<T, number>();
  for (let index = 0; index < items.length; index += 1) {
    const item = prng.pick(items);
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}

/** p-values corrected for their number, in their order (S. Holm, Scandinavian Journal of Statistics 6, 1979). */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p);
  const corrected: number[] = ps.map(() => 1);
  let highest = 0;
  for (const [rank, { p, at }] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (ps.length - rank) * p));
    corrected[at] = highest;
  }
  return corrected;
}

/** Agreement of two raters beyond chance, at most 1 (J. Cohen, Educ. Psych. Meas. 20, 1960). Null for no ratings, or where both always say the same. */
export function kappa(pairs: readonly (readonly [string, string])[]): number | null {
  if (pairs.length === 0) return null;
  const share = (test: (pair: readonly [string, string]) => boolean): number =>
    pairs.filter(test).length / pairs.length;
  const agreed = share(([a, b]) => a === b);
  const words = new Set(pairs.flat());
  let byChance = 0;
  for (const word of words) byChance += share(([a]) => a === word) * share(([, b]) => b === word);
  return byChance === 1 ? null : (agreed - byChance) / (1 - byChance);
}

/**
 * Mutual information of a table of counts, in bits, with the bias of few counts taken off (Miller and Madow, in Quastler,
 * Information Theory in Psychology, 1955). May be slightly below 0. `table`: counts by x, then by y.
 */
export function mutualInformation(table: ReadonlyMap<string, ReadonlyMap<string, number>>): number {
  const ofX = new Map<string, number>();
  const ofY = new Map<string, number>();
  const both: number[] = [];
  for (const [x, row] of table) {
    for (const [y, count] of row) {
      if (count <= 0) continue;
      both.push(count);
      ofX.set(x, (ofX.get(x) ?? 0) + count);
      ofY.set(y, (ofY.get(y) ?? 0) + count);
    }
  }
  return entropy([...ofX.values()]) + entropy([...ofY.values()]) - entropy(both);
}

function entropy(counts: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return 0;
  const plain = counts.reduce((sum, count) => sum - (count / all) * Math.log2(count / all), 0);
  return plain + (counts.length - 1) / (2 * all * Math.LN2);
}
