/** One life of the bot's process: from a start to a kill. A dead one can do nothing to the world any more. */
import type { Clock } from '#show/ports/clock.ts';
import type { Kernel } from './kernel.ts';

/** What a statement or a request of a killed process runs into. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export class Life {
  readonly clock: Clock;
  readonly #kernel: Kernel;
  readonly #died: (where: string) => void;
  #dead = false;

  /** `died` is called once, at the very moment, before anything unwinds. */
  constructor(kernel: Kernel, skewMs: () => number, died: (where: string) => void) {
    this.#kernel = kernel;
    this.#died = died;
    this.clock = {
      nowMs: () => Math.round(kernel.trueMs + skewMs()),
      sleep: (ms, signal) => this.#sleep(ms, signal),
    };
  }

  get dead(): boolean {
    return this.#dead;
  }

  kill(where: string): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#died(where);
  }

  /** Ended in order. */
  end(): void {
    this.#dead = true;
  }

  /** Throws in a process that was killed: code that unwinds finds nothing working. */
  assertAlive(): void {
    if (this.#dead) throw new Killed('the process was killed');
  }

  /** Runs `act` later, unless the process is dead by then. */
  later(ms: number, act: () => void): void {
    this.#kernel.after(ms, () => {
      if (!this.#dead) act();
    });
  }

  /** Never resolves in a dead process. */
  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        timer.cancel();
        this.#kernel.activity += 1;
        if (!this.#dead) resolve();
      };
      const timer = this.#kernel.after(ms, wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
