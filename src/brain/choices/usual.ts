/**
 * What is usual in a trader's turns on one floor. Habits are measured in neutral turns; a show with its company and books shifts them
 * by as much again, and that is habit, too. In a model's log-probabilities, less its habits.
 */

/** So many turns the habits count for. */
const HABIT_TURNS = 4;
/** What log-probabilities of small models vary by between turns, before any was seen. */
const FIRST_VARIANCE = 0.64;
/** Turns that may be asked again as they were; of the show's own, only the last one is. */
const TURNS_KEPT = 16;

/** Of one list of ways. */
interface Seen {
  turns: number;
  /** By kind of way; 0 where a kind was not seen yet. */
  means: ReadonlyMap<string, number>;
  /** About those means, over all ways. */
  variance: number;
}

const NOTHING_SEEN: Seen = { turns: HABIT_TURNS, means: new Map(), variance: FIRST_VARIANCE };

export interface ListedWays {
  /** Names the ways together. */
  list: string;
  /** What kind each is of, and by how much it is likelier than by habit. */
  ways: readonly { kind: string; likelier: number }[];
}

export class Usual {
  readonly #lists = new Map<string, Seen>();
  /** What was usual when a turn was first asked. */
  readonly #before = new Map<string, Map<string, Seen>>();

  /**
   * By how many usual differences each way is likelier than its kind usually is. A turn that is asked again is told what it was told.
   * @param turn its name, and whether it is asked aside, so that nothing of it is remembered
   */
  surprises(turn: { id: string; aside: boolean }, { list, ways }: ListedWays): number[] {
    const known = this.#before.get(turn.id)?.get(list);
    const seen = known ?? this.#lists.get(list) ?? NOTHING_SEEN;
    const middle = meanOf(ways.map(({ likelier }) => likelier));
    const differences = ways.map(({ kind, likelier }) => likelier - middle - (seen.means.get(kind) ?? 0));
    if (!known && !turn.aside) {
      this.#remember(turn.id, list, seen);
      const kinds = ways.map(({ kind }) => kind);
      this.#lists.set(list, withTurn(seen, kinds, differences));
    }
    return differences.map((each) => each / Math.sqrt(seen.variance));
  }

  #remember(turn: string, list: string, seen: Seen): void {
    const lists = this.#before.get(turn) ?? new Map<string, Seen>();
    lists.set(list, seen);
    this.#before.set(turn, lists);
    for (const oldest of this.#before.keys()) {
      if (this.#before.size <= TURNS_KEPT) break;
      this.#before.delete(oldest);
    }
  }
}

function withTurn(
  { turns, means, variance }: Seen,
  kinds: readonly string[],
  differences: readonly number[],
): Seen {
  const moved = [...Map.groupBy(differences.keys(), (at) => kinds[at] ?? '')].map(
    ([kind, all]): [string, number] => {
      const difference = meanOf(all.map((at) => differences[at] ?? 0));
      return [kind, (means.get(kind) ?? 0) + difference / (turns + 1)];
    },
  );
  const square = meanOf(differences.map((each) => each ** 2));
  return {
    turns: turns + 1,
    means: new Map([...means, ...moved]),
    variance: variance + (square - variance) / (turns + 1),
  };
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}
