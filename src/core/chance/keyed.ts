/**
 * Keyed chance: a seed is a world. What traders do cannot change what is drawn next, because nothing is drawn in
 * sequence; two runs of one seed differ by their causes, not by luck.
 */
import { Prng } from './prng.ts';
import type { Chance, Purpose } from './chance.ts';
import { hashText } from './hash-text.ts';

/** The numbers of one seed, purpose, round, and person or thing. The same key gives the same numbers. */
export function keyedNumbers(seed: number, purpose: string, round: number, who = ''): Prng {
  return Prng.seeded(hashText(`${seed}/${purpose}/${round}/${who}`));
}

/** Reads the state's round at each draw: a round opens while its luck is drawn. */
export function keyedChance(state: { readonly seed: number; readonly round: number }): Chance {
  const numbers = (purpose: Purpose, who?: string) => keyedNumbers(state.seed, purpose, state.round, who);
  /** Each id has a number of its own, so that the order of two does not depend on who else is there. */
  const order = (purpose: Purpose, ids: readonly string[]) => {
    // Most rooms hold one, and there is nothing to draw.
    if (ids.length < 2) return [...ids];
    return ids
      .map((id) => ({ id, rank: numbers(purpose, id).nextUint32() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ id }) => id);
  };
  return {
    numbers,
    order,
    choose(purpose, items, fits, fresh) {
      // The lowest number is drawn. An item's number hangs on its own text, so the others cannot change which is lower.
      let drawn: (typeof items)[number] | undefined;
      let lowest = Infinity;
      let isFresh = false;
      for (const item of items) {
        if (!fits(item)) continue;
        const counts = fresh(item);
        if (isFresh && !counts) continue;
        const rank = numbers(purpose, item.text).nextUint32();
        if (counts === isFresh && rank >= lowest) continue;
        drawn = item;
        lowest = rank;
        isFresh = counts;
      }
      return drawn;
    },
  };
}
