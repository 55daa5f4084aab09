/** Whether what was played again comes to what a report says. */

/**
 * The first place where `told` differs from `again`, with both values, as one line; null where they are the same. A report holds six
 * digits of a figure, and all of them must agree. Entries of a list go by their measure's name, and one that only one side has
 * differs, too.
 */
export function firstDifference(told: unknown, again: unknown, place: readonly string[] = []): string | null {
  if (isTable(told) && isTable(again)) {
    // A second entry of one name would stand for the first.
    if (Array.isArray(told) && Array.isArray(again) && told.length > again.length)
      return `${[...place, 'entries'].join(', ')}: ${told.length} in the report, ${again.length} as played again`;
    const [tolds, agains] = [entriesOf(told), entriesOf(again)];
    for (const key of new Set([...tolds.keys(), ...agains.keys()])) {
      const found = firstDifference(tolds.get(key), agains.get(key), [...place, key]);
      if (found !== null) return found;
    }
    return null;
  }
  if (told === again) return null;
  return `${place.join(', ')}: ${inWords(told)} in the report, ${inWords(again)} as played again`;
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** By name of the measure where entries have one, else by their place; numbers from 1, as people count. */
function entriesOf(table: object): Map<string, unknown> {
  if (!Array.isArray(table)) return new Map(Object.entries(table));
  return new Map(
    table.map((entry: unknown, at): [string, unknown] => [nameOf(entry) ?? String(at + 1), entry]),
  );
}

function nameOf(entry: unknown): string | null {
  if (!isTable(entry)) return null;
  const { measure, id } = entry as { measure?: unknown; id?: unknown };
  return typeof measure === 'string' ? measure : typeof id === 'string' ? id : null;
}

function inWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value);
}
