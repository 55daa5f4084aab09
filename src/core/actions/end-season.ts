/** The season has had its time: the next closing bell ends it. */
import type { Draft } from './draft.ts';

export interface EndSeason {
  type: 'endSeason';
}

export function endSeason({ state }: Draft<never>): void {
  state.seasonEnding = true;
}
