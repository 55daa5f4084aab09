/** When the next pool opens, for a member who comes when none is open: as precisely as it is known. */
import type { ShowState } from '#core/state.ts';
import type { RunMode } from '../results.ts';

export type NextPool =
  | { with: 'doors'; atMs: number }
  /** After so many rounds beside the one that is on. `aboutMs`: null in a show that does not go by time now. */
  | { with: 'closingBell'; rounds: number; aboutMs: number | null }
  /** Nobody knows when a producer starts or resumes the show. */
  | { with: 'start' };

export interface Now {
  state: ShowState;
  mode: RunMode;
  nowMs: number;
  paceMs: number;
  /** Whether this episode, or the coming one, has or had a pool. */
  hadPool: boolean;
  timetable: {
    nextOpeningMs: () => number | null;
    /** Null where the show plays on after the next closing bell. */
    nextOpeningAfterBellMs: (bellMs: number) => number | null;
  };
}

export function nextPool({ state, mode, nowMs, paceMs, hadPool, timetable }: Now): NextPool {
  const { phase, phaseRound, rules } = state;
  const closedUntilMs = timetable.nextOpeningMs();
  if (closedUntilMs !== null) return { with: 'doors', atMs: closedUntilMs };
  if (phase !== 'episode' && mode !== 'running' && !hadPool) return { with: 'start' };
  const toOpeningBell = phase === 'episode' ? 0 : rules.intermissionRounds;
  const rounds = Math.max(0, toOpeningBell + rules.episodeRounds - phaseRound);
  const bellMs = nowMs + (rounds + 1) * paceMs;
  const openingMs = timetable.nextOpeningAfterBellMs(bellMs);
  if (openingMs !== null) return { with: 'doors', atMs: openingMs };
  return { with: 'closingBell', rounds, aboutMs: mode === 'running' && paceMs > 0 ? bellMs : null };
}
