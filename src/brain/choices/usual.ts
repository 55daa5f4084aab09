/**
 * What is usual in a trader's turns on one floor. Habits are measured in neutral turns; a show with its company and books shifts them
 * by as much again, and that is habit, too. In a model's log-probabilities, less its habits.
 *
 * What is unusual scatters choices, and evenly: by itself a trader would buy everything about as often. So what it chose too seldom
 * for its leaning becomes likelier, turn by turn, and in the long run it chooses as it leans, each thing when something speaks for it.
 */
import { logOfSum } from '../engine/answer/log-of-sum.ts';

/** So many turns the habits count for. */
const HABIT_TURNS = 4;
/** What log-probabilities of small models vary by between turns, before any was seen. */
const FIRST_VARIANCE = 0.64;
/** How much of what a turn's chances lack of the leaning is made up for in the next ones. */
const DUE_RATE = 0.2;
/** What is due moves a choice by so much at most. */
const DUE_MOST = 2.5;
/** Turns that may be asked again as they were; of the show's own, only the last one is. */
const TURNS_KEPT = 16;

/** Of one list of ways. */
interface Seen {
  turns: number;
  /** By kind of way; 0 where a kind was not seen yet. */
  means: ReadonlyMap<string, number>;
  /** About those means, over all ways. */
  variance: number;
  /** By kind: what is added to the logarithm of its chance. */
  due: ReadonlyMap<string, number>;
}

const NOTHING_SEEN: Seen = { turns: HABIT_TURNS, means: new Map(), variance: FIRST_VARIANCE, due: new Map() };

export interface ListedWays {
  /** Names the ways together. */
  list: string;
  /** What kind each is of, by how much it is likelier than by habit, and the share that the trader leans to it with. */
  ways: readonly { kind: string; likelier: number; share: number }[];
}

/** What counts for how much. */
export interface Weights {
  /** The logarithm of the share. */
  lean: number;
  /** By how many usual differences a way is likelier than its kind usually is. */
  follow: number;
  /** Whether what was chosen too seldom for its share becomes likelier. */
  keepsShares: boolean;
}

export class Usual {
  readonly #lists = new Map<string, Seen>();
  /** What was usual when a turn was first asked. */
  readonly #before = new Map<string, Map<string, Seen>>();

  /**
   * The logarithms of the chances of all ways, but for one number that is the same for all. A turn that is asked again is told what it
   * was told.
   * @param turn its name, and whether it is asked aside, so that nothing of it is remembered
   */
  scores(
    turn: { id: string; aside: boolean },
    { list, ways }: ListedWays,
    { lean, follow, keepsShares }: Weights,
  ): number[] {
    const known = this.#before.get(turn.id)?.get(list);
    const seen = known ?? this.#lists.get(list) ?? NOTHING_SEEN;
    const middle = meanOf(ways.map(({ likelier }) => likelier));
    const differences = ways.map(({ kind, likelier }) => likelier - middle - (seen.means.get(kind) ?? 0));
    const scores = ways.map(
      ({ kind, share }, at) =>
        lean * Math.log(share) +
        (follow * (differences[at] ?? 0)) / Math.sqrt(seen.variance) +
        (seen.due.get(kind) ?? 0),
    );
    if (!known && !turn.aside) {
      this.#remember(turn.id, list, seen);
      const kinds = ways.map(({ kind }) => kind);
      const due = keepsShares ? dueAfter(seen.due, ways, scores) : seen.due;
      this.#lists.set(list, { ...withTurn(seen, kinds, differences), due });
    }
    return scores;
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
): Omit<Seen, 'due'> {
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

function dueAfter(due: Seen['due'], ways: ListedWays['ways'], scores: readonly number[]): Seen['due'] {
  const [all, allShares] = [logOfSum(scores), ways.reduce((sum, { share }) => sum + share, 0)];
  return new Map([
    ...due,
    ...ways.map(({ kind, share }, at): [string, number] => {
      const lacks = share / allShares - Math.exp((scores[at] ?? 0) - all);
      const next = (due.get(kind) ?? 0) + DUE_RATE * lacks;
      return [kind, Math.max(-DUE_MOST, Math.min(DUE_MOST, next))];
    }),
  ]);
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}
