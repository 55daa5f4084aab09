/**
 * Plans how everybody walks at the same time: never two in one cell, never through each other. Each walker in turn takes the
 * shortest way in space and time around those planned before (cooperative A*: D. Silver, "Cooperative Pathfinding", 2005).
 * When a walker finds no way, another order is tried. Pure: the same walkers get the same ways, and nothing is remembered.
 */
import type { Cell, Walkways } from './walkways.ts';

export interface Walker {
  id: string;
  from: Cell;
  /** The same as `from` for a walker that stays. */
  to: Cell;
}

export type Walk =
  /** The cell at each step, the first included. Waiting repeats a cell. The walker stays in the last one. */
  | { id: string; arrives: true; cells: Cell[] }
  /** Stays where it is. */
  | { id: string; arrives: false; why: 'no_way' | 'taken' | 'in_the_way'; cells: Cell[] };

/** No way has more steps than this. */
const STEPS_MAX = 120;
const ORDERS_MAX = 12;

/** One walk for each walker, in the same order. */
export function planWalks(ways: Walkways, walkers: readonly Walker[]): Walk[] {
  const stuck = new Map<string, Extract<Walk, { arrives: false }>['why']>();
  const goals = new Map<Cell, string>();
  for (const { id, from, to } of walkers) {
    if (goals.has(to)) stuck.set(id, 'taken');
    else if (from !== to && distancesTo(ways, to)[from] === undefined) stuck.set(id, 'no_way');
    else goals.set(to, id);
  }
  for (;;) {
    const movers = walkers.filter(({ id, from, to }) => from !== to && !stuck.has(id));
    const still = walkers.filter((walker) => !movers.includes(walker));
    const blocked = movers.filter(({ to }) => still.some(({ from }) => from === to));
    for (const { id } of blocked) stuck.set(id, 'taken');
    if (blocked.length > 0) continue;
    const { found, failed } = planTogether(ways, movers, still);
    if (failed === null) {
      return walkers.map(({ id, from }): Walk => {
        const why = stuck.get(id);
        if (why) return { id, arrives: false, why, cells: [from] };
        return { id, arrives: true, cells: found.get(id) ?? [from] };
      });
    }
    stuck.set(failed, 'in_the_way');
  }
}

/** Tries orders until all find a way; otherwise names the walker that most often found none. */
function planTogether(
  ways: Walkways,
  movers: readonly Walker[],
  still: readonly Walker[],
): { found: Map<string, Cell[]>; failed: string | null } {
  const distances = new Map(movers.map(({ id, to }) => [id, distancesTo(ways, to)]));
  const length = ({ id, from }: Walker) => distances.get(id)?.[from] ?? 0;
  let order = movers.toSorted((a, b) => length(b) - length(a) || (a.id < b.id ? -1 : 1));
  const failures = new Map<string, number>();
  for (let tries = 0; tries < ORDERS_MAX; tries += 1) {
    const found = new Map<string, Cell[]>();
    const taken = createTimetable(still);
    let failed: Walker | null = null;
    for (const [index, walker] of order.entries()) {
      const unplanned = new Set(order.slice(index + 1).map(({ from }) => from));
      const cells = wayThrough(ways, walker, distances.get(walker.id) ?? [], taken, unplanned);
      if (!cells) {
        failed = walker;
        break;
      }
      found.set(walker.id, cells);
      taken.book(cells);
    }
    if (!failed) return { found, failed: null };
    const unlucky = failed;
    failures.set(unlucky.id, (failures.get(unlucky.id) ?? 0) + 1);
    // A walker that found no way goes first next time; every third try turns the order around.
    const first = [unlucky, ...order.filter((walker) => walker !== unlucky)];
    order = tries % 3 === 2 ? [...first.slice(1).toReversed(), unlucky] : first;
  }
  const [failed] = [...failures].toSorted(([, a], [, b]) => b - a)[0] ?? [null];
  return { found: new Map(), failed };
}

/** The number of steps from each cell to `to`; undefined where there is no way. */
function distancesTo(ways: Walkways, to: Cell): (number | undefined)[] {
  const distances: (number | undefined)[] = [];
  distances[to] = 0;
  const queue = [to];
  for (const cell of queue) {
    for (const other of ways.next[cell] ?? []) {
      if (distances[other] !== undefined) continue;
      distances[other] = (distances[cell] ?? 0) + 1;
      queue.push(other);
    }
  }
  return distances;
}

/** Which cell is taken at which step. */
function createTimetable(still: readonly Walker[]) {
  const forever = new Map<Cell, number>(still.map(({ from }) => [from, 0]));
  const booked = new Set<number>();
  const moves = new Set<string>();
  const latest = new Map<Cell, number>();
  const slot = (cell: Cell, step: number) => cell * (2 * STEPS_MAX) + step;
  return {
    book(cells: readonly Cell[]): void {
      cells.forEach((cell, step) => {
        booked.add(slot(cell, step));
        latest.set(cell, Math.max(latest.get(cell) ?? 0, step));
        const before = cells[step - 1];
        if (before !== undefined && before !== cell) moves.add(`${before}>${cell}@${step}`);
      });
      const last = cells.at(-1);
      if (last !== undefined) forever.set(last, cells.length - 1);
    },
    isFree(cell: Cell, step: number): boolean {
      return !booked.has(slot(cell, step)) && step < (forever.get(cell) ?? Number.POSITIVE_INFINITY);
    },
    /** Whether somebody comes the other way in the same step. */
    meets: (from: Cell, to: Cell, step: number) => moves.has(`${to}>${from}@${step}`),
    /** The step from which on nobody needs the cell any more. */
    freeFrom: (cell: Cell) => (latest.has(cell) ? (latest.get(cell) ?? 0) + 1 : 0),
  };
}

interface Node {
  cell: Cell;
  step: number;
  before: Node | null;
}

/** The shortest way around what is booked. Walkers that are not planned yet are passed only after their first step. */
function wayThrough(
  ways: Walkways,
  { from, to }: Walker,
  distances: readonly (number | undefined)[],
  taken: ReturnType<typeof createTimetable>,
  unplanned: ReadonlySet<Cell>,
): Cell[] | null {
  // Every step costs one and the distance is exact, so nodes fall into buckets by their total.
  const buckets: Node[][] = [];
  const put = (node: Node) => {
    const total = node.step + (distances[node.cell] ?? STEPS_MAX);
    (buckets[total] ??= []).push(node);
  };
  const seen = new Set<number>([from]);
  put({ cell: from, step: 0, before: null });
  for (let total = 0; total <= STEPS_MAX; total += 1) {
    for (let node = buckets[total]?.pop(); node; node = buckets[total]?.pop()) {
      if (node.cell === to && node.step >= taken.freeFrom(to)) return cellsOf(node);
      const step = node.step + 1;
      if (step > STEPS_MAX) continue;
      for (const cell of [...(ways.next[node.cell] ?? []), node.cell]) {
        const key = step * ways.feet.length + cell;
        if (seen.has(key) || distances[cell] === undefined) continue;
        if (!taken.isFree(cell, step) || taken.meets(node.cell, cell, step)) continue;
        if (step <= 1 && cell !== node.cell && unplanned.has(cell)) continue;
        seen.add(key);
        put({ cell, step, before: node });
      }
    }
  }
  return null;
}

function cellsOf(last: Node): Cell[] {
  const cells: Cell[] = [];
  for (let node: Node | null = last; node; node = node.before) cells.push(node.cell);
  return cells.toReversed();
}
