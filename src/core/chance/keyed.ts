/**
 * Keyed chance: a seed is a world. What traders do cannot change what is drawn next, because nothing is drawn in
 * sequence; two runs of one seed differ by their causes, not by luck.
 */
import { Prng } from '../prng.ts';
import type { Chance, Purpose } from './chance.ts';
import { hashText } from './hash-text.ts';

/** The numbers of one seed, purpose, round, and person or thing. The same key gives the same numbers. */
export function keyedNumbers(seed: number, purpose: string, round: number, who = ''): Prng {
  return new Prng(Prng.seed(hashText(`${seed}/${purpose}/${round}/${who}`)));
}

/** Reads the state's round at each draw: a round opens while its luck is drawn. */
export function keyedChance(state: { readonly seed: number; readonly round: number }): Chance {
  const numbers = (purpose: Purpose, who?: string) => keyedNumbers(state.seed, purpose, state.round, who);
  /** Each id has a number of its own, so that the order of two does not depend on who else is there. */
  const order = (purpose: Purpose, ids: readonly string[]) =>
    ids
      .map((id) => ({ id, rank: numbers(purpose, id).nextUint32() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ id }) => id);
  return {
    numbers,
    order,
    choose(purpose, items, fits, fresh) {
      const ranks = new Map(
        order(
          purpose,
          items.map(({ text }) => text),
        ).map((text, rank) => [text, rank]),
      );
      const fitting = items.filter(fits).sort((a, b) => (ranks.get(a.text) ?? 0) - (ranks.get(b.text) ?? 0));
      return fitting.find(fresh) ?? fitting[0];
    },
  };
}
