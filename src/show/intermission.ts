/** How long an intermission lasts: as long as its pool is meant to be open, whatever pace a producer sets. */
import type { Recorder } from './recorder.ts';

/** At least one round, for the pool to be seen; otherwise never longer than `ms`. */
export function intermissionRounds(ms: number, paceMs: number): number {
  return Math.max(1, Math.floor(ms / paceMs));
}

/** Within a transaction. `ms` null, or a show without a pace: it lasts the rounds that its rules say. */
export function fitIntermission(recorder: Recorder, ms: number | null, paceMs: number): void {
  if (ms === null || paceMs === 0) return;
  const rounds = intermissionRounds(ms, paceMs);
  if (rounds !== recorder.state.rules.intermissionRounds) recorder.act({ type: 'setIntermission', rounds });
}
