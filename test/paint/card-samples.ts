/** One fixed view of every card: for golden draw lists, pictures and their sizes. */
import type {
  AwardsCard,
  BenchmarkCard,
  CardTrader,
  EquityCard,
  EquityLine,
  PricesCard,
  RecapCard,
  TraderCard,
} from '#show/ports/card-views.ts';

const ALEX: CardTrader = { id: 'alex', name: 'Alex', color: '#e69f00', sprite: 'alex' };
const ALICE: CardTrader = { id: 'alice', name: 'Alice', color: '#0072b2', sprite: 'alice' };
const MIKE: CardTrader = { id: 'mike', name: 'Mike', color: '#cc79a7', sprite: 'mike' };
const SARAH: CardTrader = { id: 'sarah', name: 'Sarah', color: '#009e73', sprite: 'sarah' };

/** A walk that looks like a market and is the same on every machine. */
function walk(
  start: number,
  rounds: number,
  seed: number,
  drift: number,
  jumps: Record<number, number> = {},
): number[] {
  let value = start;
  let state = seed;
  return Array.from({ length: rounds }, (_, index) => {
    state = (state * 48_271) % 2_147_483_647;
    value = Math.max(
      1,
      Math.round(value * (1 + drift + (state / 2_147_483_647 - 0.5) * 0.06 + (jumps[index] ?? 0))),
    );
    return value;
  });
}

const regimes = (from: number) => [
  { from, to: from + 13, name: 'Tech Boom', color: '#0072b2' },
  { from: from + 14, to: from + 24, name: 'Crypto Frenzy', color: '#e69f00' },
  { from: from + 25, to: from + 30, name: 'Crash', color: '#d55e00' },
  { from: from + 31, to: from + 47, name: 'Bond Rally', color: '#009e73' },
];

const prices = (values: readonly number[], from: number) =>
  values.map((priceCents, index) => ({ round: from + index, priceCents }));
const equity = (values: readonly number[], from: number) =>
  values.map((equityCents, index) => ({ round: from + index, equityCents }));

export const pricesCard: PricesCard = {
  kind: 'prices',
  season: 1,
  episode: 3,
  series: [
    { instrument: 'Tech', points: prices(walk(10_400, 48, 5, 0.004, { 25: -0.11 }), 40) },
    {
      instrument: 'Crypto',
      points: prices(walk(9_900, 48, 9, 0.006, { 16: 0.12, 25: -0.19, 27: -0.1 }), 40),
    },
    { instrument: 'Bonds', points: prices(walk(10_000, 48, 3, 0.0005, { 25: 0.03 }), 40) },
  ],
  regimes: regimes(40),
  chaosRounds: [65],
  bellRounds: [55, 82],
};

function line(who: CardTrader, points: EquityLine['points'], changes: Partial<EquityLine> = {}): EquityLine {
  const first = points[0]?.equityCents ?? 1;
  const last = points.at(-1)?.equityCents ?? 1;
  return {
    ...who,
    standing: 'trading',
    bailouts: 0,
    points,
    bankruptRounds: [],
    gainBps: Math.round(((last - first) * 10_000) / first),
    ...changes,
  };
}

const SEASON = 240;

export const equityCard: EquityCard = {
  kind: 'equity',
  season: 1,
  episode: 9,
  startCents: 1_000_000,
  traders: [
    line(
      ALEX,
      equity(
        [
          ...walk(1_000_000, 150, 15, 0.004, { 96: -0.5, 120: -0.6, 148: -0.6 }),
          ...Array.from({ length: 90 }, () => 31_000),
        ],
        1,
      ),
      {
        standing: 'intern',
        bailouts: 1,
        bankruptRounds: [150],
      },
    ),
    line(ALICE, equity(walk(1_000_000, SEASON, 22, 0.001), 1)),
    line(MIKE, equity(walk(1_000_000, SEASON, 31, 0.0005, { 96: -0.22 }), 1)),
    line(SARAH, equity(walk(1_000_000, SEASON, 47, 0.0012, { 96: 0.3 }), 1)),
  ],
  chaosRounds: [96, 201],
  bellRounds: Array.from({ length: 9 }, (_, index) => 4 + index * 27),
  buyAndHoldBps: 412,
  bestInHindsightBps: 2_870,
};

const EPISODE = 24;
const recapLine = (
  who: CardTrader,
  values: readonly number[],
  trades: number,
  changes: Partial<EquityLine> = {},
) => {
  const curve = line(who, equity(values, 84), changes);
  const calm = values.map((value, index) =>
    index < 9 ? value : Math.round((values[8] ?? 0) * (1 + (index - 8) / 90)),
  );
  return { ...curve, gainCents: (values.at(-1) ?? 0) - (values[0] ?? 0), trades, calm: equity(calm, 84) };
};

export const recapCard: RecapCard = {
  kind: 'recap',
  season: 1,
  episode: 4,
  traders: [
    recapLine(ALEX, walk(1_400_000, EPISODE, 15, 0.012, { 9: -0.16 }), 11),
    recapLine(ALICE, walk(1_010_000, EPISODE, 22, 0.002), 5),
    recapLine(
      MIKE,
      [...walk(700_000, 14, 31, -0.02, { 9: -0.5, 13: -0.7 }), ...Array.from({ length: 10 }, () => 42_000)],
      14,
      {
        standing: 'intern',
        bankruptRounds: [97],
      },
    ),
    recapLine(SARAH, walk(1_070_000, EPISODE, 47, 0.004, { 9: 0.14 }), 6),
  ],
  regimes: [
    { from: 84, to: 92, name: 'Crypto Frenzy', color: '#e69f00' },
    { from: 93, to: 97, name: 'Crash', color: '#d55e00' },
    { from: 98, to: 107, name: 'Bond Rally', color: '#009e73' },
  ],
  chaosRounds: [93],
  best: { trader: SARAH, round: 92, trade: 'Bonds', size: 'AllIn', gainCents: 184_300 },
  worst: { trader: MIKE, round: 91, trade: 'Crypto', size: 'AllIn', gainCents: -522_750 },
};

export const traderCard: TraderCard = {
  kind: 'trader',
  season: 1,
  episode: 4,
  round: 107,
  trader: {
    ...line(ALEX, equity(walk(1_000_000, 80, 15, 0.004, { 40: -0.16 }), 28)),
    title: 'The Crypto Degen',
  },
  rank: 1,
  traders: 4,
  equityCents: 1_412_000,
  cashCents: 12_050,
  episodeBps: 2_310,
  maxDrawdownBps: 3_120,
  trades: 41,
  positions: [
    { instrument: 'Crypto', valueCents: 3_210_000, gainCents: 412_000 },
    { instrument: 'Tech', valueCents: -204_000, gainCents: -8_350 },
  ],
  mandate: {
    leverage: [
      { instrument: 'Tech', times: 1 },
      { instrument: 'Crypto', times: 3 },
      { instrument: 'Bonds', times: 1 },
    ],
    headlineLeverage: null,
    overlay: { when: 'Bonds', short: 'Tech', ratioBps: 5_000 },
  },
  line: 'Number go up! I can hear colours! Everybody is so early.',
  thoughtWordLengths: [2, 6, 4, 1, 5, 3, 8, 2, 4, 7, 3, 5, 2, 9, 4, 3, 6],
};

export const awardsCard: AwardsCard = {
  kind: 'awards',
  season: 1,
  episodes: 48,
  standings: [
    { ...SARAH, equityCents: 1_934_200, gainBps: 9_342, bailouts: 0 },
    { ...ALICE, equityCents: 1_122_000, gainBps: 1_220, bailouts: 0 },
    { ...MIKE, equityCents: 640_300, gainBps: -3_597, bailouts: 1 },
    { ...ALEX, equityCents: 31_000, gainBps: -9_690, bailouts: 2 },
  ],
  awards: [
    { award: 'most_money', trader: SARAH, value: 1_934_200 },
    { award: 'deepest_fall', trader: ALEX, value: 9_812 },
    { award: 'most_trades', trader: MIKE, value: 412 },
    { award: 'longest_streak', trader: SARAH, value: 7 },
    { award: 'most_talkative', trader: ALEX, value: 9_240 },
    { award: 'most_hypocritical', trader: MIKE, value: 3_140 },
  ],
};

export const barsCard: BenchmarkCard = {
  kind: 'benchmark',
  title: 'Regret',
  subtitle: '34 seeds, 95% intervals',
  unit: '% of start',
  plot: {
    as: 'bars',
    valueTitle: 'Regret against the oracle',
    rows: [
      { name: 'Llama 3.2 1B', value: 21.4, low: 18.1, high: 25.2, control: false },
      { name: 'Qwen 2.5 3B', value: 14.9, low: 11.2, high: 19, control: false },
      { name: 'Scripted cast', value: 17.3, low: 15.1, high: 19.8, control: true },
      { name: 'Headline bot', value: 8.2, low: 6.6, high: 10.1, control: true },
      { name: 'Buy and hold', value: 19.7, low: 16.2, high: 23.3, control: true },
      { name: 'Always Bonds', value: 24.6, low: 20.2, high: 29.4, control: true },
      { name: 'Random', value: 31.8, low: 27.9, high: 35.7, control: true },
    ],
  },
};

export const linesCard: BenchmarkCard = {
  kind: 'benchmark',
  title: 'Switch latency',
  subtitle: 'censored, 34 seeds',
  unit: '%',
  plot: {
    as: 'lines',
    xTitle: 'Rounds since the regime changed',
    yTitle: 'Not switched yet',
    shape: 'steps',
    series: [
      { name: 'Llama 1B', points: [100, 91, 80, 66, 52, 44, 39, 31, 30].map((y, x) => ({ x, y })) },
      { name: 'Qwen 3B', points: [100, 82, 61, 44, 30, 21, 16, 12, 11].map((y, x) => ({ x, y })) },
      { name: 'Scripted', points: [100, 88, 70, 50, 41, 33, 27, 24, 22].map((y, x) => ({ x, y })) },
      { name: 'Random', points: [100, 67, 45, 30, 20, 13, 9, 6, 4].map((y, x) => ({ x, y })) },
    ],
  },
};

export const cards = {
  prices: pricesCard,
  equity: equityCard,
  recap: recapCard,
  trader: traderCard,
  awards: awardsCard,
  bars: barsCard,
  lines: linesCard,
};
