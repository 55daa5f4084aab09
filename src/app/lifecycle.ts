/** What the process keeps open, and what ends it. */
import { EXIT, ExitError, lineOf, sayWhy } from './exit.ts';

/** After a signal the process ends within 5 s. What is not closed by then is safe: every change is one transaction. */
const CLOSING_LIMIT_MS = 4_500;

/**
 * One Ctrl+C arrives more than once: a terminal signals every process of the program, as a service manager does, and `npm start`
 * passes on to this one what it received itself. No person is that fast.
 */
const ECHO_MS = 250;

export class Lifecycle {
  readonly #stop = new AbortController();
  readonly #closers: (() => unknown)[] = [];
  readonly #atOnce: (() => void)[] = [];
  /** What ended the show, if not a signal. */
  #ending: unknown = null;
  /** What it ends with where it is told to end before its work is done; null where it may end at any time. */
  #cutShort: unknown = null;

  /** Aborts when the program is to end. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** Closed in reverse order. */
  onClose(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** From now on who tells it to end cuts its work short, and it ends with this error; null where the work is done. */
  owe(cutShort: unknown): void {
    this.#cutShort = cutShort;
  }

  /** Ends the show, with an error if a person has to act. The first one counts. */
  end(ending: unknown = this.#cutShort): void {
    this.#ending ??= ending;
    this.#stop.abort();
  }

  /** Done when the second signal ends the process at once. */
  onAtOnce(act: () => void): void {
    this.#atOnce.push(act);
  }

  /** The first signal ends the show in order, the second at once. */
  heedSignals(): void {
    let firstMs = Number.NEGATIVE_INFINITY;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        const nowMs = performance.now();
        if (nowMs - firstMs < ECHO_MS) return;
        if (this.stop.aborted) {
          for (const act of this.#atOnce) act();
          process.exit(EXIT.atOnce);
        }
        firstMs = nowMs;
        this.end();
      });
    }
  }

  /** Runs `work`, closes everything, and throws what a person has to know. Work that the stop cut short has not failed. */
  async hold(work: () => Promise<void>): Promise<void> {
    this.stop.addEventListener('abort', () => this.#limitClosing(), { once: true });
    try {
      await work();
    } catch (error) {
      if (!this.stop.aborted) this.end(error);
      else if (this.#endsByStop() && error !== this.stop.reason) tellCutShort(error);
    } finally {
      await this.#close();
    }
    if (this.#ending !== null) throw this.#ending;
  }

  /** Whether nothing went wrong before the stop. */
  #endsByStop(): boolean {
    return this.#ending === null || this.#ending === this.#cutShort;
  }

  async #close(): Promise<void> {
    for (const close of this.#closers.toReversed()) await close();
    this.#closers.length = 0;
  }

  #limitClosing(): void {
    setTimeout(() => {
      if (this.#ending !== null) sayWhy(this.#ending);
      process.exit();
    }, CLOSING_LIMIT_MS).unref();
  }
}

/** Only what says itself how the process ends has an exit code: all else went wrong because of the stop. */
function tellCutShort(error: unknown): void {
  console.error(lineOf(error));
  if (error instanceof ExitError) process.exitCode = error.code;
}
