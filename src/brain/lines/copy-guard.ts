/** Knows what may not be said again: runs of words that stand in what a trader was told, heard or said itself. */
import { runsOf, wordsOf } from '#lib/words.ts';

/** So many words in a row are a copy; one fewer is a quotation. Chosen by `npm run lines`. */
export const COPY_WORDS = 4;
/** A run of names, instruments, rooms and figures alone belongs to nobody: it needs so many other words to be a copy. */
const LEAST_OWN_WORDS = 2;

export class CopyGuard {
  readonly #free: ReadonlySet<string>;
  readonly #fixed: ReadonlySet<string>;

  /**
   * @param fixed texts that stay: prompt, examples
   * @param free words that anybody may use: names, instruments, rooms
   */
  constructor(fixed: readonly string[], free: readonly string[]) {
    this.#free = new Set(free.flatMap(wordsOf));
    this.#fixed = this.#runsIn(fixed);
  }

  /**
   * For one turn, in which `texts` were heard, read or said lately: whether the last words of a text complete a copy. The last word
   * may still be going on.
   */
  for(texts: readonly string[]): (text: string) => boolean {
    const turn = this.#runsIn(texts);
    return (text) => {
      const words = wordsOf(text).slice(-COPY_WORDS);
      if (words.length < COPY_WORDS) return false;
      const run = words.join(' ');
      return this.#fixed.has(run) || turn.has(run);
    };
  }

  #runsIn(texts: readonly string[]): ReadonlySet<string> {
    const isOwn = (word: string): boolean => !this.#free.has(word) && !/\d/.test(word);
    return new Set(
      texts
        .flatMap((text) => runsOf(wordsOf(text), COPY_WORDS))
        .filter((run) => run.split(' ').filter(isOwn).length >= LEAST_OWN_WORDS),
    );
  }
}
