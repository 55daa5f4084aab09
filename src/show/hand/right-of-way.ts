import { abortable } from '#lib/abortable.ts';

/** So many turns go before an aside: three rounds of four. Where rounds take longer than their pace, no gap is long enough for one. */
const TURNS_BEFORE = 12;

/**
 * The show's turns go first: whoever asks a brain aside waits until no turn is being thought, and stops when one begins. Who was
 * passed by too often is asked beside the turns.
 */
export class RightOfWay {
  #turns = 0;
  #clear = Promise.withResolvers<void>();
  #waiting = 0;
  /** Turns that have gone before those who wait. */
  #before = 0;
  readonly #asides = new Set<AbortController>();

  constructor() {
    this.#clear.resolve();
  }

  async turn<T>(think: () => Promise<T>): Promise<T> {
    if (this.#turns === 0) this.#clear = Promise.withResolvers<void>();
    this.#turns += 1;
    if (this.#waiting > 0) this.#before += 1;
    if (this.#givesWay) for (const aside of this.#asides) aside.abort();
    try {
      return await think();
    } finally {
      this.#turns -= 1;
      if (this.#turns === 0) this.#clear.resolve();
    }
  }

  /** Asks, and asks again after turns that came between; rejects with the signal's reason. */
  async aside<T>(ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    this.#waiting += 1;
    try {
      for (;;) {
        while (this.#givesWay && this.#turns > 0) await abortable(this.#clear.promise, signal);
        signal.throwIfAborted();
        const { answer, stopped } = await this.#ask(ask, signal);
        if (!stopped) return answer;
      }
    } finally {
      this.#waiting -= 1;
    }
  }

  get #givesWay(): boolean {
    return this.#before < TURNS_BEFORE;
  }

  async #ask<T>(
    ask: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<{ answer: T; stopped: boolean }> {
    const stop = new AbortController();
    const isAlone = this.#turns === 0;
    const before = this.#before;
    this.#asides.add(stop);
    try {
      const answer = await ask(AbortSignal.any([signal, stop.signal]));
      if (isAlone && this.#before === before) this.#before = 0;
      return { answer, stopped: stop.signal.aborted };
    } finally {
      this.#asides.delete(stop);
    }
  }
}
