/** Places whose last post failed: when each is tried again, ever more slowly, or as Discord said. */
import { RateLimitError } from 'discord.js';
import type { Place } from '../channels/places.ts';

const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;

export class RetryAfter {
  readonly #places = new Map<Place, { sinceMs: number; restMs: number; backoffMs: number }>();

  /** 0 for a place that need not rest. A clock that was set back does not make a rest longer. */
  untilMs(place: Place, nowMs: number): number {
    const retryAfter = this.#places.get(place);
    if (!retryAfter) return 0;
    retryAfter.sinceMs = Math.min(retryAfter.sinceMs, nowMs);
    return retryAfter.sinceMs + retryAfter.restMs;
  }

  /** Returns how long it rests, in milliseconds. */
  rest(place: Place, error: unknown, nowMs: number): number {
    const before = this.#places.get(place)?.backoffMs ?? BACKOFF_MIN_MS / 2;
    const backoffMs = Math.min(BACKOFF_MAX_MS, before * 2);
    const restMs = error instanceof RateLimitError ? Math.max(backoffMs, error.retryAfter) : backoffMs;
    this.#places.set(place, { sinceMs: nowMs, restMs, backoffMs });
    return restMs;
  }

  wake(place: Place): void {
    this.#places.delete(place);
  }

  wakeAll(): void {
    this.#places.clear();
  }
}
