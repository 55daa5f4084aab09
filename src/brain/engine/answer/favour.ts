// Makes words likelier in a string: by a bias on the first token of each, and on the others once a word is begun. A string begins
// as the model wants, and has room for a few such words: with more of them, or with one put first, it is no sentence.
import type { TokenBias } from './sampling.ts';

/** What is added to the logit of each word: in lower case, but for names, without white space. */
export type FavouredWords = ReadonlyMap<string, number>;

/** Favoured words in one string, at most. */
const WORDS_MAX = 3;
/** A first token of so few letters begins too many other words. */
const LEAST_LETTERS = 3;

interface Node {
  bias: number;
  /** Whether a word may end here. */
  isWord: boolean;
  next: Map<number, Node>;
}

export class Favour {
  readonly #roots: TokenBias[];
  readonly #first: ReadonlyMap<number, Node>;

  /** @param spellings the tokens of a word in the ways in which it may stand within a line */
  constructor(words: FavouredWords, spellings: (word: string) => readonly (readonly number[])[]) {
    const first = new Map<number, Node>();
    for (const [word, bias] of words) {
      for (const tokens of spellings(word)) {
        let nodes = first;
        for (const [index, token] of tokens.entries()) {
          const node = nodes.get(token) ?? { bias: 0, isWord: false, next: new Map<number, Node>() };
          node.bias = Math.max(node.bias, bias);
          node.isWord ||= index === tokens.length - 1;
          nodes.set(token, node);
          nodes = node.next;
        }
      }
    }
    this.#first = first;
    this.#roots = [...first].map(([token, { bias }]) => [token, bias]);
  }

  /** @param drawn the tokens of the string so far */
  biases(drawn: readonly number[]): readonly TokenBias[] {
    let words = 0;
    let last: Node | undefined;
    for (const token of drawn) {
      last = last?.next.get(token) ?? this.#first.get(token);
      if (last?.isWord) words++;
    }
    // A word that is begun is finished before another one begins.
    if (last && !last.isWord) return [...last.next].map(([token, { bias }]) => [token, bias + BEGUN]);
    return drawn.length === 0 || words >= WORDS_MAX ? [] : this.#roots;
  }
}

/** Tokens of a word, at most. */
const LONGEST_WORD = 4;
/** A word whose first tokens were drawn is likelier still. */
const BEGUN = 1;

/**
 * How a vocabulary writes a word behind a space, capitalised or not; a name as it is. Left out where its first token says too little.
 * @param letters how many characters a token writes, white space left out
 */
export function spellingsOf(
  word: string,
  tokenize: (text: string) => readonly number[],
  letters: (token: number) => number,
): number[][] {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return [...new Set([` ${word}`, ` ${capital}`])]
    .map((spelling) => [...tokenize(spelling)])
    .filter((tokens) => tokens.length > 0 && tokens.length <= LONGEST_WORD)
    .filter((tokens) => letters(tokens[0] ?? -1) >= Math.min(LEAST_LETTERS, word.length));
}
