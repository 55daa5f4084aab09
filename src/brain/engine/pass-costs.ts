/** What passes over the weights took lately. */

/** Costs that the usual is taken from. */
export const COSTS_KEPT = 6;

/** The mean without the slowest third, so that a hiccup or two of the host decide nothing. */
export function usually(costs: readonly number[]): number {
  const kept = [...costs].sort((one, other) => one - other).slice(0, Math.ceil((costs.length * 2) / 3));
  return kept.reduce((sum, cost) => sum + cost, 0) / kept.length;
}
