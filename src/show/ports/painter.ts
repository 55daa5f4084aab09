/** Pictures: what they show, and the painter that draws them. */
import type { Persona, Weather } from '#core/content.ts';
import type { Phase, RoomId, TraderId } from '#core/vocabulary.ts';
import type { CardView } from './card-views.ts';

/** How a trader looks that says nothing in a round. */
export const GESTURES = ['thinks', 'stares', 'phones', 'sips'] as const;
export type Gesture = (typeof GESTURES)[number];

/** What the floor's picture shows: enough to draw it again at any time, nothing private. */
export interface FloorView {
  /** The language of what is written on the picture; English when left out. Lines stay as they were said. */
  language?: string;
  round: number;
  season: number;
  episode: number;
  phase: Phase;
  roundsLeft: number;
  /** All rounds of the phase: together with `roundsLeft` it gives the time of day. */
  phaseRounds: number;
  regime: { id: string; name: string; color: string; weather: Weather; papersFly: boolean };
  headline: { text: string; source: string } | null;
  prices: {
    instrument: string;
    priceCents: number;
    roundBps: number;
    episodeBps: number;
    /** Prices at the opening of recent rounds, the present one last: for a chart. */
    curveCents: number[];
  }[];
  traders: {
    id: TraderId;
    name: string;
    color: string;
    sprite: string;
    room: RoomId;
    cameFrom: RoomId | null;
    /** The room in which it is when the round is over; the same room when it stays. */
    heading: RoomId;
    standing: 'trading' | 'intern';
    bailouts: number;
    equityCents: number;
    /** By which the pool is won; absent in views from before it was shown. */
    episodeGainCents?: number;
    episodeBps: number;
    /** Equity at the close of recent rounds, oldest first: for a sparkline. */
    curveCents: number[];
    line: string | null;
    /** Its place among the round's lines, from 0; null without a line. */
    lineOrder: number | null;
    trade: string | null;
    /** Null for somebody who speaks or had no turn yet; absent in views from before there were any. */
    gesture?: Gesture | null;
  }[];
  tape: string[];
  /** The pool of an intermission; null in an episode, and when nothing is bet on. */
  pool: PoolView | null;
  /** Absent while the show may play. */
  doors?: ClosedDoors;
}

/** A show by appointment between two openings. */
export interface ClosedDoors {
  opensMs: number;
  /** By the show's own clock: 0 is Sunday; null for today. */
  weekday: number | null;
  /** By the same clock, as `20:00`. */
  at: string;
}

/** An open pool as everybody may see it. */
export interface PoolView {
  /** Whether bets stay open for as long as the picture stands. If not, it says only when they close. */
  staysOpen: boolean;
  /** The episode whose outcome it is about. */
  episode: number;
  potChips: number;
  odds: {
    trader: TraderId;
    /** Its share of the stakes, in basis points. */
    shareBps: number;
    /** What 100 chips on it would return as things stand. */
    per100: number;
  }[];
}

export interface Painter {
  /** A PNG. Rejects when drawing fails or takes too long; callers fall back to text. */
  floor(view: FloorView, signal: AbortSignal): Promise<Uint8Array>;
  /** An animated GIF: the round's lines as they were said, then everybody walks. Rejects as `floor` does. */
  round(view: FloorView, signal: AbortSignal): Promise<Uint8Array>;
  /** A PNG of 800 x 500: a chart, a trader's card, a bell's recap, the awards. Rejects as `floor` does. */
  card(view: CardView, signal: AbortSignal): Promise<Uint8Array>;
  portrait(of: Pick<Persona, 'sprite' | 'color'>): Promise<Uint8Array>;
  close(): Promise<void>;
}
