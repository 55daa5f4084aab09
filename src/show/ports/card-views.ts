/**
 * What the show's cards and charts show: plain data, enough to draw each again at any time, nothing private. Money is
 * integer cents, changes are basis points, rounds count from the show's beginning. Points are oldest first.
 */
import type { TraderId } from '#core/vocabulary.ts';
import type { LeftPosition } from './story-views.ts';

export interface CardTrader {
  id: TraderId;
  name: string;
  color: string;
  sprite: string;
}

/** Rounds from `from` to `to`, both included, that share something: a regime, an episode. */
export interface Stretch {
  from: number;
  to: number;
  name: string;
  color: string;
}

export interface EquityLine extends CardTrader {
  standing: 'trading' | 'intern';
  bailouts: number;
  points: { round: number; equityCents: number }[];
  bankruptRounds: number[];
  gainBps: number;
}

/** Prices of a stretch of rounds on the regimes that they moved in. */
export interface PricesCard {
  kind: 'prices';
  season: number;
  episode: number;
  series: { instrument: string; points: { round: number; priceCents: number }[] }[];
  regimes: Stretch[];
  chaosRounds: number[];
  /** Rounds that an episode opened with. */
  bellRounds: number[];
}

/** The season so far. */
export interface EquityCard {
  kind: 'equity';
  season: number;
  episode: number;
  traders: EquityLine[];
  startCents: number;
  chaosRounds: number[];
  bellRounds: number[];
  /** What the season's starting cash would have become without a trader. */
  buyAndHoldBps: number;
  bestInHindsightBps: number;
}

/** One turn's deal as the closing bell judges it: a call, good or bad. */
export interface DealOutcome {
  trader: CardTrader;
  round: number;
  trade: string;
  size: string;
  /** What it gave up, where most of the gain comes of that and not of what it bought. */
  left?: LeftPosition;
  /** What it made until the closing bell, fees included, against not having dealt. */
  gainCents: number;
}

/** The closing bell: who made what in the episode. */
export interface RecapCard {
  kind: 'recap';
  season: number;
  episode: number;
  /** `gainBps` is the episode's. */
  traders: (EquityLine & {
    gainCents: number;
    trades: number;
    /** The same rounds without the producer's chaos; absent where there was none, or they cannot be played again. */
    calm?: { round: number; equityCents: number }[];
    /** The same episode as the script would have played it; absent where the script itself played, or it cannot be played again. */
    twin?: { round: number; equityCents: number }[];
  })[];
  regimes: Stretch[];
  chaosRounds: number[];
  best: DealOutcome | null;
  worst: DealOutcome | null;
}

/** One trader. Of its thoughts, only the length is here. */
export interface TraderCard {
  kind: 'trader';
  season: number;
  episode: number;
  round: number;
  trader: EquityLine & { title: string };
  rank: number;
  traders: number;
  equityCents: number;
  cashCents: number;
  episodeBps: number;
  maxDrawdownBps: number;
  trades: number;
  positions: { instrument: string; valueCents: number; gainCents: number }[];
  mandate: {
    leverage: { instrument: string; times: number }[];
    headlineLeverage: number | null;
    overlay: { when: string; short: string; ratioBps: number } | null;
  };
  /** What the trader last said; null when nothing. */
  line: string | null;
  /** Of the words of the last thought, their lengths only; empty when there is none. */
  thoughtWordLengths: number[];
}

export const AWARDS = [
  'most_money',
  'deepest_fall',
  'most_trades',
  'longest_streak',
  'most_talkative',
  'most_hypocritical',
] as const;
export type AwardId = (typeof AWARDS)[number];

export interface Award {
  award: AwardId;
  trader: CardTrader;
  /** Cents, basis points, trades, episodes, or words: as the award measures. */
  value: number;
}

export interface AwardsCard {
  kind: 'awards';
  season: number;
  episodes: number;
  /** Richest first. */
  standings: (CardTrader & { equityCents: number; gainBps: number; bailouts: number })[];
  awards: Award[];
}

/** A plot of the lab's report. Values are in `unit`; an interval is drawn where there is one. */
export interface BenchmarkCard {
  kind: 'benchmark';
  title: string;
  subtitle: string;
  /** Of the values: "%", "rounds", "bits", "$"; empty when they have none. */
  unit: string;
  plot:
    | {
        as: 'bars';
        valueTitle: string;
        /** `control`: a row that the others are read against. */
        rows: { name: string; value: number; low: number | null; high: number | null; control: boolean }[];
      }
    | {
        as: 'lines';
        xTitle: string;
        yTitle: string;
        /** `steps` for survival curves. */
        shape: 'line' | 'steps';
        series: { name: string; points: { x: number; y: number }[] }[];
      };
}

export type CardView = (PricesCard | EquityCard | RecapCard | TraderCard | AwardsCard | BenchmarkCard) & {
  /** The language of what is written on it; English when left out. What a trader said stays as it was. */
  language?: string;
};
