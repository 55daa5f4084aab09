/** A share with its count, and how sure one can be of it. */
export interface Share {
  hits: number;
  of: number;
}

export function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): Share {
  return { hits: items.filter(holds).length, of: items.length };
}

/** Wilson's interval of a share, 95%: from and to, 0 to 1. */
export function wilson({ hits, of }: Share): { from: number; to: number } {
  if (of === 0) return { from: 0, to: 1 };
  const z = 1.96;
  const share = hits / of;
  const middle = share + z ** 2 / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const below = 1 + z ** 2 / of;
  return { from: Math.max(0, (middle - half) / below), to: Math.min(1, (middle + half) / below) };
}
