/**
 * Whether a brain has time for more than its turns need: by the share of the time in which it computed, over its last turns. So
 * neither the pace nor the number of shows need be known, and what else the machine does counts.
 */

/** Three rounds of four. */
const TURNS = 12;
/** A busier brain does what it must, until it is at work for less than `FREE` of the time: more takes half as long again at most. */
const BUSY = 0.7;
const FREE = 0.45;

interface Mark {
  atMs: number;
  /** What it had computed by then, in all. */
  computedMs: number;
}

export class Leisure {
  #marks: readonly Mark[] = [];
  #has = true;

  get has(): boolean {
    return this.#has;
  }

  /** To be told after each turn. */
  turn(mark: Mark): void {
    this.#marks = [...this.#marks, mark].slice(-TURNS - 1);
    const [first] = this.#marks;
    if (!first || this.#marks.length <= TURNS) return;
    const share = (mark.computedMs - first.computedMs) / Math.max(1, mark.atMs - first.atMs);
    this.#has = share < (this.#has ? BUSY : FREE);
  }
}
