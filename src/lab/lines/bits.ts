/** How much one thing tells of another, in bits. */

/**
 * The mutual information of pairs, with the bias of few samples taken off (Miller and Madow), never below zero. `given`
 * splits the pairs into groups whose figures are averaged by size: what `x` tells of `y` when the group is known.
 */
export function mutualBits(pairs: readonly { x: string; y: string; given?: string }[]): number {
  if (pairs.length === 0) return 0;
  const groups = Map.groupBy(pairs, ({ given = '' }) => given);
  let bits = 0;
  for (const group of groups.values()) {
    const together = entropy(group.map(({ x, y }) => `${x}\n${y}`));
    const apart = entropy(group.map(({ x }) => x)) + entropy(group.map(({ y }) => y));
    bits += (Math.max(0, apart - together) * group.length) / pairs.length;
  }
  return bits;
}

/** Of a sample's values, in bits: what their shares say, and the correction for how few they are. */
function entropy(values: readonly string[]): number {
  const counts = Map.groupBy(values, (value) => value);
  const n = values.length;
  let bits = 0;
  for (const { length } of counts.values()) bits -= (length / n) * Math.log2(length / n);
  return bits + (counts.size - 1) / (2 * n * Math.LN2);
}
