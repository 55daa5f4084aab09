/** What the process keeps open, what ends it, and with which exit code. */
import { BacklotError } from '#backlot/backlot-error.ts';
import { errorText } from '#lib/error-text.ts';
import { ContentError } from './content.ts';
import { SeedError } from './open-show.ts';
import { ModelFetchError } from '#brain/download/error.ts';
import { EngineUnavailableError, ModelFileError, TemplateError } from '#brain/engine/errors.ts';
import { RemoteBrainError } from '#brain/remote/address.ts';
import { redact } from '#lib/redact.ts';
import { StoreError } from '#store/store.ts';

export const EXIT = {
  done: 0,
  fault: 1,
  badInput: 2,
  discordRefused: 3,
  showIsOpen: 4,
  atOnce: 130,
} as const;

/** After a signal the process ends within 5 s. What is not closed by then is safe: every change is one transaction. */
const CLOSING_LIMIT_MS = 4_500;

/**
 * One Ctrl+C comes more than once: a terminal, as a service manager, signals every process of a program, and `npm start` hands
 * on to this one what it got itself. A person is not that fast.
 */
const ECHO_MS = 250;

/** Errors of one line that a person mends by giving something else. */
const BAD_INPUT = [
  BacklotError,
  ContentError,
  SeedError,
  ModelFileError,
  ModelFetchError,
  TemplateError,
  EngineUnavailableError,
  RemoteBrainError,
];

/** A line for the person at the terminal and the exit code that goes with it. */
export class Farewell extends Error {
  readonly code: number;
  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export class Lifecycle {
  readonly #stop = new AbortController();
  readonly #closers: (() => unknown)[] = [];
  readonly #atOnce: (() => void)[] = [];
  /** What ended the show, if not a signal. */
  #farewell: unknown = null;

  /** Aborts when the program is to end. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** Closed in reverse order. */
  onClose(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Ends the show, with an error if a person has to act. The first one counts. */
  end(farewell: unknown = null): void {
    this.#farewell ??= farewell;
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

  /** Runs `work`, closes everything, and throws what a person has to know. What the stop cut short is no failure. */
  async hold(work: () => Promise<void>): Promise<void> {
    this.stop.addEventListener('abort', () => this.#limitClosing(), { once: true });
    try {
      await work();
    } catch (error) {
      if (!this.stop.aborted) this.end(error);
      else if (this.#farewell === null && error !== this.stop.reason) console.error(lineOf(error));
    } finally {
      await this.#close();
    }
    if (this.#farewell !== null) throw this.#farewell;
  }

  async #close(): Promise<void> {
    for (const close of this.#closers.toReversed()) await close();
    this.#closers.length = 0;
  }

  #limitClosing(): void {
    setTimeout(() => {
      if (this.#farewell !== null) sayFarewell(this.#farewell);
      process.exit();
    }, CLOSING_LIMIT_MS).unref();
  }
}

/** Prints what ended the process and sets its exit code. */
export function sayFarewell(error: unknown): void {
  const code = exitCodeOf(error);
  // A fault of the program shows where; everything else is one line for a person.
  const detail = code === EXIT.fault && error instanceof Error ? error.stack : undefined;
  console.error(detail === undefined ? lineOf(error) : redact(detail));
  process.exitCode = code;
}

function lineOf(error: unknown): string {
  return redact(errorText(error));
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Farewell) return error.code;
  if (error instanceof StoreError) return error.code === 'locked' ? EXIT.showIsOpen : EXIT.badInput;
  return BAD_INPUT.some((kind) => error instanceof kind) ? EXIT.badInput : EXIT.fault;
}
