/**
 * Text of a stranger's file on its way into the show: plain characters only. It cannot close a quote, pose as a chat template,
 * format a message, mention anybody or name an address, wherever it is shown or told later.
 */

/** Longer input is cut before any work is done on it. */
const READ_MAX = 20_000;

const TEMPLATE_MARKS = /<\|[^|>]{0,40}\|>|<\/?s>|\[\/?(?:INST|SYS)\]|<{1,2}\/?SYS>{1,2}|^#{1,6}\s/gimu;
const ADDRESSES = /\b(?:https?:\/\/|www\.|discord(?:app)?\.(?:com|gg))\S*/giu;
const QUOTES = /["“-‟«»″‶「-』〝-〟＂]/gu;
const APOSTROPHES = /[`´‘-‛′‵ʼ]/gu;
/** What is left: letters with their marks, digits, spaces, and punctuation that has no meaning to Discord or to a model. */
const OTHERS = /[^\p{L}\p{M}\p{N} .,!?;:'()%$&/+=…–—-]/gu;

/** One line without mark-up. May be empty. */
export function plain(text: string): string {
  return text
    .slice(0, READ_MAX)
    .normalize('NFKC')
    .replace(TEMPLATE_MARKS, ' ')
    .replace(ADDRESSES, ' ')
    .replace(QUOTES, "'")
    .replace(APOSTROPHES, "'")
    .replace(/[\s\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(OTHERS, '')
    .replace(/(\p{M})\p{M}+/gu, '$1')
    .replace(/:(?=\/)/gu, '')
    .replace(/ {2,}/gu, ' ')
    .trim();
}

/** Whole sentences of a plain text, as many as fit; of a first sentence that is too long, what fits of its words. */
export function sentencesWithin(text: string, max: number): string {
  let kept = '';
  for (const sentence of text.match(/[^.!?…]+[.!?…]*\s*/gu) ?? []) {
    if ((kept + sentence.trimEnd()).length > max) break;
    kept += sentence;
  }
  if (kept.trim() !== '') return kept.trim();
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), Math.floor(max / 2))).trimEnd()}…`;
}
