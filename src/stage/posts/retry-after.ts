/** When places whose last post failed are tried again: ever more slowly, or as Discord asked. */
import { RateLimitError } from 'discord.js';
import { Backoff } from '#lib/backoff.ts';
import type { Place } from '../channels/places.ts';

const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;

export class RetryAfter {
  readonly #places = new Map<Place, { sinceMs: number; restMs: number; backoff: Backoff }>();

  /** 0 for a place that need not rest. A clock that is set back does not make a rest longer. */
  untilMs(place: Place, nowMs: number): number {
    const retryAfter = this.#places.get(place);
    if (!retryAfter) return 0;
    retryAfter.sinceMs = Math.min(retryAfter.sinceMs, nowMs);
    return retryAfter.sinceMs + retryAfter.restMs;
  }

  /** Returns how long the place rests, in milliseconds. */
  rest(place: Place, error: unknown, nowMs: number): number {
    const backoff =
      this.#places.get(place)?.backoff ?? new Backoff({ minMs: BACKOFF_MIN_MS, maxMs: BACKOFF_MAX_MS });
    const backoffMs = backoff.next();
    const restMs = error instanceof RateLimitError ? Math.max(backoffMs, error.retryAfter) : backoffMs;
    this.#places.set(place, { sinceMs: nowMs, restMs, backoff });
    return restMs;
  }

  wake(place: Place): void {
    this.#places.delete(place);
  }

  wakeAll(): void {
    this.#places.clear();
  }
}
