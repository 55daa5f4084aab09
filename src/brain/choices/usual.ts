/**
 * What is usual in a trader's turns on one floor. Habits are measured in neutral turns; a show with its company and books shifts them
 * by as much again, and that is habit, too. In a model's log-probabilities, less its habits.
 */

/** So many turns the habits count for. */
const HABIT_TURNS = 4;
/** What log-probabilities of small models vary by between turns, before any was seen. */
const FIRST_VARIANCE = 0.64;

/** Of one list of ways. */
interface Seen {
  turns: number;
  /** By kind of way; 0 where a kind was not seen yet. */
  means: ReadonlyMap<string, number>;
  /** About those means, over all ways. */
  variance: number;
}

const NOTHING_SEEN: Seen = { turns: HABIT_TURNS, means: new Map(), variance: FIRST_VARIANCE };

export class Usual {
  readonly #lists = new Map<string, Seen>();

  /**
   * By how many usual differences each way is likelier than its kind usually is. Remembers what it is told.
   * @param list names the ways together
   * @param ways what kind each is of, and by how much it is likelier than by habit
   */
  surprises(list: string, ways: readonly { kind: string; likelier: number }[]): number[] {
    const { turns, means, variance } = this.#lists.get(list) ?? NOTHING_SEEN;
    const middle = meanOf(ways.map(({ likelier }) => likelier));
    const differences = ways.map(({ kind, likelier }) => likelier - middle - (means.get(kind) ?? 0));
    const byKind = Map.groupBy(differences.keys(), (at) => ways[at]?.kind ?? '');
    const moved = [...byKind].map(([kind, all]): [string, number] => {
      const difference = meanOf(all.map((at) => differences[at] ?? 0));
      return [kind, (means.get(kind) ?? 0) + difference / (turns + 1)];
    });
    const square = meanOf(differences.map((each) => each ** 2));
    this.#lists.set(list, {
      turns: turns + 1,
      means: new Map([...means, ...moved]),
      variance: variance + (square - variance) / (turns + 1),
    });
    return differences.map((each) => each / Math.sqrt(variance));
  }
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}
