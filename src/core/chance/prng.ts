/**
 * sfc32 (C. Doty-Humphrey, PractRand): small, fast, passes BigCrush. Only integer operations and division: the same
 * numbers on any machine.
 */
export type PrngState = readonly [number, number, number, number];

export class Prng {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(state: PrngState) {
    this.#a = state[0];
    this.#b = state[1];
    this.#c = state[2];
    this.#d = state[3];
  }

  static seed(seed: number): PrngState {
    return Prng.seeded(seed).state();
  }

  static seeded(seed: number): Prng {
    const prng = new Prng([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0x9e3779b9, 1]);
    for (let i = 0; i < 15; i++) prng.nextUint32();
    return prng;
  }

  state(): PrngState {
    return [this.#a, this.#b, this.#c, this.#d];
  }

  nextUint32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(): number {
    return this.nextUint32() / 2 ** 32;
  }

  /** Uniform integer in [0, below). */
  below(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  /** True with a chance of `bps` basis points. */
  chance(bps: number): boolean {
    return this.below(10_000) < bps;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('pick needs at least one item');
    return item;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }

  /**
   * Student t with four degrees of freedom scaled to unit variance: fat tails with only + - * / and sqrt, so that every
   * machine draws the same bits. Polar method of R. W. Bailey, Mathematics of Computation 62 (1994), with w^(-2/4) =
   * 1/sqrt(w).
   */
  studentT4(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const w = u * u + v * v;
      if (w > 0 && w <= 1) return (u * Math.sqrt((4 * (1 / Math.sqrt(w) - 1)) / w)) / Math.SQRT2;
    }
  }
}
