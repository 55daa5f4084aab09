/** A trader of the floor and its book, as plain data. */
import type { Persona } from '../content.ts';
import type { Bend } from './bends.ts';
import type { Decision } from '../decision.ts';
import {
  perInstrument,
  type Instrument,
  type Refusal,
  type RoomId,
  type Standing,
  type TraderId,
} from '../vocabulary.ts';

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
  /** Equity right before the turn: the difference to the present equity is the turn's result. */
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
  /** The episode in which it went bankrupt; absent while it trades. */
  fellInEpisode?: number;
  /** How its persona is bent until the next closing bell. */
  bend?: Bend;
  /** Newest last, at most OWN_TURNS_KEPT. */
  ownTurns: OwnTurn[];
}

export const OWN_TURNS_KEPT = 4;

export function openBook(cashCents: number): Book {
  return { cashCents, qty: perInstrument(() => 0), costCents: perInstrument(() => 0) };
}

/** A trader as a season begins. */
export function openTrader(persona: Persona, { startCashCents }: { startCashCents: number }): Trader {
  return {
    id: persona.id,
    standing: 'trading',
    room: persona.homeRoom,
    cameFrom: null,
    walkedInRound: 0,
    heading: null,
    book: openBook(startCashCents),
    equityAtEpisodeOpenCents: startCashCents,
    peakEquityCents: startCashCents,
    maxDrawdownBps: 0,
    trades: 0,
    fumbles: 0,
    bailouts: 0,
    ownTurns: [],
  };
}
