// Makes words likelier in a string: by a bias on the first token of each, and on the others once a word is begun.
import type { TokenBias } from './sampling.ts';

/** What is added to the logit of each word: lower case, without white space. */
export type FavouredWords = ReadonlyMap<string, number>;

/** A first token of so few letters begins too many other words. */
const LEAST_LETTERS = 3;

interface Node {
  bias: number;
  next: Map<number, Node>;
}

export class Favour {
  readonly #roots: TokenBias[];
  readonly #first: ReadonlyMap<number, Node>;

  /** @param spellings the tokens of a word in the ways in which it may stand in a line, longest first token last */
  constructor(words: FavouredWords, spellings: (word: string) => readonly (readonly number[])[]) {
    const first = new Map<number, Node>();
    for (const [word, bias] of words) {
      for (const tokens of spellings(word)) {
        let nodes = first;
        for (const token of tokens) {
          const node = nodes.get(token) ?? { bias: 0, next: new Map<number, Node>() };
          node.bias = Math.max(node.bias, bias);
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
    for (let from = Math.max(0, drawn.length - LONGEST_WORD); from < drawn.length; from++) {
      let nodes: ReadonlyMap<number, Node> | undefined = this.#first;
      for (let at = from; at < drawn.length && nodes; at++) nodes = nodes.get(drawn[at] ?? -1)?.next;
      // A word that is begun is finished before another one begins.
      if (nodes && nodes.size > 0) return [...nodes].map(([token, { bias }]) => [token, bias + BEGUN]);
    }
    return this.#roots;
  }
}

/** Tokens of a word that are looked back on. */
const LONGEST_WORD = 4;
/** A word whose first tokens were drawn is likelier still. */
const BEGUN = 1;

/**
 * How a vocabulary writes a word behind a space, capitalised or not. Left out where its first token says too little.
 * @param letters how many characters a token writes, white space left out
 */
export function spellingsOf(
  word: string,
  tokenize: (text: string) => readonly number[],
  letters: (token: number) => number,
): number[][] {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return [` ${word}`, ` ${capital}`, capital]
    .map((spelling) => [...tokenize(spelling)])
    .filter((tokens) => tokens.length > 0 && tokens.length <= LONGEST_WORD)
    .filter((tokens) => letters(tokens[0] ?? -1) >= Math.min(LEAST_LETTERS, word.length));
}
