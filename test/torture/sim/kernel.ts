/**
 * The time of a simulated world: whatever waits runs one after another, in an order that the seed alone decides. Nothing here
 * waits for the machine's clock, so a month passes in seconds, and the same seed passes it in the same way.
 */
import { setImmediate as hop } from 'node:timers/promises';

export interface Timer {
  cancel(): void;
}

interface Waiting {
  atMs: number;
  nth: number;
  act: (() => void) | null;
}

export class Kernel {
  /** Of the world, in milliseconds since 1970. What a bot believes it is may differ. */
  trueMs: number;
  /** Anything that ran: promises have settled when a turn of the loop adds nothing to it. */
  activity = 0;
  #nth = 0;
  readonly #heap: Waiting[] = [];

  constructor(startMs: number) {
    this.trueMs = startMs;
  }

  /** Runs `act` so many milliseconds from now. */
  after(ms: number, act: () => void): Timer {
    this.activity += 1;
    const waiting: Waiting = { atMs: this.trueMs + Math.max(0, ms), nth: (this.#nth += 1), act };
    this.#push(waiting);
    return {
      cancel: () => {
        waiting.act = null;
      },
    };
  }

  /** Resolves so many milliseconds from now. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Runs what comes next, and lets everything settle that follows from it. False when nothing is left to come. */
  async step(): Promise<boolean> {
    for (let next = this.#pop(); next; next = this.#pop()) {
      if (!next.act) continue;
      this.trueMs = Math.max(this.trueMs, next.atMs);
      next.act();
      await this.settle();
      return true;
    }
    return false;
  }

  /** Lets promises and immediates run until none of them does anything more. */
  async settle(): Promise<void> {
    for (let before = -1; before !== this.activity;) {
      before = this.activity;
      await hop();
      await hop();
    }
  }

  #push(waiting: Waiting): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(waiting);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || !isBefore(waiting, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = waiting;
  }

  #pop(): Waiting | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last || first === last) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      if (right && isBefore(right, left)) child += 1;
      const least = heap[child];
      if (!least || !isBefore(least, last)) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

const isBefore = (a: Waiting, b: Waiting): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.nth < b.nth);
