/** How far a show has come. */
import type { ShowState } from '#core/state.ts';
import type { ShowStore } from '../ports/store.ts';
import type { ShowStatus } from '../results.ts';

export function progressOf(
  { season, episode, phase, round, phaseRound, rules, market }: ShowState,
  { turns, fumbles }: ReturnType<ShowStore['counts']>,
): Omit<
  ShowStatus,
  'mode' | 'paceMs' | 'late' | 'brain' | 'symptoms' | 'bellsUntilLead' | 'nextOpeningMs' | 'pendingPosts'
> {
  return {
    season,
    episode,
    phase,
    round,
    phaseRound,
    phaseRounds: phase === 'episode' ? rules.episodeRounds : rules.intermissionRounds,
    regime: market.regime,
    turns,
    fumbles,
  };
}
