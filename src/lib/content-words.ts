/** Words that say what a line is about. */
import { wordsOf } from './words.ts';

/** Words that any line may hold. */
const EMPTY_WORDS = new Set(
  `a about after again all also always am an and any are as at be because been but by can could did do does done down for from
  get go going got had has have he her here him his how i i'm if in is it it's its just know like make me more much my never
  new no not now of off on one only or our out over own say says see she should so some still take than that that's the
  their them then there they this to too up us very was we were what when where which who why will with would yes yet you
  your you're`.split(/\s+/),
);

export function contentWordsOf(text: string): string[] {
  return wordsOf(text).filter((word) => word.length > 2 && !EMPTY_WORDS.has(word));
}
