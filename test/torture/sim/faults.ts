/**
 * Which faults strike when. Each kind has its own keyed chance and counts its own opportunities, so leaving one fault out does
 * not move another: that is what makes a failing run small.
 */
import { keyedNumbers } from '#core/chance/keyed.ts';

/** How often a kind strikes in a seed of middling luck: once in so many opportunities. */
export const FAULTS = {
  'kill at a statement': 6_000,
  'kill before a commit': 2_500,
  'kill after a commit': 2_500,
  'kill before a request': 900,
  'kill after a request': 900,
  'torn log': 2,
  'failed write': 1_500,
  'failed commit': 1_500,
  'failed command': 4,
  'full disk': 100,
  'request refused': 60,
  'answer lost': 50,
  'rate limit': 150,
  'slow answer': 80,
  'failed reading': 12,
  outage: 400,
  'gateway cut': 150,
  'events lost': 2,
  'late event': 6,
  'doubled event': 10,
  'reordered event': 6,
  'brain stall': 120,
  'brain error': 90,
  'brain nonsense': 120,
  'slow brain': 30,
  'clock jump': 700,
  'wrong clock': 6,
  'lost tick': 20,
  'doubled tick': 20,
  'webhook deleted': 2_500,
  'pool deleted': 1_500,
  'reactions cleared': 1_500,
  'restart in order': 500,
} as const;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];

/** Some seeds are spared a kind, some get it often: troubles meet in other company in every seed. */
const MOODS = [0, 0.3, 1, 1, 4] as const;

interface Counter {
  seen: number;
  /** The opportunity that it strikes next. */
  next: number;
  struck: number;
  oneIn: number;
}

export class Faults {
  readonly #seed: number;
  readonly #only: ReadonlySet<string> | null;
  readonly #counters = new Map<FaultKind, Counter>();
  /** What struck, in order: `kind@opportunity`. */
  readonly struck: string[] = [];
  #over = false;

  /** `only`: the faults that may strike; null for all that the seed holds. */
  constructor(seed: number, only: readonly string[] | null) {
    this.#seed = seed;
    this.#only = only === null ? null : new Set(only);
    for (const kind of FAULT_KINDS) {
      const mood = keyedNumbers(seed, 'torture-mood', 0, kind).pick(MOODS);
      const counter: Counter = { seen: 0, next: Infinity, struck: 0, oneIn: FAULTS[kind] / mood };
      this.#counters.set(kind, counter);
      this.#draw(kind, counter);
    }
  }

  /** Nothing strikes any more. */
  end(): void {
    this.#over = true;
  }

  /** Looks at the world without giving a fault the chance to strike. */
  aside<T>(look: () => T): T {
    const over = this.#over;
    this.#over = true;
    try {
      return look();
    } finally {
      this.#over = over;
    }
  }

  /** An opportunity of this kind: true when it strikes. */
  strike(kind: FaultKind): boolean {
    const counter = this.#counters.get(kind);
    if (!counter || this.#over) return false;
    const at = counter.seen;
    counter.seen += 1;
    if (at < counter.next) return false;
    counter.struck += 1;
    this.#draw(kind, counter);
    const name = `${kind}@${at}`;
    if (this.#only !== null && !this.#only.has(name)) return false;
    this.struck.push(name);
    return true;
  }

  /** A number from 0 to 1 that belongs to the last stroke of this kind. */
  size(kind: FaultKind): number {
    return keyedNumbers(this.#seed, 'torture-size', this.#counters.get(kind)?.struck ?? 0, kind).uniform();
  }

  #draw(kind: FaultKind, counter: Counter): void {
    if (!Number.isFinite(counter.oneIn)) return;
    const luck = keyedNumbers(this.#seed, 'torture-fault', counter.struck, kind).uniform();
    // The gap between two strokes of which each opportunity has the same chance.
    const gap = Math.floor(Math.log(1 - luck) / Math.log(1 - Math.min(0.999, 1 / counter.oneIn)));
    counter.next = counter.seen + Math.max(0, gap);
  }
}
