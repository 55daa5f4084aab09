/**
 * Runs jobs one after another, in the order in which they were given. A job that fails rejects for whoever gave it; the next
 * one still runs.
 */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(job: () => T | Promise<T>): Promise<T> {
    const done = this.#last.then(job);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when everything that was given so far has ended, well or not. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
