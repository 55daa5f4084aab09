/** The minds of a brain that plays on several floors. */
import type { TraderId } from '#core/vocabulary.ts';
import type { Mind } from '../engine/engine.ts';

/** What a brain asks of a mind. */
export type AskedMind = Pick<Mind, 'id' | 'answer' | 'write'>;

/** Every trader has as many minds as there are floors, all with the same fixed prompt. */
export class Minds {
  readonly #ofTrader = new Map<TraderId, AskedMind[]>();
  /** Turns that each has under way or waiting. */
  readonly #busy = new Map<AskedMind, number>();

  add(trader: TraderId, mind: AskedMind): void {
    this.#ofTrader.set(trader, [...(this.#ofTrader.get(trader) ?? []), mind]);
    this.#busy.set(mind, 0);
  }

  /** The one of this trader that has least to do: which one answers makes no difference to the answer. To be given back. */
  take(trader: TraderId): AskedMind | undefined {
    const own = this.#ofTrader.get(trader);
    const mind = own?.reduce((a, b) => (this.#turns(b) < this.#turns(a) ? b : a));
    if (mind) this.#busy.set(mind, this.#turns(mind) + 1);
    return mind;
  }

  giveBack(mind: AskedMind): void {
    this.#busy.set(mind, this.#turns(mind) - 1);
  }

  without(trader: TraderId): void {
    this.#ofTrader.delete(trader);
  }

  #turns(mind: AskedMind): number {
    return this.#busy.get(mind) ?? 0;
  }
}
