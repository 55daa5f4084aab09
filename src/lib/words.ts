/** Words as they are compared: letters, digits and apostrophes, in lower case. What stands between them does not matter. */

const WORD = /[\p{L}\p{N}'’]+/gu;

export function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(WORD) ?? []).map((word) => word.replaceAll('’', "'"));
}

/** Every run of `length` words, joined by spaces. Fewer words have none. */
export function runsOf(words: readonly string[], length: number): string[] {
  const runs: string[] = [];
  for (let at = 0; at + length <= words.length; at++) runs.push(words.slice(at, at + length).join(' '));
  return runs;
}

/** Instead of a name, an instrument, a room or a figure: these would give the speaker away. */
const MASK = 'x';

/** Words of a line with everything masked that names somebody or something. `names`: which words do, in lower case. */
export function maskedWords(line: string, names: Pick<ReadonlySet<string>, 'has'>): string[] {
  return wordsOf(line).map((word) => (names.has(word) || /\d/.test(word) ? MASK : word));
}
