/** What Discord offers while a member types, named in words that somebody wrote: a trader's title, a model's. */
import { plainText } from './sanitise.ts';

/** Discord's limit. One name that is longer, and it refuses the whole list. */
export const CHOICE_MAX = 100;

/** Cut by graphemes until it fits, since one of them may be many characters, as an emoji is. */
export function choiceName(text: string): string {
  for (let graphemes = CHOICE_MAX; ; graphemes--) {
    const name = plainText(text, graphemes);
    if (name.length <= CHOICE_MAX) return name;
  }
}
