import type { Chance, ChanceRule } from './chance.ts';
import { keyedChance } from './keyed.ts';
import { sequentialChance } from './sequential.ts';

/** The chance of the state's round. What a sequence has used up is written back to the state as it is drawn. */
export function chanceOf(state: { seed: number; round: number } & ChanceRule): Chance {
  return state.rng === undefined ? keyedChance(state) : sequentialChance(state);
}
