/**
 * The chance of shows that version 0.1 began: one generator in the state, which everything draws from in turn. It stays
 * so that their recordings replay to the same hashes; a show that goes on turns to keyed chance first.
 */
import { Prng, type PrngState } from './prng.ts';
import type { Chance } from './chance.ts';

export function sequentialChance(state: { rng: PrngState }): Chance {
  const sequence = new Sequence(state);
  return {
    numbers: () => sequence,
    order: (_, ids) => sequence.shuffle(ids),
    choose(_, items, fits, fresh) {
      const fitting = items.filter(fits);
      if (fitting.length === 0) return undefined;
      const unused = fitting.filter(fresh);
      return sequence.pick(unused.length > 0 ? unused : fitting);
    },
  };
}

/** Writes itself back to the state with each draw. */
class Sequence extends Prng {
  readonly #home: { rng: PrngState };

  constructor(home: { rng: PrngState }) {
    super(home.rng);
    this.#home = home;
  }

  override nextUint32(): number {
    const drawn = super.nextUint32();
    this.#home.rng = this.state();
    return drawn;
  }
}
