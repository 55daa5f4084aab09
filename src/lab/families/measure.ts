/**
 * What a measure is: a figure of a row, made of cells of a world and a trader each, so that worlds and traders can be drawn
 * anew (bootstrap).
 */
import type { Content } from '#core/content.ts';
import type { PlayedTurn } from '../runs/records.ts';
import type { Weight } from '../statistics/intervals.ts';

/** A row as it is judged. */
export interface JudgedRow {
  content: Content;
  /** In the order of seeds; turns by round. */
  worlds: readonly { seed: number; turns: readonly PlayedTurn[] }[];
}

/** Of which a run may leave some out; the appendix stands in every report. */
export const FAMILIES = ['A', 'B', 'C', 'D'] as const;
export type Family = (typeof FAMILIES)[number];

export interface About {
  id: string;
  family: Family | 'appendix';
  title: string;
  /** In words and signs, as it is computed. */
  formula: string;
  /** Where it comes from. */
  source: string;
  unit: string;
  range: readonly [number, number];
  better: 'high' | 'low' | null;
  /** What somebody who ignores the matter scores. */
  chance: number | null;
}

/** Worlds and traders that a figure rests on: others have no part in its luck. */
export interface Contributors {
  worlds: readonly number[];
  traders: readonly string[];
}

export interface Sample extends Contributors {
  /** What the estimate rests on: turns, lines, switches. */
  n: number;
  /** Worlds of a trader with anything in them. */
  cells: number;
  estimate(weight: Weight): number | null;
}

export interface Pair extends Contributors {
  difference(weight: Weight): number | null;
}

export interface Measure extends About {
  sample(row: JudgedRow): Sample;
  /** `one` less `other`. */
  pair(one: JudgedRow, other: JudgedRow): Pair;
}

export interface Cell<C> {
  world: number;
  trader: string;
  /** How many observations it holds. */
  n: number;
  value: C;
}

export interface Weighted<C> {
  value: C;
  weight: number;
}

/** @param estimate null where the cells have nothing to estimate from */
export function measure<C>(
  about: About,
  cellsOf: (row: JudgedRow) => readonly Cell<C>[],
  estimate: (cells: readonly Weighted<C>[]) => number | null,
): Measure {
  const weighted = (cells: readonly Cell<C>[], weight: Weight): Weighted<C>[] => {
    const drawn: Weighted<C>[] = [];
    for (const { world, trader, value } of cells) {
      const times = weight(world, trader);
      if (times > 0) drawn.push({ value, weight: times });
    }
    return drawn;
  };
  const difference = (one: readonly Weighted<C>[], other: readonly Weighted<C>[]): number | null => {
    const [a, b] = [estimate(one), estimate(other)];
    return a === null || b === null ? null : a - b;
  };
  return {
    ...about,
    sample(row) {
      const cells = cellsOf(row);
      return {
        ...contributors(cells),
        n: cells.reduce((sum, { n }) => sum + n, 0),
        cells: cells.filter(({ n }) => n > 0).length,
        estimate: (weight) => estimate(weighted(cells, weight)),
      };
    },
    pair(one, other) {
      const [ones, others] = [cellsOf(one), cellsOf(other)];
      return {
        ...contributors([...ones, ...others]),
        difference: (weight) => difference(weighted(ones, weight), weighted(others, weight)),
      };
    },
  };
}

function contributors(cells: readonly Cell<unknown>[]): Contributors {
  const counted = cells.filter(({ n }) => n > 0);
  return {
    worlds: [...new Set(counted.map(({ world }) => world))],
    traders: [...new Set(counted.map(({ trader }) => trader))],
  };
}

export const ONCE: Weight = () => 1;

/** One observation of a ratio: it adds `hit` to what is counted above, and 1 (or `of`) below. */
export interface Count {
  hit: number;
  of?: number;
}

interface Ratio {
  hits: number;
  all: number;
}

/** A share or a mean: the sum of what was found over the number of observations. */
export function ratioMeasure(
  about: About,
  observe: (turn: PlayedTurn, world: WorldView) => Count | null,
): Measure {
  return measure<Ratio>(
    about,
    (row) =>
      cellsByTrader(row, (turns, world) => {
        const value: Ratio = { hits: 0, all: 0 };
        for (const turn of turns) {
          const count = observe(turn, world);
          if (count === null) continue;
          value.hits += count.hit;
          value.all += count.of ?? 1;
        }
        return { n: value.all, value };
      }),
    ratioOf,
  );
}

export function ratioOf(cells: readonly Weighted<Ratio>[]): number | null {
  let hits = 0;
  let all = 0;
  for (const { value, weight } of cells) {
    hits += weight * value.hits;
    all += weight * value.all;
  }
  return all === 0 ? null : hits / all;
}

/** A world as a measure looks at it; what is worked out for it is kept. */
export interface WorldView {
  content: Content;
  seed: number;
  turns: readonly PlayedTurn[];
  ofTrader(trader: string): readonly PlayedTurn[];
  ofRound(round: number): readonly PlayedTurn[];
}

const views = new WeakMap<readonly PlayedTurn[], WorldView>();

export function viewOf(content: Content, seed: number, turns: readonly PlayedTurn[]): WorldView {
  const before = views.get(turns);
  if (before) return before;
  const byTrader = Map.groupBy(turns, ({ trader }) => trader);
  const byRound = Map.groupBy(turns, ({ round }) => round);
  const view: WorldView = {
    content,
    seed,
    turns,
    ofTrader: (trader) => byTrader.get(trader) ?? [],
    ofRound: (round) => byRound.get(round) ?? [],
  };
  views.set(turns, view);
  return view;
}

export function cellsByTrader<C>(
  { content, worlds }: JudgedRow,
  cellOf: (turns: readonly PlayedTurn[], world: WorldView) => { n: number; value: C },
): Cell<C>[] {
  return worlds.flatMap(({ seed, turns }) => {
    const view = viewOf(content, seed, turns);
    const traders = new Set(turns.map(({ trader }) => trader));
    return [...traders].map((trader) => ({ world: seed, trader, ...cellOf(view.ofTrader(trader), view) }));
  });
}
