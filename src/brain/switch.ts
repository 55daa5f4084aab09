/** A brain that can be exchanged while the show runs: a turn in flight ends on the brain it began with. */
import type { Answer, Brain, Turn } from '#show/ports/brain.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { StoppableBrain } from './stand-in.ts';

const NOBODY: ReadonlySet<TraderId> = new Set();

export class BrainSwitch implements StoppableBrain {
  #current: Brain;
  /** Turns in flight, by the brain that plays them. */
  readonly #thinking = new Map<Brain, Set<Promise<Answer>>>();
  #closed = false;

  constructor(first: Brain) {
    this.#current = first;
  }

  get label(): string {
    return this.#current.label;
  }

  /** Of the brain that thinks now. */
  get stoppedBy(): string | null {
    return this.#current.stoppedBy ?? null;
  }

  /** By the brain that thinks now. */
  get leftOut(): ReadonlySet<TraderId> {
    return this.#current.leftOut ?? NOBODY;
  }

  async think(turn: Turn, signal: AbortSignal): Promise<Answer> {
    const brain = this.#current;
    const answer = brain.think(turn, signal);
    const own = this.#thinking.get(brain) ?? new Set<Promise<Answer>>();
    this.#thinking.set(brain, own.add(answer));
    try {
      return await answer;
    } finally {
      own.delete(answer);
    }
  }

  /** From now on `next` thinks. Resolves when the former brain has ended its last turn and is closed. */
  async to(next: Brain): Promise<void> {
    if (this.#closed) {
      await next.close();
      return;
    }
    const before = this.#current;
    this.#current = next;
    const inFlight: ReadonlySet<Promise<Answer>> = this.#thinking.get(before) ?? new Set();
    await Promise.allSettled(inFlight);
    this.#thinking.delete(before);
    await before.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#current.close();
  }
}
