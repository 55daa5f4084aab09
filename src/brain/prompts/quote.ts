/** Other people's words on their way into a prompt: made harmless, cut short, and put between quotes. */

/** A quote's longest length, in code points. */
export const QUOTE_MAX = 140;

const DOUBLE_QUOTES =
  /["\u201C-\u201F\u00AB\u00BB\u2033\u2036\u300C-\u300F\u301D-\u301F\uFF02\u02BA\u02DD\u3003]/g;
const SINGLE_QUOTES = /[`\u00B4\u2018-\u201B\u2032\u2035\uFF07\u02B9\u02BC]/g;

/**
 * One line of plain text that cannot end its quotes or pose as a chat template's mark-up. It has no line breaks and no
 * control, bidirectional, zero-width or private-use characters; double quotes become single ones, and the brackets of
 * templates and JSON become round ones. At most `max` code points; an ellipsis shows where it was cut.
 */
export function cleanQuote(text: string, max: number = QUOTE_MAX): string {
  const cleaned = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Variation_Selector}\uFFFD]/gu, '')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(DOUBLE_QUOTES, "'")
    .replace(SINGLE_QUOTES, "'")
    .replace(/[<[{\uFF1C\uFF3B\uFF5B\u2039]/g, '(')
    .replace(/[>\]}\uFF1E\uFF3D\uFF5D\u203A]/g, ')')
    .replace(/[|\\\uFF5C]/g, '/')
    .replace(/ +/g, ' ')
    .trim();
  const points = Array.from(cleaned);
  if (points.length <= max) return cleaned;
  const head = points.slice(0, max - 1).join('');
  return `${head.trimEnd()}…`;
}

/** The cleaned text between double quotes. */
export function quoted(text: string, max: number = QUOTE_MAX): string {
  return `"${cleanQuote(text, max)}"`;
}
