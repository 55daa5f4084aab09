/**
 * The one sanitiser for everything that a model or a person wrote. `plainText` cleans what no reader should ever get
 * (direction overrides, invisible characters, floods of marks) and caps the length by grapheme; `markdownSafe` makes the
 * result inert in a Discord message. Use `plainText` alone where Discord renders no markdown: alt texts, choices, footers.
 */

/** At most this many combining marks stay on one base character: enough for any living script, not for a flood. */
const MARKS_KEPT = 4;
/** The longest emoji sequences in use have ten code points. */
const SEQUENCE_KEPT = 10;

const LINE_BREAKS_AND_TABS = /[\t\n\v\f\r\u0085\u2028\u2029]/gu;
/** Controls, private use, unassigned, and whatever takes no space: bidi controls, zero-width characters, fillers, tags. */
const NEVER_SHOWN = /[\p{Cc}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
const JOINER = '\u200d';
const EMOJI_STYLE = '\ufe0f';
const SPACES = /[\s\p{Zs}]+/gu;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
const KEYCAP = /^[0-9#*]\ufe0f\u20e3$/u;
const MARK = /\p{M}/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line of readable characters, at most `maxGraphemes` long (an ellipsis counts). Cleaning twice changes nothing. */
export function plainText(text: string, maxGraphemes: number): string {
  if (!Number.isSafeInteger(maxGraphemes) || maxGraphemes < 1)
    throw new Error('maxGraphemes is a positive integer');
  let cleaned = pass(text);
  // Dropping a character may let its neighbours combine anew; every further pass only makes the text shorter.
  for (let next = pass(cleaned); next !== cleaned; next = pass(cleaned)) cleaned = next;
  return cap(cleaned, maxGraphemes);
}

/** The same line, inert as Discord markdown: no formatting, link, mention, emoji code or timestamp is left active. */
export function markdownSafe(plain: string): string {
  return plain
    .replaceAll('@', '\uff20')
    .replace(/[\\*_~`|[\]()<>#]/gu, '\\$&')
    .replace(/:(?=\/)/gu, '\\:')
    .replace(/^(\s*)([-+])/u, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/u, '$1\\$2')
    .replace(/\b(www|discord)\./giu, '$1\\.');
}

/** What is shown of a text: cleaned, capped, inert. `maxGraphemes` counts before escaping. */
export function shownText(text: string, maxGraphemes: number): string {
  return markdownSafe(plainText(text, maxGraphemes));
}

function pass(text: string): string {
  const visible = text
    .normalize('NFC')
    .replace(LINE_BREAKS_AND_TABS, ' ')
    // These two can make emoji; their grapheme tells whether they do.
    .replace(NEVER_SHOWN, (char) => (char === JOINER || char === EMOJI_STYLE ? char : ''));
  let tamed = '';
  for (const { segment } of graphemes.segment(visible)) tamed += tameGrapheme(segment);
  return tamed.replace(SPACES, ' ').trim().normalize('NFC');
}

function tameGrapheme(grapheme: string): string {
  if (KEYCAP.test(grapheme)) return grapheme;
  const points = Array.from(grapheme);
  if (PICTOGRAPH.test(points[0] ?? '')) return tameEmoji(points);
  let marks = 0;
  let tamed = '';
  for (const point of points) {
    if (point === JOINER || point === EMOJI_STYLE || point === '\u20e3') continue;
    if (MARK.test(point)) {
      // A mark without a base would attach to whatever is before it.
      if (tamed === '' || marks >= MARKS_KEPT) continue;
      marks++;
    }
    tamed += point;
  }
  return tamed;
}

/** An emoji sequence without what does not belong to one, and without a joiner that joins nothing. */
function tameEmoji(points: readonly string[]): string {
  const kept = points
    .filter(
      (point) =>
        point === JOINER ||
        point === EMOJI_STYLE ||
        /\p{Extended_Pictographic}|\p{Emoji_Modifier}/u.test(point),
    )
    .slice(0, SEQUENCE_KEPT);
  while (kept.at(-1) === JOINER) kept.pop();
  return kept.join('');
}

function cap(text: string, maxGraphemes: number): string {
  const kept: string[] = [];
  let total = 0;
  for (const { segment } of graphemes.segment(text)) {
    total++;
    if (kept.length < maxGraphemes) kept.push(segment);
    if (total > maxGraphemes)
      return `${kept
        .slice(0, maxGraphemes - 1)
        .join('')
        .trimEnd()}…`;
  }
  return text;
}
