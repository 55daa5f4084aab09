/** A season gets a world of its own: that of the one before, once it is known, tells nothing about it. */
import { assertThat } from '../assert.ts';
import type { Draft } from './draft.ts';

export interface SeedSeason {
  type: 'seedSeason';
  /** A whole number from 0. */
  seed: number;
}

export function seedSeason({ state }: Draft<never>, { seed }: SeedSeason): void {
  assertThat(
    !state.roundOpen && state.phase === 'intermission' && state.phaseRound === 0,
    'a season is seeded as it begins',
  );
  assertThat(Number.isSafeInteger(seed) && seed >= 0, 'a seed is a whole number from 0');
  state.seed = seed;
}
