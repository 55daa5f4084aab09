/** Runs a job when it is asked for, but never twice at once and never more often than once an interval. */

interface Clock {
  nowMs(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export class Coalescer {
  readonly #job: () => Promise<void>;
  readonly #intervalMs: number;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #wanted = false;
  /** Who waits for everything to be done now. */
  #flushing = 0;
  #running: Promise<void> | null = null;
  #hurry = new AbortController();
  #lastRunMs = Number.NEGATIVE_INFINITY;

  /** `job` must not reject: whoever owns it handles its errors. */
  constructor(job: () => Promise<void>, intervalMs: number, clock: Clock) {
    this.#job = job;
    this.#intervalMs = intervalMs;
    this.#clock = clock;
  }

  ask(): void {
    if (this.#closing.signal.aborted) return;
    this.#wanted = true;
    this.#running ??= this.#run();
  }

  /** Resolves when everything asked for so far is done, without waiting for the interval. */
  async flush(): Promise<void> {
    this.#flushing++;
    this.#hurry.abort();
    await this.#running;
    this.#flushing--;
  }

  async close(): Promise<void> {
    this.#wanted = false;
    this.#closing.abort();
    await this.flush();
  }

  async #run(): Promise<void> {
    try {
      while (this.#wanted) {
        // Never longer than that, though the clock was set back.
        const leftMs = this.#lastRunMs + this.#intervalMs - this.#clock.nowMs();
        const waitMs = Math.min(leftMs, this.#intervalMs);
        if (waitMs > 0 && this.#flushing === 0) {
          this.#hurry = new AbortController();
          await this.#clock.sleep(waitMs, AbortSignal.any([this.#hurry.signal, this.#closing.signal]));
          if (!this.#wanted) return;
        }
        this.#wanted = false;
        this.#lastRunMs = this.#clock.nowMs();
        await this.#job();
      }
    } finally {
      // Here, where nothing was wanted a moment ago: whoever asks between this and what waits for the promise is heard.
      this.#running = null;
    }
  }
}
