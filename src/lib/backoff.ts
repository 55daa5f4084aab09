/** How long to wait before the next try: twice as long after each one that failed, from `minMs` to `maxMs`, in milliseconds. */
export class Backoff {
  readonly #minMs: number;
  readonly #maxMs: number;
  #nextMs: number;

  constructor({ minMs, maxMs }: { minMs: number; maxMs: number }) {
    this.#minMs = minMs;
    this.#maxMs = maxMs;
    this.#nextMs = minMs;
  }

  /** The wait after one more failure. */
  next(): number {
    const waitMs = this.#nextMs;
    this.#nextMs = Math.min(this.#maxMs, waitMs * 2);
    return waitMs;
  }

  /** It works again: the next failure waits `minMs`. */
  reset(): void {
    this.#nextMs = this.#minMs;
  }
}
