/** A show that may play plays, whatever struck: its process can live, or start again and again, and the show be dead. */
import type { Show } from '#show/show.ts';
import { must } from './violation.ts';

const EVERY_MS = 3_600_000;
/** Longer than any outage, any full disk and any wait before the next try. */
const LONGEST_MS = 2 * 86_400_000;

export class Standstill {
  #round = -1;
  /** Since when it has played no round that it might have played; null while it rests. */
  #sinceMs: number | null = null;
  #lookedMs = Number.NEGATIVE_INFINITY;

  /** `show`: null while it is away; then it is taken to be as it was when it went. */
  watch(show: Show | null, nowMs: number): void {
    if (nowMs - this.#lookedMs < EVERY_MS) return;
    this.#lookedMs = nowMs;
    const rests = show !== null && (show.status().mode !== 'running' || !show.timetable.isOpen());
    const moved = show !== null && show.state.round !== this.#round;
    if (show) this.#round = show.state.round;
    if (rests) this.#sinceMs = null;
    else if (moved || (show && this.#sinceMs === null)) this.#sinceMs = nowMs;
    const stillMs = this.#sinceMs === null ? 0 : nowMs - this.#sinceMs;
    must(
      stillMs <= LONGEST_MS,
      'the show goes on',
      () => `no round after round ${this.#round} for ${Math.round(stillMs / 3_600_000)} hours`,
    );
  }
}
