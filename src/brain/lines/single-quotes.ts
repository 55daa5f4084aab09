/** Single quotation marks, which look like apostrophes. */

/** Words that begin with an apostrophe. */
const SHORTENED = '(?:bout|cause|cos|cuz|em|ere|n|nuff|round|sup|til|tis|twas|\\d0s)\\b';
const MARK = new RegExp(
  // Before a word: it opens a quotation, or something was left out of the word.
  `(?<open>(?<=^|[\\s(])['‘](?!${SHORTENED})(?=[\\p{L}\\p{N}]))` +
    // Behind a word: it closes what is open, or belongs to the word (the traders' money).
    `|(?<=[\\p{L}\\p{N}])['’](?=[\\s.,;:!?)]|$)` +
    // Behind a stop: it closes what is open.
    `|(?<close>(?<=[.,;:!?%])['’](?=[\\s.,;:!?)]|$))`,
  'giu',
);

/** The line without those that have no partner. */
export function withoutLoneQuotes(line: string): string {
  const lone = new Set<number>();
  let open: number | undefined;
  for (const { index, groups = {} } of line.matchAll(MARK)) {
    if (groups['open'] !== undefined) {
      if (open !== undefined) lone.add(open);
      open = index;
    } else if (open !== undefined) open = undefined;
    else if (groups['close'] !== undefined) lone.add(index);
  }
  if (open !== undefined) lone.add(open);
  return lone.size === 0
    ? line
    : line.replaceAll(/['‘’]/gu, (mark, at: number) => (lone.has(at) ? '' : mark));
}
