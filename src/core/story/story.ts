/** The story's part of a state: the question of an episode, what is recalled of the last bell, the scene after it. Plain JSON. */
import type { RoomId, Size, Trade, TraderId } from '../vocabulary.ts';

export type Question =
  /** Does the trader stay out of bankruptcy? */
  | { kind: 'survive'; trader: TraderId }
  /** Back on a loan: does the trader have more than was lent at the bell? */
  | { kind: 'loan'; trader: TraderId; cents: number }
  /** Does the trader's equity climb to so much? */
  | { kind: 'climb'; trader: TraderId; cents: number }
  /** Does the trader win once more? `times`: how often in a row it would be. */
  | { kind: 'streak'; trader: TraderId; times: number }
  /** Does the trader gain what it lost in the last episode? */
  | { kind: 'repay'; trader: TraderId; cents: number }
  /** Does the trader have more than the rival who leads? */
  | { kind: 'overtake'; trader: TraderId; rival: TraderId }
  /** Does the leader's equity pass so much? */
  | { kind: 'milestone'; trader: TraderId; cents: number }
  /** Who gains most? Asked when nothing else is at stake. */
  | { kind: 'winner' };

export interface Answer {
  /** Null where a name is the answer. */
  yes: boolean | null;
  winner: TraderId;
}

/** What is recalled of a closing bell. */
export interface LastBell {
  season: number;
  episode: number;
  winner: TraderId;
  winnerGainCents: number;
  loser: TraderId;
  loserGainCents: number;
  /** How many episodes in a row the winner has won by now. */
  wins: number;
  /** Who went bankrupt in the episode. */
  fallen: TraderId[];
  question: Question;
  answer: Answer;
}

/** The story of the episode that is on, and of the one before. */
export interface Plot {
  question: Question;
  /** The first deal of the episode; null while nobody dealt. */
  firstCall: { trader: TraderId; trade: Trade; size: Size; priceCents: number } | null;
  /** Who went bankrupt in the episode. */
  fallen: TraderId[];
}

/** Winner and loser after the bell. */
export interface ClosingScene {
  room: RoomId;
  winner: TraderId;
  loser: TraderId;
  /** Rounds of the intermission that it lasts. */
  rounds: number;
}
