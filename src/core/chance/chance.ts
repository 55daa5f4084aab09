/** The luck of one round, as the rules draw it: by purpose, never from a generator of their own. */
import type { Prng, PrngState } from './prng.ts';

/** What chance decides in a round. Each purpose has numbers of its own. */
export type Purpose =
  | 'regime'
  | 'price'
  | 'news'
  | 'rumour'
  | 'headline'
  | 'speakers'
  | 'chaos-gap'
  | 'chaos-headline'
  | 'called-headline'
  | 'planted-rumour';

export interface Chance {
  /** Numbers for one purpose; `who` where each instrument or trader has its own. */
  numbers(purpose: Purpose, who?: string): Prng;
  /** The ids in an order drawn by chance. */
  order(purpose: Purpose, ids: readonly string[]): string[];
  /** One item that fits, a fresh one if there is any; undefined when none fits. */
  choose<T extends { text: string }>(
    purpose: Purpose,
    items: readonly T[],
    fits: (item: T) => boolean,
    fresh: (item: T) => boolean,
  ): T | undefined;
}

/** How a show draws; part of its state. */
export type ChanceRule =
  /** Every draw is a function of the seed, the purpose, the round, and the person or thing that it concerns. */
  | { chance: 'keyed'; rng?: undefined }
  /** Shows of version 0.1: one generator, drawn from in turn by everything. */
  | { chance?: undefined; rng: PrngState };
