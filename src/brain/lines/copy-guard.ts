/** Knows what may not be said again: runs of words that stand in what a trader was told, heard or said itself. */
import { contentWordsOf } from '#lib/content-words.ts';
import { runsOf, wordsOf } from '#lib/words.ts';

/** So many words in a row are a copy; one fewer is a quotation. Chosen by `npm run lines`. */
export const COPY_WORDS = 4;
/** Of the line that is answered, fewer: a small model answers by turning it round a little. */
const ECHO_WORDS = 3;
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
    this.#free = new Set(free.flatMap(bareWordsOf));
    this.#fixed = this.#runsIn(fixed, COPY_WORDS);
  }

  /**
   * For one turn, in which `texts` were heard, read or said lately: whether the last words of a text complete a copy. The last word
   * may still be going on.
   * @param answered the line that the text is an answer to
   */
  for(texts: readonly string[], answered = ''): (text: string) => boolean {
    const turn = this.#runsIn(texts, COPY_WORDS);
    // `What do you` is in everybody's mouth.
    const says = new Set(contentWordsOf(answered).map(bare));
    const echoes = this.#runsIn([answered], ECHO_WORDS, (word) => says.has(word));
    return (text) => {
      const words = bareWordsOf(text).slice(-COPY_WORDS);
      if (words.length >= ECHO_WORDS && echoes.has(words.slice(-ECHO_WORDS).join(' '))) return true;
      if (words.length < COPY_WORDS) return false;
      const run = words.join(' ');
      return this.#fixed.has(run) || turn.has(run);
    };
  }

  /** @param counts which of the words that are not free make a run a copy. Default: all */
  #runsIn(
    texts: readonly string[],
    length: number,
    counts: (word: string) => boolean = () => true,
  ): ReadonlySet<string> {
    const isOwn = (word: string): boolean => !this.#free.has(word) && !/\d/.test(word) && counts(word);
    return new Set(
      texts
        .flatMap((text) => runsOf(bareWordsOf(text), length))
        .filter((run) => run.split(' ').filter(isOwn).length >= LEAST_OWN_WORDS),
    );
  }
}

/** Words without apostrophes, which may be quotation marks, and which models leave out. */
function bareWordsOf(text: string): string[] {
  return wordsOf(text)
    .map(bare)
    .filter((word) => word !== '');
}

const bare = (word: string): string => word.replaceAll("'", '');
