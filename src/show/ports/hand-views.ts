/** What members did in an episode and what came of it, as the closing bell tells it: plain data that names no member. */
import type { EventOf } from '#core/events.ts';
import type { Question } from '#core/story/story.ts';
import type { Instrument, RoomId, TraderId } from '#core/vocabulary.ts';
import type { Moment } from './story-views.ts';

/** What members vote on in an intermission: a bankrupt trader's loan (yes or no), or which of two headlines runs first. */
export type VoteQuestion =
  | { kind: 'bailout'; trader: TraderId }
  | { kind: 'headline'; headlines: [string, string] };

export interface Vote {
  /** Of the episode that it is about. */
  poolId: string;
  /** Its place on the ballot. */
  nth: number;
  question: VoteQuestion;
  /** Ballots for the first answer (yes, the first headline) and for the second. */
  counts: [number, number];
  /** The answer that won; `tie`: neither did. Null while it is open. */
  won: 0 | 1 | 'tie' | null;
  /** The round in which its result was posted; null while it is open. Unknown in what was kept before. */
  countedRound?: number | null;
}

export interface ToldTip {
  trader: TraderId;
  /** The round in which it was heard. */
  round: number;
  text: string;
  /** Null: it names nothing that could be done. */
  followed: boolean | null;
  /** What following it made by the bell, signed; null where it was not followed. */
  cents: number | null;
}

export interface ToldLeak {
  trader: TraderId;
  /** The round of the thought. */
  round: number;
  thought: string;
  /** Where it was read out. Unknown in what was kept before. */
  told?: { round: number; room: RoomId };
}

export interface HandFacts {
  tips: ToldTip[];
  leaks: ToldLeak[];
  /** What members voted before it, where anybody did. */
  votes: Vote[];
  /** Guesses whether a trader means what it says. */
  bluffs: { called: number; right: number };
  /** Choices made in traders' chairs, and how many of them beat the trader. */
  chairs: { sat: number; beat: number };
}

export const isIdle = ({ tips, leaks, votes, bluffs, chairs }: HandFacts): boolean =>
  tips.length + leaks.length + votes.length + bluffs.called + chairs.sat === 0;

/** What each trader said to the camera as the episode ended; without those who said nothing. */
export type LooksBack = Record<TraderId, string>;

/** An episode as it is told again later: facts, each with where it stood. */
export interface Recap {
  closed: EventOf<'episodeClosed'>;
  moments: Moment[];
  /** What the next episode was going to be about. */
  next: Question | null;
  hand: HandFacts;
  /** Unknown in what was kept before. */
  looksBack?: LooksBack;
  /** Prices at the bell, in cents. */
  closing: Record<Instrument, number>;
}
