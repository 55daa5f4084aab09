/** Lists that must not be longer than Discord allows. */

/** As many whole lines as fit `max` characters; an ellipsis stands for the rest. */
export function fit(lines: readonly string[], max: number): string {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    // Leaves room for the ellipsis on its own line.
    if (length > max - 2) return [...kept, '…'].join('\n');
    kept.push(line);
  }
  return kept.join('\n');
}

export const FIELD_MAX = 1_024;
export const DESCRIPTION_MAX = 4_096;
