/** All that the words of one turn are made of: who speaks, what is seen and heard, and what was decided. */
import type { Observation } from '#core/observation.ts';
import type { Prng } from '#core/prng.ts';
import type { Bank, Temperament } from '#core/script.ts';
import type { Heard } from './ear.ts';
import type { Plan } from './policy.ts';

export interface Voice {
  seed: number;
  observation: Observation;
  says: Bank;
  thinks: Bank;
  toward: Bank;
  temperament: Temperament;
  plan: Plan;
  heard: readonly Heard[];
  prng: Prng;
}
