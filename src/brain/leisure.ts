/**
 * Whether a brain has time for more than its turns need: by the share of the last minutes in which it had a turn to think. So neither
 * the pace nor the number of shows need be known, and what else the machine does counts.
 */

const WINDOW_MS = 180_000;
/** So long the brain is given the benefit of the doubt. */
const KNOWN_AFTER_MS = 60_000;
/** A busier brain does what it must, until its turns take less than `FREE`: with more to do they take up to twice as long. */
const BUSY = 0.7;
const FREE = 0.33;

interface Span {
  fromMs: number;
  toMs: number;
}

export class Leisure {
  /** In which it had a turn to think, oldest first. */
  #spans: readonly Span[] = [];
  #turns = 0;
  #startedMs: number | undefined;
  #sinceMs = 0;
  #has = true;

  get has(): boolean {
    return this.#has;
  }

  turnBegins(nowMs: number): void {
    this.#startedMs ??= nowMs;
    if (this.#turns === 0) this.#sinceMs = nowMs;
    this.#turns += 1;
  }

  turnEnds(nowMs: number): void {
    this.#turns -= 1;
    this.#spans = [...this.#spans, { fromMs: this.#sinceMs, toMs: nowMs }].filter(
      ({ toMs }) => toMs > nowMs - WINDOW_MS,
    );
    this.#sinceMs = nowMs;
    const knownMs = Math.min(WINDOW_MS, nowMs - (this.#startedMs ?? nowMs));
    if (knownMs < KNOWN_AFTER_MS) return;
    const busyMs = this.#spans.reduce(
      (sum, { fromMs, toMs }) => sum + toMs - Math.max(fromMs, nowMs - WINDOW_MS),
      0,
    );
    this.#has = busyMs / knownMs < (this.#has ? BUSY : FREE);
  }
}
