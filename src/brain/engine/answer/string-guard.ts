/** What a caller may say about a string while it is sampled. The engine asks after each token that it drew. */

/**
 * `fine`: the string goes on so, or ends here. `never`: another token. `end first`: it wants to end, and should with the end of
 * a sentence.
 */
export type Verdict = 'fine' | 'never' | 'end first';

export interface StringGuard {
  /** @param text the string with the token that was drawn; a character may be missing at its end as yet */
  judge(field: string, text: string, closes: boolean): Verdict;
  /** Whether the string has to end now. */
  mustEnd(field: string, text: string): boolean;
  /** How much likelier the end of a sentence is to be made: logits, 0 for not at all. */
  pull(field: string, text: string): number;
}
