/** How much one thing tells of another, in bits. */

interface Pair {
  x: string;
  y: string;
}

/**
 * The mutual information of pairs, less what pairs shuffled at random would have: 0 in the mean for things that have nothing to do
 * with each other, however few the pairs, so single figures may lie below (adjusted for chance under the permutation model: Vinh,
 * Epps and Bailey, JMLR 11, 2010). Where few pairs depend strongly, less is told than is true. `given` splits the pairs into groups, each shuffled by itself, whose figures are averaged by
 * size: what `x` tells of `y` when the group is known.
 */
export function mutualBits(pairs: readonly (Pair & { given?: string })[]): number {
  if (pairs.length === 0) return 0;
  let bits = 0;
  // A shuffle leaves the entropies of x and of y as they are, so only that of both together is left to compare.
  for (const group of Map.groupBy(pairs, ({ given = '' }) => given).values())
    bits += (jointEntropyByChance(group) - jointEntropy(group)) * group.length;
  return bits / pairs.length;
}

function jointEntropy(pairs: readonly Pair[]): number {
  const cells = countsOf(pairs.map(({ x, y }) => `${x}\n${y}`));
  return cells.reduce((sum, count) => sum + surprise(count / pairs.length), 0);
}

/** The mean over all ways in which the x can be dealt to the y: how many of one x meet one y is hypergeometric. */
function jointEntropyByChance(pairs: readonly Pair[]): number {
  const all = pairs.length;
  const logWays = logWaysUpTo(all);
  const ofY = countsOf(pairs.map(({ y }) => y));
  let bits = 0;
  for (const xs of countsOf(pairs.map(({ x }) => x)))
    for (const ys of ofY)
      for (let both = Math.max(1, xs + ys - all); both <= Math.min(xs, ys); both++) {
        const chance = Math.exp(logWays(xs, both) + logWays(all - xs, ys - both) - logWays(all, ys));
        bits += chance * surprise(both / all);
      }
  return bits;
}

function countsOf(values: readonly string[]): number[] {
  return [...Map.groupBy(values, (value) => value).values()].map(({ length }) => length);
}

/** What a share adds to an entropy, in bits. */
const surprise = (share: number): number => -share * Math.log2(share);

/** The logarithm of the ways to choose `some` of `from`, for as many as `most`. */
function logWaysUpTo(most: number): (from: number, some: number) => number {
  const logFactorials = [0];
  for (let n = 1; n <= most; n++) logFactorials.push((logFactorials[n - 1] ?? 0) + Math.log(n));
  const of = (n: number): number => logFactorials[n] ?? 0;
  return (from, some) => of(from) - of(some) - of(from - some);
}
