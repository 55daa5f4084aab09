/** The show's turns go first: whoever asks a brain aside waits until no turn is being thought, and stops when one begins. */
export class RightOfWay {
  #turns = 0;
  #clear = Promise.withResolvers<void>();
  readonly #asides = new Set<AbortController>();

  constructor() {
    this.#clear.resolve();
  }

  async turn<T>(think: () => Promise<T>): Promise<T> {
    if (this.#turns === 0) this.#clear = Promise.withResolvers<void>();
    this.#turns += 1;
    for (const aside of this.#asides) aside.abort();
    try {
      return await think();
    } finally {
      this.#turns -= 1;
      if (this.#turns === 0) this.#clear.resolve();
    }
  }

  /** Asks, and asks again for as long as turns come between; rejects with the signal's reason. */
  async aside<T>(ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      while (this.#turns > 0) await this.#clear.promise;
      signal.throwIfAborted();
      const stopped = new AbortController();
      this.#asides.add(stopped);
      try {
        const answer = await ask(AbortSignal.any([signal, stopped.signal]));
        if (!stopped.signal.aborted) return answer;
      } finally {
        this.#asides.delete(stopped);
      }
    }
  }
}
