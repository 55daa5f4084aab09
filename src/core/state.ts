/**
 * The show's state: everything that a replay must reproduce, plain JSON with integer money. Only core's `apply`
 * changes it. Cents are integer US cents, quantities integer ten-thousandths of a unit, bps basis points.
 */
import type { ChanceRule } from './chance/chance.ts';
import type { Edition } from './edition.ts';
import type { Market } from './market.ts';
import type { ClosingScene, LastBell, Plot } from './story/story.ts';
import type { Memory } from './memory/fact.ts';
import type { Trader } from './trading/trader.ts';
import type { HeadlineSource, Instrument, Phase, RoomId, TraderId } from './vocabulary.ts';

/** Numbers that an admin may set for a show; the show rules hold the defaults. */
export interface Rules {
  startCashCents: number;
  feeBps: number;
  deskRentCents: number;
  /** Interest a round on what is borrowed, in basis points. */
  interestBps: number;
  /** A margin call when equity is under this share of gross exposure. */
  maintenanceBps: number;
  /** Bankrupt at or under this share of the season's starting cash. */
  bankruptBps: number;
  bailoutCents: number;
  episodeRounds: number;
  intermissionRounds: number;
  /** Every nth episode ends a season; 0: no season ends by its number of episodes. */
  seasonEpisodes: number;
}

export interface Headline {
  text: string;
  source: HeadlineSource;
  names: Instrument | null;
  tone: 'up' | 'down' | 'flat';
  /** The round it broke in. */
  round: number;
  /** The only room where it is known; absent: everywhere. */
  room?: RoomId;
}

/** What a member whispered to a trader who has not had a turn since. */
export interface Tip {
  id: number;
  trader: TraderId;
  text: string;
  names: Instrument | null;
  tone: Headline['tone'];
}

export interface Line {
  round: number;
  speaker: TraderId;
  room: RoomId;
  text: string;
  /** Everybody who was in the room, the speaker included. */
  heardBy: TraderId[];
}

export type ShowState = ShowFacts & ChanceRule;

interface ShowFacts {
  version: 1;
  /** Of the rules; absent: the first. Ask `editionOf`. */
  edition?: Edition;
  /** The show's world: all that happens without the traders follows from it. */
  seed: number;
  rules: Rules;
  /** Rounds since the show began; 0 before the first. */
  round: number;
  season: number;
  /** Set when the next closing bell ends the season, whatever its number. */
  seasonEnding?: true;
  episode: number;
  phase: Phase;
  /** Rounds done in this phase. */
  phaseRound: number;
  /** True between openRound and closeRound. */
  roundOpen: boolean;
  market: Market;
  /** This round's news, oldest first. */
  headlines: Headline[];
  /** Broken between rounds (chaos, a producer): shown with the next round. */
  pendingHeadlines: Headline[];
  /** Texts that broke lately, oldest first: news does not repeat itself. */
  recentHeadlines: string[];
  /** Who speaks in which order, by room; fixed when the round opens. */
  speakers: Record<RoomId, TraderId[]>;
  /** By id; insertion order is the cast's order. */
  traders: Record<TraderId, Trader>;
  /** Lines that can still be heard, oldest first. */
  lines: Line[];
  /** The story of the episode that is on. */
  plot?: Plot;
  /** What is recalled of the last closing bell. */
  lastBell?: LastBell;
  /** Winner and loser after the bell. */
  scene?: ClosingScene;
  /** Those who have had a turn in the open round. */
  turnsTaken: TraderId[];
  /** Tips that wait to be heard, oldest first; absent when none does. */
  tips?: Tip[];
  /** What the floor remembers; from edition 2 on, and absent until there is something. */
  memory?: Memory;
}

export const RECENT_HEADLINES_KEPT = 12;
/** A line can be answered in its own round and in the next. */
export const LINE_ROUNDS = 2;

export const DEFAULT_RULES: Rules = {
  startCashCents: 1_000_000,
  feeBps: 10,
  deskRentCents: 2_500,
  interestBps: 1,
  maintenanceBps: 2_500,
  bankruptBps: 500,
  bailoutCents: 500_000,
  episodeRounds: 24,
  intermissionRounds: 3,
  seasonEpisodes: 48,
};
