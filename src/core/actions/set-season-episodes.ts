/** How many episodes a season has, from now on. */
import type { Draft } from './draft.ts';

export interface SetSeasonEpisodes {
  type: 'setSeasonEpisodes';
  /** Every nth episode ends a season; null: no season ends by its number of episodes. */
  episodes: number | null;
}

export function setSeasonEpisodes({ state }: Draft<never>, { episodes }: SetSeasonEpisodes): void {
  state.rules.seasonEpisodes = episodes ?? 0;
}
