/** The name that takes the fewest edits to reach, when that is few enough to be a slip of the fingers; else null. */
export function nearestTo(name: string, names: readonly string[]): string | null {
  const ranked = names
    .map((each) => ({
      each,
      edits: each.startsWith(name) || name.startsWith(each) ? 1 : editsBetween(name, each),
    }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(2, Math.ceil(best.each.length / 2)) ? best.each : null;
}

/** Levenshtein distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
