/** All that words are chosen by: the trader's banks and temperament, what it sees, what it plans, what it heard. */
import type { Observation } from '#core/observation.ts';
import type { Prng } from '#core/chance/prng.ts';
import type { Bank, Temperament } from '#core/script.ts';
import type { Heard } from './ear.ts';
import type { Slots } from './fill.ts';
import type { Lately } from './lately.ts';
import type { Plan } from './policy.ts';

export interface Voice {
  seed: number;
  observation: Observation;
  says: Bank;
  thinks: Bank;
  recalls: Bank;
  toward: Bank;
  /** What fills all its lines alike. */
  slots: Slots;
  temperament: Temperament;
  plan: Plan;
  heard: readonly Heard[];
  lately: Lately;
  prng: Prng;
}
