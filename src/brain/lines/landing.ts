/** A model's string as a line that can be spoken: whole sentences, no debris, quotation marks and brackets in pairs. */
import { wordsOf } from '#lib/words.ts';
import { plainLine } from '../plain-line.ts';
import { endsSentence, upToLastSentence } from './sentence.ts';
import { withoutLoneQuotes } from './single-quotes.ts';

const PAIRS: readonly [open: string, close: string][] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['“', '”'],
];
/** What a line may not begin with. A sign or a point before a figure is part of it; an apostrophe before a word may be. */
const LEADING_DEBRIS = /^(?![-.]\d)(?:[\s"”’)\]}.,;:!?*_~|\\/-]|'(?![\p{L}\p{N}]))+(?=.)/u;
const TRAILING_DEBRIS = /[\s,;:*_~|\\/([{“"-]+$/u;

/**
 * The landed line; empty where nothing is left to say. A line that fits is only cleaned. One that ran into its limit, or ends
 * where no sentence does, is cut back to its last sentence, or to its last word and an ellipsis.
 * @param cut whether the limit ended it, not the model
 */
export function landed(text: string, { cut }: { cut: boolean }): string {
  const line = landedOnce(text, cut);
  // What is cut away at the end may have been a mark's partner.
  return line === text ? line : landed(line, { cut: false });
}

function landedOnce(text: string, cut: boolean): string {
  const line = paired(plainLine(text).replace(LEADING_DEBRIS, '')).trim();
  const [first, second] = wordsOf(line);
  // Apostrophes alone count as a word, and say nothing.
  if (!/[\p{L}\p{N}]/u.test(line) || (second === undefined && /^\d+$/.test(first ?? ''))) return '';
  if (endsSentence(line)) return line;
  const whole = upToLastSentence(line);
  if (whole !== null) return whole;
  const body = line.replace(TRAILING_DEBRIS, '');
  if (!cut) return /[\p{L}\p{N}'’]$/u.test(body) ? `${body}.` : body;
  // The last word may be half of one.
  const lastSpace = body.lastIndexOf(' ');
  const words = lastSpace > 0 ? body.slice(0, lastSpace) : Array.from(body).slice(0, -1).join('');
  const kept = words.replace(TRAILING_DEBRIS, '').replace(/[.…]+$/, '');
  return /[\p{L}\p{N}]/u.test(kept) ? `${kept}…` : '';
}

/** The landed line of a text that may have at most `max` UTF-16 code units. */
export function landedWithin(text: string, max: number): string {
  return landed(text.slice(0, max), { cut: text.length >= max });
}

/** Without marks that have no partner. */
function paired(line: string): string {
  // Two apostrophes are a way to write the other mark.
  let kept = withoutLoneQuotes(line.replaceAll("''", '"'));
  for (const [open, close] of PAIRS) {
    if (count(kept, open) !== count(kept, close)) kept = kept.replaceAll(open, '').replaceAll(close, '');
  }
  return count(kept, '"') % 2 === 0 ? kept : kept.replaceAll('"', '');
}

const count = (line: string, mark: string): number => line.split(mark).length - 1;
