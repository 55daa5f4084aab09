/** What came of an action: facts for the database, the stage and the painter. Plain JSON. */
import type { Decision } from './decision.ts';
import type { Headline } from './state.ts';
import type {
  FillReason,
  Fumble,
  Instrument,
  Phase,
  Refusal,
  RegimeId,
  RoomId,
  TraderId,
} from './vocabulary.ts';

export interface Standings {
  trader: TraderId;
  equityCents: number;
  /** Since the episode's opening bell. */
  episodeGainCents: number;
}

export interface Fill {
  trader: TraderId;
  instrument: Instrument;
  /** Signed ten-thousandths of a unit: positive buys. */
  qty: number;
  priceCents: number;
  /** Signed as qty, rounded to the cent; cash changes by -notionalCents - feeCents. */
  notionalCents: number;
  feeCents: number;
  reason: FillReason;
}

export type ShowEvent =
  | { type: 'seasonOpened'; season: number }
  | { type: 'seasonClosed'; season: number; standings: Standings[] }
  | { type: 'intermissionOpened'; season: number; episode: number; rounds: number; backable: TraderId[] }
  | { type: 'episodeOpened'; season: number; episode: number; rounds: number }
  /** `episode` has ended; standings best gain first. */
  | { type: 'episodeClosed'; season: number; episode: number; standings: Standings[] }
  | {
      type: 'roundOpened';
      round: number;
      phase: Phase;
      season: number;
      episode: number;
      phaseRound: number;
      regime: RegimeId;
      priceCents: Record<Instrument, number>;
      lastPriceCents: Record<Instrument, number>;
    }
  | { type: 'regimeChanged'; from: RegimeId; to: RegimeId }
  | { type: 'headlineBroke'; headline: Headline }
  | { type: 'chaosStruck'; headline: Headline; priceCents: Record<Instrument, number> }
  | ({ type: 'filled' } & Fill)
  /** Cash taken or given that is not a fill; `amountCents` is signed, as cash changed. */
  | {
      type: 'charged';
      trader: TraderId;
      what: 'rent' | 'interest' | 'bailout' | 'write_off';
      amountCents: number;
    }
  | {
      type: 'marginCalled';
      trader: TraderId;
      equityCents: number;
      exposureCents: number;
      liquidated: boolean;
    }
  | { type: 'bankrupted'; trader: TraderId; equityCents: number; obituary: string }
  | { type: 'bailedOut'; trader: TraderId; loanCents: number }
  /** Private: holds the thought. Only the database and /confess may read it. */
  | {
      type: 'turnTaken';
      round: number;
      trader: TraderId;
      room: RoomId;
      decision: Decision;
      fumble: Fumble | null;
      refusals: Refusal[];
      equityCents: number;
    }
  | { type: 'refused'; trader: TraderId; code: Refusal; trade: Decision['trade']; location: string }
  | { type: 'spoke'; round: number; trader: TraderId; room: RoomId; text: string; heardBy: TraderId[] }
  | { type: 'walked'; round: number; trader: TraderId; from: RoomId; to: RoomId }
  | { type: 'thoughtLeaked'; trader: TraderId; room: RoomId; text: string }
  | { type: 'roundClosed'; round: number; phase: Phase; standings: Standings[] };

export type ShowEventType = ShowEvent['type'];
export type EventOf<T extends ShowEventType> = Extract<ShowEvent, { type: T }>;
