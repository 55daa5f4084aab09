import type { TraderId } from '#core/vocabulary.ts';
import { abortable } from '#lib/abortable.ts';

/** So many turns go before an aside: three rounds of four. Where rounds take longer than their pace, no gap is long enough for one. */
const TURNS_BEFORE = 12;

/**
 * The show's turns go first: whoever asks a brain aside waits until no turn is being thought, and stops when one begins. Who was
 * passed by too often is asked beside the turns of the other traders.
 */
export class RightOfWay {
  readonly #thinking: TraderId[] = [];
  /** Those of them who were told a tip. */
  readonly #listening = new Set<TraderId>();
  #turnOver = Promise.withResolvers<void>();
  #waiting = 0;
  /** Turns that have gone before those who wait. */
  #before = 0;
  readonly #asides = new Map<AbortController, TraderId>();

  /** Whether the trader's own turn is being thought. */
  isThinking(trader: TraderId): boolean {
    return this.#thinking.includes(trader);
  }

  /** Whether that turn's brain was told a tip, which it has heard when it decides. */
  isListening(trader: TraderId): boolean {
    return this.#listening.has(trader);
  }

  async turn<T>(trader: TraderId, think: () => Promise<T>, { isTold = false } = {}): Promise<T> {
    this.#thinking.push(trader);
    if (isTold) this.#listening.add(trader);
    this.#before = this.#waiting > 0 ? this.#before + 1 : 0;
    for (const [aside, asked] of this.#asides) if (!this.#mayAsk(asked)) aside.abort();
    try {
      return await think();
    } finally {
      this.#thinking.splice(this.#thinking.indexOf(trader), 1);
      this.#listening.delete(trader);
      this.#turnOver.resolve();
      this.#turnOver = Promise.withResolvers();
    }
  }

  /** Asks, and asks again after turns that came between; rejects with the signal's reason. */
  async aside<T>(
    trader: TraderId,
    ask: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    this.#waiting += 1;
    try {
      for (;;) {
        while (!this.#mayAsk(trader)) await abortable(this.#turnOver.promise, signal);
        signal.throwIfAborted();
        const { answer, stopped } = await this.#ask(trader, ask, signal);
        if (!stopped) return answer;
      }
    } finally {
      this.#waiting -= 1;
    }
  }

  #mayAsk(trader: TraderId): boolean {
    if (this.#before < TURNS_BEFORE) return this.#thinking.length === 0;
    return !this.isThinking(trader);
  }

  async #ask<T>(
    trader: TraderId,
    ask: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<{ answer: T; stopped: boolean }> {
    const stop = new AbortController();
    this.#asides.set(stop, trader);
    try {
      const answer = await ask(AbortSignal.any([signal, stop.signal]));
      return { answer, stopped: stop.signal.aborted };
    } finally {
      this.#asides.delete(stop);
    }
  }
}
