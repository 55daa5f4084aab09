/**
 * A copy of plain JSON data, as deep as it goes. A state is nothing else, so this does for it what `structuredClone` does, in
 * a tenth of the time: a show that is played headless takes thousands of turns a second.
 */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  return (Array.isArray(value) ? copyOfList(value) : copyOfRecord(value as Record<string, unknown>)) as T;
}

function copyOfList(list: readonly unknown[]): unknown[] {
  const copy = list.slice();
  for (let at = 0; at < copy.length; at += 1) {
    const item = copy[at];
    if (typeof item === 'object' && item !== null) copy[at] = copyOf(item);
  }
  return copy;
}

/** Spreading keeps the hidden class, which makes reading fast and copying an order of magnitude faster. */
function copyOfRecord(record: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...record };
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === 'object' && value !== null) copy[key] = copyOf(value);
  }
  return copy;
}
