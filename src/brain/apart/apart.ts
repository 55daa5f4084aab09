/**
 * A brain in a process of its own, as the show sees it. A crash, a hang or a lack of memory there costs the turns that were being
 * thought; the process starts again, ever more slowly, and until it thinks this brain has stopped, so that another plays on.
 */
import type { ChildProcess } from 'node:child_process';
import type { Fumble, TraderId } from '#core/vocabulary.ts';
import { FumbleError, type Answer, type Turn } from '#show/ports/brain.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import { Backoff } from '#lib/backoff.ts';
import { errorText } from '#lib/error-text.ts';
import { BrainStoppedError, type StoppableBrain } from '../stand-in.ts';
import { isCrash } from './crash.ts';
import type { FromChild, OpeningTrouble, ToChild } from './protocol.ts';

export interface ApartOptions<Opening> {
  /** Starts the process, with a channel for messages. */
  start: () => ChildProcess;
  /** What the process opens, sent to it as its first message. */
  opening: Opening;
  /**
   * What it opens from then on, after native code ended one that opened `crashed`, or had just done so; where `crashed` has thought for
   * long before, after two in a row. The same object for the same again, which is the default. `onGpu` is null while nobody knows.
   */
  afterCrash?: ((crashed: Opening, how: string, onGpu: boolean | null) => Opening) | undefined;
  clock: Clock;
  log: Log;
  /** How long an answer that is no longer wanted may go on being thought; then the process hangs. */
  hangMs?: number;
  retry?: Waits;
  /** How long a process that was started again may take to open. */
  patience?: Waits;
}

/** The first, and the longest: each try that comes to nothing doubles it. */
interface Waits {
  minMs: number;
  maxMs: number;
}

/** The brain could not be opened, for a reason that a new try will not mend. */
export class ApartError extends Error {
  readonly trouble: OpeningTrouble;
  constructor(trouble: OpeningTrouble, message: string) {
    super(message);
    this.name = 'ApartError';
    this.trouble = trouble;
  }
}

const HANG_MS = 30_000;
const RETRY = { minMs: 1_000, maxMs: 300_000 };
/** 12 GB from a disk that gives 20 MB a second take ten minutes. */
const PATIENCE = { minMs: 600_000, maxMs: 3_600_000 };
const HEALTHY_MS = 60_000;
const CLOSING_LIMIT_MS = 3_000;
const CLOSED = 'the brain was closed before the turn was thought';

interface Call {
  resolve: (answer: Answer) => void;
  reject: (error: FumbleError) => void;
}

/** Rejects with ApartError when the first try to open it fails, or with the signal's reason. */
export async function openApart<Opening>(
  options: ApartOptions<Opening>,
  signal: AbortSignal,
): Promise<StoppableBrain> {
  const brain = new ApartBrain(options);
  await brain.begin(signal);
  return brain;
}

class ApartBrain<Opening> implements StoppableBrain {
  readonly #options: ApartOptions<Opening>;
  readonly #closing = new AbortController();
  readonly #backoff: Backoff;
  readonly #patience: Backoff;
  readonly #calls = new Map<number, Call>();
  #child: ChildProcess | null = null;
  /** What is opened since a crash; null for what the options say. */
  #otherOpening: { opening: Opening } | null = null;
  /** Crashes that leave what is opened as it is: one after a long life. What that met may pass, as when another takes the GPU's memory. */
  #sparedCrashes = 0;
  #label = '';
  #leftOut: ReadonlySet<TraderId> = new Set();
  #stoppedBy: string | null = null;
  #lastCall = 0;

  constructor(options: ApartOptions<Opening>) {
    this.#options = options;
    this.#backoff = new Backoff(options.retry ?? RETRY);
    this.#patience = new Backoff(options.patience ?? PATIENCE);
  }

  get label(): string {
    return this.#label;
  }

  get stoppedBy(): string | null {
    return this.#stoppedBy;
  }

  get leftOut(): ReadonlySet<TraderId> {
    return this.#leftOut;
  }

  async begin(signal: AbortSignal): Promise<void> {
    const stop = (): void => void this.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      await this.#openFirst();
      signal.throwIfAborted();
    } catch (error) {
      await this.close();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async think(turn: Turn, signal: AbortSignal): Promise<Answer> {
    if (this.#closing.signal.aborted) throw new FumbleError('aborted', CLOSED);
    if (this.#stoppedBy !== null) throw new BrainStoppedError(this.#stoppedBy);
    const call = (this.#lastCall += 1);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#calls.set(call, { resolve, reject });
    const onAbort = (): void => this.#abort(call);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#send({ type: 'think', call, turn });
    if (signal.aborted) onAbort();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#failCalls('aborted', CLOSED);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const left = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.#send({ type: 'close' });
    const limit = setTimeout(() => child.kill('SIGKILL'), CLOSING_LIMIT_MS);
    await left;
    clearTimeout(limit);
  }

  async #openFirst(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      if (this.#otherOpening === null || this.#closing.signal.aborted) throw error;
      await this.#open();
    }
  }

  /** Resolves when the process thinks. Rejects with ApartError when it cannot. */
  #open(): Promise<void> {
    const { start, clock } = this.#options;
    const { opening } = this.#otherOpening ?? this.#options;
    let openedMs: number | null = null;
    let onGpu: boolean | null = null;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const child = start();
    this.#child = child;
    child.on('message', (message: FromChild) => {
      if (message.type === 'opened') {
        this.#label = message.label;
        this.#leftOut = message.leftOut;
        this.#stoppedBy = null;
        openedMs = clock.nowMs();
        resolve();
      } else if (message.type === 'failed') {
        reject(new ApartError(message.trouble, message.message));
        child.kill('SIGKILL');
      } else if (message.type === 'computes') onGpu = message.onGpu;
      else this.#settle(message);
    });
    child.on('error', (error) => reject(new ApartError('fault', errorText(error))));
    child.on('exit', (code, signal) => {
      const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
      const wasHealthy = openedMs !== null && clock.nowMs() - openedMs >= HEALTHY_MS;
      if (wasHealthy) this.#sparedCrashes = 1;
      else if (isCrash(code, signal)) this.#crashed(opening, how, onGpu);
      reject(new ApartError('fault', `the process that thinks ended ${how} while it opened the model`));
      if (this.#child === child && this.#label !== '') this.#ended(how, wasHealthy);
    });
    this.#send({ type: 'open', opening });
    return promise;
  }

  #crashed(opening: Opening, how: string, onGpu: boolean | null): void {
    if (this.#closing.signal.aborted) return;
    if (this.#sparedCrashes > 0) {
      this.#sparedCrashes -= 1;
      return;
    }
    const { afterCrash } = this.#options;
    const next = afterCrash?.(opening, `the process that thinks ended ${how}`, onGpu) ?? opening;
    if (next !== opening) this.#otherOpening = { opening: next };
  }

  #settle(message: Extract<FromChild, { call: number }>): void {
    const call = this.#calls.get(message.call);
    this.#calls.delete(message.call);
    if (message.type === 'answer') call?.resolve(message.answer);
    else call?.reject(new FumbleError(message.code, message.message));
  }

  /** The process has until the limit to end the call; one that does not hangs. */
  #abort(call: number): void {
    const { clock, log, hangMs = HANG_MS } = this.#options;
    const child = this.#child;
    this.#send({ type: 'abort', call });
    void clock.sleep(hangMs, this.#closing.signal).then(() => {
      if (!this.#calls.has(call) || this.#child !== child || this.#closing.signal.aborted) return;
      log.error(
        { hangMs },
        'the process that thinks does not answer any more; it is ended and started again',
      );
      child?.kill('SIGKILL');
    });
  }

  #ended(how: string, wasHealthy: boolean): void {
    const { log } = this.#options;
    this.#child = null;
    this.#failCalls('engine_error', `the process that thinks ended ${how}`);
    if (this.#closing.signal.aborted || this.#stoppedBy !== null) return;
    if (wasHealthy) this.#backoff.reset();
    this.#stoppedBy = `the process that thinks ended ${how}, and starts again`;
    log.error({ brain: this.#label }, `${this.#stoppedBy}; until then another brain plays`);
    void this.#revive();
  }

  async #revive(): Promise<void> {
    const { clock, log } = this.#options;
    while (this.#stoppedBy !== null && !this.#closing.signal.aborted) {
      const retryInMs = this.#backoff.next();
      await clock.sleep(retryInMs, this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      const opening = new AbortController();
      try {
        const opened = this.#open();
        this.#endUnlessOpened(opening.signal);
        await opened;
        this.#patience.reset();
        log.warn({ brain: this.#label }, 'the process that thinks is back');
      } catch (error) {
        log.error(
          { error: errorText(error), retryInMs },
          'the process that thinks could not start; it is tried again',
        );
      } finally {
        opening.abort();
      }
    }
  }

  /** A process that neither opens the model nor ends would keep every further one from being started. */
  #endUnlessOpened(over: AbortSignal): void {
    const { clock, log } = this.#options;
    const child = this.#child;
    const patienceMs = this.#patience.next();
    void clock.sleep(patienceMs, over).then(() => {
      if (over.aborted) return;
      log.error({ patienceMs }, 'the process that thinks has not opened the model yet; it is ended');
      child?.kill('SIGKILL');
    });
  }

  #failCalls(code: Fumble, message: string): void {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const { reject } of calls) reject(new FumbleError(code, message));
  }

  #send(message: ToChild<Opening>): void {
    const child = this.#child;
    // Its end settles what was not sent.
    if (child?.connected) child.send(message, () => {});
  }
}
