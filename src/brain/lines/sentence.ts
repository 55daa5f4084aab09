/** Where a sentence ends. */
import { wordsOf } from '#lib/words.ts';

const ENDS = /[.!?。！？]["'”’\)」』）]*(?:\s*[\p{RGI_Emoji}\p{Extended_Pictographic}])*$/v;
const ELLIPSIS = /(?:\.\.|…)["'”’)]*$/u;
/** No space follows a Chinese or Japanese mark. */
const ENDS_WITHOUT_SPACE = /[。！？]["'”’)」』）]*$/u;
/** A full stop behind these ends no sentence. */
const ABBREVIATION = /(?:^|[\s("'])(?:mr|mrs|ms|dr|vs|e\.g|i\.e|approx)\.$/iu;
/** One behind these (`St.`, `Jerome H.`, `U.S.`, but not `and I.`) ends one only where nothing follows. */
const MAY_GO_ON = /(?:^|[\s("'])(?:st|etc|(?!i\.)\p{L}|(?:\p{L}\.)+\p{L})\.$/iu;
/** A number may follow. */
const NUMBER_SIGN = /(?:^|[\s("'])no\.$/iu;

/** So many words make a sentence worth saying. */
const LEAST_WORDS = 3;
/** No spaces stand between words of these letters: each counts as one. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

export function hasEnoughWords(text: string): boolean {
  return wordsOf(text.replace(UNSPACED, ' $& ')).length >= LEAST_WORDS;
}

/** Whether the text may stand as it is: its last sentence has an end, and that is no ellipsis. */
export function endsSentence(text: string): boolean {
  const line = text.trimEnd();
  return ENDS.test(line) && !ELLIPSIS.test(line) && !ABBREVIATION.test(line);
}

/** Whether nothing more can belong to the sentence: a figure may still follow the point behind a digit. */
export function surelyEndsSentence(text: string): boolean {
  const line = text.trimEnd();
  return endsSentence(line) && !MAY_GO_ON.test(line) && !NUMBER_SIGN.test(line) && !/\d\.$/.test(line);
}

/** The text up to the last end of a sentence, null where no sentence of enough words ends. */
export function upToLastSentence(text: string): string | null {
  for (let at = text.length; at > 0; at--) {
    const head = text.slice(0, at);
    const next = text[at];
    if (next !== undefined && !/\s/.test(next) && !ENDS_WITHOUT_SPACE.test(head)) continue;
    if (goesOn(head, text.slice(at))) continue;
    if (endsSentence(head)) return hasEnoughWords(head) ? head.trimEnd() : null;
  }
  return null;
}

/** Whether an abbreviation at the end of `head` belongs to what stands behind it. */
function goesOn(head: string, rest: string): boolean {
  if (rest.trim() === '') return false;
  return MAY_GO_ON.test(head) || (NUMBER_SIGN.test(head) && /^\s*\d/.test(rest));
}
