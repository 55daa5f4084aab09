/** Family B: whether a trader finds the position that fits a hidden regime, and how soon. */
import { personaOf, type Persona, type Regime } from '#core/content.ts';
import { regimeOf } from '#core/market.ts';
import type { PlayedTurn } from '../../runs/records.ts';
import { mutualInformation } from '../../statistics/intervals.ts';
import { restrictedMean, type Wait } from '../../statistics/kaplan-meier.ts';
import { bestBook, expectedBps, fits, meanReturnBps, namedIn } from '../../worlds/truth.ts';
import { measure, ratioMeasure, type Cell, type JudgedRow, type Measure, type Weighted } from '../measure.ts';
import { holdingOf, STEPS } from './holdings.ts';

/** A wait is told up to so many rounds: regimes last about eight. */
export const LAG_ROUNDS = 10;
/** Other worlds whose regimes a book is set against, to see what it would fit by chance. */
const YOKES = 5;

interface RegimeRound {
  regime: Regime;
  /** A switch in this round: it began another regime than the one before. */
  switched: boolean;
}

/** Rounds until a book that does not fit the new regime does; none where it fits already. By switch. */
export function waitsOf(
  turns: readonly PlayedTurn[],
  regimes: ReadonlyMap<number, RegimeRound>,
  persona: Persona,
): Omit<Wait, 'weight'>[] {
  const waits: Omit<Wait, 'weight'>[] = [];
  let open: { from: number; last: number } | null = null;
  const close = (): void => {
    if (open) waits.push({ rounds: open.last - open.from + 1, happened: false });
    open = null;
  };
  for (const turn of turns) {
    const now = regimes.get(turn.round);
    if (!now || turn.intern) {
      close();
      continue;
    }
    if (now.switched) {
      close();
      if (!fits(turn.before, persona, now.regime)) open = { from: turn.round, last: turn.round };
    }
    if (!open) continue;
    open.last = turn.round;
    if (!fits(turn.after, persona, now.regime)) continue;
    waits.push({ rounds: turn.round - open.from, happened: true });
    open = null;
  }
  close();
  return waits;
}

function regimesOf(turns: readonly PlayedTurn[], { content }: JudgedRow): Map<number, RegimeRound> {
  const rounds = new Map<number, RegimeRound>();
  for (const { round, regime, roundsInRegime } of turns)
    rounds.set(round, {
      regime: regimeOf(content.market, regime),
      switched: roundsInRegime === 0 && round > 1,
    });
  return rounds;
}

interface Waits {
  own: Omit<Wait, 'weight'>[];
  /** The same books against the regimes of other worlds. */
  yoked: Omit<Wait, 'weight'>[];
}

const waitCells = new WeakMap<JudgedRow, Cell<Waits>[]>();

function waitsByTrader(row: JudgedRow): Cell<Waits>[] {
  const before = waitCells.get(row);
  if (before) return before;
  const regimes = row.worlds.map(({ turns }) => regimesOf(turns, row));
  const cells = row.worlds.flatMap(({ seed, turns }, index) =>
    [...Map.groupBy(turns, ({ trader }) => trader)].map(([trader, own]): Cell<Waits> => {
      const persona = personaOf(row.content, trader);
      const of = (at: number): Omit<Wait, 'weight'>[] => waitsOf(own, regimes[at] ?? new Map(), persona);
      const value = { own: of(index), yoked: yokesOf(index, regimes.length).flatMap(of) };
      return { world: seed, trader, n: value.own.length, value };
    }),
  );
  waitCells.set(row, cells);
  return cells;
}

function yokesOf(index: number, worlds: number): number[] {
  return Array.from({ length: Math.min(YOKES, worlds - 1) }, (_, step) => (index + step + 1) % worlds);
}

function meanWait(cells: readonly Weighted<Waits>[], which: keyof Waits): number | null {
  return restrictedMean(
    cells.flatMap(({ value, weight }) => value[which].map((wait) => ({ ...wait, weight }))),
    LAG_ROUNDS,
  );
}

export const lag = measure<Waits>(
  {
    id: 'lag',
    family: 'B',
    title: 'rounds from a switch of regime to the position that fits',
    formula: `restricted mean survival time up to ${LAG_ROUNDS} rounds; cut off by the next switch or the end; switches that the book fits already are left out, so rows wait for different ones; fits: at least half of the best expected gain that the mandate allows, or so near to it that an order would cost more than the regime pays back`,
    source: 'Kaplan and Meier, JASA 53 (1958); Royston and Parmar, BMC Med. Res. Meth. 13 (2013)',
    unit: 'rounds',
    range: [0, LAG_ROUNDS],
    better: 'low',
    chance: null,
  },
  waitsByTrader,
  (cells) => meanWait(cells, 'own'),
);

export const lagGain = measure<Waits>(
  {
    id: 'lag-gain',
    family: 'B',
    title: 'rounds that the regime at hand makes it faster than those of other worlds would',
    formula: `lag of the same books against the regimes of ${YOKES} other worlds, less the lag`,
    source: 'yoked control: a brain that ignores the regime scores 0, as hold does',
    unit: 'rounds',
    range: [-LAG_ROUNDS, LAG_ROUNDS],
    better: 'high',
    chance: 0,
  },
  waitsByTrader,
  (cells) => {
    const [own, yoked] = [meanWait(cells, 'own'), meanWait(cells, 'yoked')];
    return own === null || yoked === null ? null : yoked - own;
  },
);

/**
 * What the best book would gain more than the trader's, in the mean of the regime: the mandate's best, or the book that the trader came
 * with where that is better, since what was bought on a headline, or grew by losses of the rest, may be kept.
 */
export function regretBps(turn: PlayedTurn, persona: Persona, regime: Regime): number {
  const { expectedBps: allowed } = bestBook(persona, regime, namedIn(turn.headlines));
  const best = Math.max(allowed, expectedBps(turn.before, regime));
  return best - expectedBps(turn.after, regime);
}

const regret = (id: string, title: string, counts: (regime: Regime) => boolean): Measure =>
  ratioMeasure(
    {
      id,
      family: 'B',
      title,
      formula:
        'mean over turns of the best expected gain of a round that could be had (a full position of the mandate, or the book kept as it was), less that of the book after the turn; a rare mixed book beats every full one, and counts below 0',
      source: 'expected (pseudo-)regret, Bubeck and Cesa-Bianchi 2012; costs left out',
      unit: 'bps of equity a round',
      range: [-100, 2_000],
      better: 'low',
      chance: null,
    },
    (turn, { content }) => {
      const regime = regimeOf(content.market, turn.regime);
      if (turn.intern || !counts(regime)) return null;
      return { hit: regretBps(turn, personaOf(content, turn.trader), regime) };
    },
  );

/** A regime is a bull's or a bear's by the mean returns of Tech and Crypto together; Bonds are the refuge. */
const leaning = (regime: Regime): number => meanReturnBps(regime).Tech + meanReturnBps(regime).Crypto;

export const regretAll = regret('regret', 'expected gain given away', () => true);
export const regretBull = regret(
  'regret-bull',
  'the same while Tech and Crypto rise',
  (it) => leaning(it) > 0,
);
export const regretBear = regret('regret-bear', 'the same while they fall', (it) => leaning(it) < 0);

type Table = Map<string, Map<string, number>>;

function tally(turns: readonly PlayedTurn[], regimes: ReadonlyMap<number, RegimeRound>): Table {
  const table: Table = new Map();
  for (const turn of turns) {
    const regime = regimes.get(turn.round)?.regime.id;
    if (regime === undefined || turn.intern) continue;
    const row = table.get(regime) ?? new Map<string, number>();
    table.set(regime, row);
    const holding = holdingOf(turn.after);
    row.set(holding, (row.get(holding) ?? 0) + 1);
  }
  return table;
}

interface Tables {
  trader: string;
  own: Table;
  yoked: Table[];
}

function bits(cells: readonly Weighted<Tables>[], tableOf: (tables: Tables) => Table | undefined): number {
  let sum = 0;
  let all = 0;
  for (const group of Map.groupBy(cells, ({ value }) => value.trader).values()) {
    const table: Table = new Map();
    let turns = 0;
    for (const { value, weight } of group)
      for (const [regime, row] of tableOf(value) ?? []) {
        const into = table.get(regime) ?? new Map<string, number>();
        table.set(regime, into);
        for (const [holding, count] of row) {
          into.set(holding, (into.get(holding) ?? 0) + weight * count);
          turns += weight * count;
        }
      }
    sum += turns * mutualInformation(table);
    all += turns;
  }
  return all === 0 ? 0 : sum / all;
}

export const regimeBits = measure<Tables>(
  {
    id: 'regime-bits',
    family: 'B',
    title: 'what a holding tells of the regime, beyond what those of other worlds would',
    formula:
      'mutual information of the largest holding and the regime within a trader, Miller-Madow, less its mean against the regimes of other worlds',
    source: 'Miller 1955; yoked control for the slowness of both',
    unit: 'bits',
    range: [-1, 2],
    better: 'high',
    chance: 0,
  },
  (row) => {
    const regimes = row.worlds.map(({ turns }) => regimesOf(turns, row));
    return row.worlds.flatMap(({ seed, turns }, index) =>
      [...Map.groupBy(turns, ({ trader }) => trader)].map(([trader, own]): Cell<Tables> => {
        const of = (at: number): Table => tally(own, regimes[at] ?? new Map());
        const yoked = yokesOf(index, regimes.length).map(of);
        return { world: seed, trader, n: own.length, value: { trader, own: of(index), yoked } };
      }),
    );
  },
  (cells) => {
    const yokes = cells[0]?.value.yoked.length ?? 0;
    if (yokes === 0) return null;
    const byChance = Array.from({ length: yokes }, (_, at) => bits(cells, ({ yoked }) => yoked[at]));
    return bits(cells, ({ own }) => own) - byChance.reduce((sum, it) => sum + it, 0) / yokes;
  },
);

export const REGIMES: readonly Measure[] = [
  lag,
  lagGain,
  regretAll,
  regretBull,
  regretBear,
  regimeBits,
  ...STEPS,
];
