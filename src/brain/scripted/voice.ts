/** Who speaks, as the words are looked for: the trader's banks and temperament, what it sees and plans, what it heard. */
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
