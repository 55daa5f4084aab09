/** A line that reached its limit lands: it ends with its last whole sentence, or else after a word, with an ellipsis. */

const ELLIPSIS = '…';
/** The end of a sentence, with the quotation mark or bracket that closes after it. */
const SENTENCE_END = /[.!?…]+["'”’»)\]]*(?=\s|$)/gu;
/** A line that is cut back further than this loses its meaning: half a sentence more is better. */
const SHORTEST_SHARE = 0.3;

/** At most `max` UTF-16 code units. A text with room to spare stays as its speaker wanted it. */
export function landed(text: string, max: number): string {
  if (text.length < max || endsSentence(text.slice(0, max))) return wellFormed(text.slice(0, max));
  const kept = text.slice(0, max);
  const end = [...kept.matchAll(SENTENCE_END)].map(({ index, 0: mark }) => index + mark.length).at(-1) ?? 0;
  if (end >= max * SHORTEST_SHARE) return kept.slice(0, end);
  const room = kept.slice(0, max - ELLIPSIS.length);
  const word = /^\s/.test(text.slice(room.length)) ? room : room.slice(0, Math.max(0, room.search(/\s\S*$/)));
  return `${(word === '' ? wellFormed(room) : word).replace(/[\s,;:–—-]+$/u, '')}${ELLIPSIS}`;
}

export function endsSentence(text: string): boolean {
  return /[.!?…]["'”’»)\]]*\s*$|\p{Extended_Pictographic}\uFE0F?\s*$/u.test(text);
}

/** The text without half a character at its end. */
function wellFormed(text: string): string {
  return (text.isWellFormed() ? text : text.slice(0, -1)).trimEnd();
}
