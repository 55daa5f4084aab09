/**
 * The show's state: everything that a replay must reproduce, plain JSON with integer money. Only core's `apply`
 * changes it. Cents are integer US cents, quantities integer ten-thousandths of a unit, bps basis points.
 */
import { openBook } from './books.ts';
import type { Persona } from './content.ts';
import type { Decision } from './decision.ts';
import type { PrngState } from './prng.ts';
import type {
  HeadlineSource,
  Instrument,
  Phase,
  Refusal,
  RegimeId,
  RoomId,
  Standing,
  TraderId,
} from './vocabulary.ts';

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
  /** A season ends with every so manieth episode; 0: never by their number. */
  seasonEpisodes: number;
}

export interface Headline {
  text: string;
  source: HeadlineSource;
  names: Instrument | null;
  tone: 'up' | 'down' | 'flat';
  /** The round it broke in. */
  round: number;
}

export interface Book {
  cashCents: number;
  /** Signed: negative is short. An instrument without a position is 0. */
  qty: Record<Instrument, number>;
  /** What the position cost, signed as qty: for gain in words. */
  costCents: Record<Instrument, number>;
}

export interface OwnTurn {
  round: number;
  trade: Decision['trade'];
  size: Decision['size'];
  refusal: Refusal | null;
  speech: string;
  /** Equity right before the turn: what came of it is the difference to now. */
  equityCents: number;
}

export interface Trader {
  id: TraderId;
  standing: Standing;
  room: RoomId;
  /** Where the trader was before the last walk, and the round it walked in. */
  cameFrom: RoomId | null;
  walkedInRound: number;
  /** Where it will walk when the round closes. */
  heading: RoomId | null;
  book: Book;
  equityAtEpisodeOpenCents: number;
  peakEquityCents: number;
  maxDrawdownBps: number;
  trades: number;
  fumbles: number;
  /** Bailouts taken this season; any marks the trader * on the board. */
  bailouts: number;
  /** Newest last, at most OWN_TURNS_KEPT. */
  ownTurns: OwnTurn[];
}

export interface Line {
  round: number;
  speaker: TraderId;
  room: RoomId;
  text: string;
  /** Everybody who stood in the room, the speaker too. */
  heardBy: TraderId[];
}

export interface Market {
  regime: RegimeId;
  roundsInRegime: number;
  priceCents: Record<Instrument, number>;
  /** Before this round's move. */
  lastPriceCents: Record<Instrument, number>;
  episodeOpenCents: Record<Instrument, number>;
  /** Volatility clustering: a multiple of the regime's variance, 1 at rest. */
  heat: Record<Instrument, number>;
  /** Net notional ordered in the round that last closed, in cents: it moves the next price. */
  flowCents: Record<Instrument, number>;
}

export interface ShowState {
  version: 1;
  seed: number;
  rules: Rules;
  rng: PrngState;
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
  /** Who has had a turn in the open round. */
  turnsTaken: TraderId[];
}

export const OWN_TURNS_KEPT = 4;
export const RECENT_HEADLINES_KEPT = 12;
/** A line is answered in its own round or the next; then it is yesterday's. */
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

/** A trader as a season begins. */
export function openTrader(persona: Persona, rules: Rules): Trader {
  return {
    id: persona.id,
    standing: 'trading',
    room: persona.homeRoom,
    cameFrom: null,
    walkedInRound: 0,
    heading: null,
    book: openBook(rules.startCashCents),
    equityAtEpisodeOpenCents: rules.startCashCents,
    peakEquityCents: rules.startCashCents,
    maxDrawdownBps: 0,
    trades: 0,
    fumbles: 0,
    bailouts: 0,
    ownTurns: [],
  };
}
