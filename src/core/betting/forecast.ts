/**
 * What a stake says about the future, and how right it was. A stake's forecast is what the pool would show if its member were
 * alone with the house: even money on every trader, and the stake on one. So a larger stake is a surer forecast, and nobody
 * else's bets change it. Forecasts are judged by the Brier score over all traders of the pool (Brier 1950, "Verification of
 * forecasts expressed in terms of probability"): the sum of the squared differences between forecast and outcome, 0 to 2.
 * Shares and scores are whole parts per million.
 */
import { HOUSE_BACKING, type StakeLike } from './pools.ts';

export const PPM = 1_000_000;

/** Fewer forecasts than this are luck: they do not rank. */
export const FORECASTS_TO_RANK = 5;
/** Calibration counts forecasts by the tenth that their share is in. */
export const TENTHS = 10;

export interface Judged {
  member: string;
  won: boolean;
  /** The share that the stake's forecast gave its own trader. */
  sharePpm: number;
  brierPpm: number;
  /** The score of whoever knows nothing and gives every trader the same. */
  evenPpm: number;
}

/** Judges a stake in a pool of these outcomes. Several winners are winners in equal parts. */
export function judge(stake: StakeLike, outcomes: readonly string[], winners: readonly string[]): Judged {
  const whole = stake.chips + HOUSE_BACKING * outcomes.length;
  const shareOf = (outcome: string): number =>
    (HOUSE_BACKING + (outcome === stake.outcome ? stake.chips : 0)) / whole;
  const cameOf = (outcome: string): number => (winners.includes(outcome) ? 1 / winners.length : 0);
  const score = (forecast: (outcome: string) => number): number =>
    outcomes.reduce((total, outcome) => total + (forecast(outcome) - cameOf(outcome)) ** 2, 0);
  return {
    member: stake.member,
    won: winners.includes(stake.outcome),
    sharePpm: Math.round(shareOf(stake.outcome) * PPM),
    brierPpm: Math.round(score(shareOf) * PPM),
    evenPpm: Math.round(score(() => 1 / outcomes.length) * PPM),
  };
}

/** How a member's settled stakes went. */
export interface TrackRecord {
  /** Settled pools that the member had a stake in. */
  forecasts: number;
  won: number;
  /** Won in a row until now if positive, lost in a row if negative. */
  streak: number;
  bestStreak: number;
  /** Sums over all forecasts. */
  brierPpm: number;
  evenPpm: number;
}

export const NO_RECORD: TrackRecord = {
  forecasts: 0,
  won: 0,
  streak: 0,
  bestStreak: 0,
  brierPpm: 0,
  evenPpm: 0,
};

export function extended(record: TrackRecord, judged: Judged): TrackRecord {
  const streak = judged.won ? Math.max(record.streak, 0) + 1 : Math.min(record.streak, 0) - 1;
  return {
    forecasts: record.forecasts + 1,
    won: record.won + (judged.won ? 1 : 0),
    streak,
    bestStreak: Math.max(record.bestStreak, streak),
    brierPpm: record.brierPpm + judged.brierPpm,
    evenPpm: record.evenPpm + judged.evenPpm,
  };
}

/**
 * How much better than knowing nothing, in basis points: 10,000 is a prophet, 0 is even money, below it is worse (the Brier skill
 * score).
 */
export function skillBps({ brierPpm, evenPpm }: Pick<TrackRecord, 'brierPpm' | 'evenPpm'>): number {
  return evenPpm === 0 ? 0 : Math.round((1 - brierPpm / evenPpm) * 10_000);
}

/** The tenth that a share is in: 0 for below 10 %, 9 for 90 % and above. */
export function tenthOf(sharePpm: number): number {
  return Math.min(TENTHS - 1, Math.floor((sharePpm * TENTHS) / PPM));
}

/** How often what was forecast with about the same share came true. */
export interface Calibration {
  tenth: number;
  forecasts: number;
  won: number;
}
