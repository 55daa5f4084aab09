/** Text as the picture can show it: it has only characters of the font, and is cut and wrapped by its measured width. */

/** Width of a text in art pixels. */
export type Measure = (text: string) => number;

/** Whether the font has the character. */
export type Covers = (character: string) => boolean;

/** Longer texts are cut before anything else is done with them: nothing on the picture is that long. */
const LONGEST = 400;
const ELLIPSIS = '...';
const LOOKALIKES: Record<string, string> = {
  '−': '-',
  '‑': '-',
  '→': '>',
  '←': '<',
  '₿': 'B',
  '×': 'x',
  '≈': '~',
};

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text without what the font cannot draw. Accents that it lacks are dropped, emoji become "*", other scripts "?" (one
 * for a run of them). Controls, direction marks and zero-width characters are removed.
 */
export function plainText(text: string, covers: Covers): string {
  const visible = text
    .slice(0, LONGEST)
    .normalize('NFC')
    .replace(/[\t\n\v\f\r]+/g, ' ')
    .replace(/[^\P{C}\u200d]/gu, '')
    .replace(/\s+/gu, ' ');
  let plain = '';
  for (const { segment } of graphemes.segment(visible)) plain += plainGrapheme(segment, covers);
  return plain
    .replace(/\*{2,}/g, '*')
    .replace(/\?{4,}/g, '???')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function plainGrapheme(grapheme: string, covers: Covers): string {
  if (grapheme.length === 1 && covers(grapheme)) return grapheme;
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(grapheme)) return '*';
  const lookalike = LOOKALIKES[grapheme];
  if (lookalike !== undefined) return lookalike;
  const bare = grapheme.normalize('NFKD').replace(/\p{M}|\p{C}/gu, '');
  return Array.from(bare, (character) => (covers(character) ? character : '?')).join('');
}

/** The text, or as much of its beginning as fits in `width` with an ellipsis after it. */
export function fit(text: string, width: number, measure: Measure): string {
  return measure(text) <= width ? text : cut(text, width, measure);
}

function cut(text: string, width: number, measure: Measure): string {
  const characters = Array.from(text);
  for (; characters.length > 0; characters.pop()) {
    const short = characters.join('').replace(/[\s.,;:!?-]+$/, '') + ELLIPSIS;
    if (measure(short) <= width) return short;
  }
  return '';
}

/**
 * Lines no wider than `width`, at most `maxLines` of them. What does not fit is cut at a word, with an ellipsis; a word
 * longer than a line is broken.
 */
export function wrap(
  text: string,
  width: number,
  maxLines: number,
  measure: Measure,
): { lines: string[]; whole: boolean } {
  const lines: string[] = [];
  let line = '';
  const words = text.split(' ').flatMap((word) => pieces(word, width, measure));
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
    if (lines.length === maxLines) return { lines: closed(lines, width, measure), whole: false };
  }
  if (line !== '') lines.push(line);
  return { lines, whole: true };
}

function pieces(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && measure(part + character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** The same lines with an ellipsis at the end. The last line gives up whole words for it. */
function closed(lines: readonly string[], width: number, measure: Measure): string[] {
  const words = (lines.at(-1) ?? '').split(' ');
  while (words.length > 1 && measure(words.join(' ') + ELLIPSIS) > width) words.pop();
  return [...lines.slice(0, -1), cut(words.join(' '), width, measure)];
}
