/**
 * What a model usually finds likely on one floor: its habits at first, then what it has seen since. How readily it buys is shifted by
 * a whole show's company and books, too, and that is habit as much as the words of its weights.
 */
import type { Way } from '../engine/answer/choice.ts';
import { wayKey, type Habits } from './chooser.ts';

/** So many turns the habits count for. */
const HABIT_TURNS = 4;
/** What log-probabilities of small models vary by between turns, before any was seen. */
const FIRST_VARIANCE = 0.64;

/** Of the ways of one field: log-probabilities less their mean. */
interface Seen {
  turns: number;
  means: ReadonlyMap<string, number>;
  /** About those means, over all ways. */
  variance: number;
}

export class Usual {
  readonly #habits: Habits;
  readonly #fields = new Map<string, Seen>();

  constructor(habits: Habits) {
    this.#habits = habits;
  }

  /** By how many of its usual differences each way is likelier than usual. Remembers what it is told. */
  surprises(field: string, ways: readonly Way[]): number[] {
    const name = `${field}\n${ways.map(wayKey).toSorted().join('\n')}`;
    const { turns, means, variance } = this.#fields.get(name) ?? this.#firstOf(field, ways);
    const keys = ways.map(wayKey);
    const now = lessTheirMean(ways.map(({ logProbability }) => logProbability));
    const differences = keys.map((key, at) => (now[at] ?? 0) - (means.get(key) ?? 0));
    const square = differences.reduce((sum, each) => sum + each ** 2, 0) / ways.length;
    this.#fields.set(name, {
      turns: turns + 1,
      means: new Map(
        keys.map((key, at) => [key, (means.get(key) ?? 0) + (differences[at] ?? 0) / (turns + 1)]),
      ),
      variance: variance + (square - variance) / (turns + 1),
    });
    return differences.map((each) => each / Math.sqrt(variance));
  }

  #firstOf(field: string, ways: readonly Way[]): Seen {
    const known = lessTheirMean(ways.map((way) => this.#habits[field]?.[wayKey(way)] ?? way.logProbability));
    return {
      turns: HABIT_TURNS,
      means: new Map(ways.map((way, at) => [wayKey(way), known[at] ?? 0])),
      variance: FIRST_VARIANCE,
    };
  }
}

function lessTheirMean(numbers: readonly number[]): number[] {
  const mean = numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
  return numbers.map((each) => each - mean);
}
