/** What the use cases return. Expected refusals are values with stable codes; what is thrown is a programmer's error. */
import type { Late } from './tempo.ts';
import type { Symptom } from './watch/symptoms.ts';
import type { Phase, RegimeId, Standing, TraderId } from '#core/vocabulary.ts';

export type Result<T, C extends string> =
  | { ok: true; value: T }
  | {
      ok: false;
      code: C;
      /** What a person needs to know to do better: limits, times, names. */ facts: Record<
        string,
        string | number
      >;
    };

export const accepted = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const refused = <C extends string>(
  code: C,
  facts: Record<string, string | number> = {},
): { ok: false; code: C; facts: Record<string, string | number> } => ({ ok: false, code, facts });

export type RunMode = 'stopped' | 'paused' | 'running';

export interface ShowStatus {
  mode: RunMode;
  paceMs: number;
  /** Where rounds take longer than the pace. */
  late: Late | null;
  brain: string;
  season: number;
  episode: number;
  phase: Phase;
  round: number;
  phaseRound: number;
  phaseRounds: number;
  regime: RegimeId;
  turns: number;
  fumbles: number;
  /** By appointment: when the gate opens. Null while it is open, or when it never will. */
  nextOpeningMs: number | null;
  /** Why there is little to see of the show; empty for one that is well. */
  symptoms: Symptom[];
  /** While another brain stands in: closing bells until the show's own is tried again. */
  bellsUntilLead: number | null;
  /** Posts that wait for the stage. */
  pendingPosts: number;
}

export interface BoardRow {
  rank: number;
  trader: TraderId;
  name: string;
  emoji: string;
  standing: Standing;
  bailouts: number;
  equityCents: number;
  gainBps: number;
  episodeGainCents: number;
  maxDrawdownBps: number;
  trades: number;
  /** What the same money would have become: bought in equal parts and held, and in the best instrument, this season. */
  buyAndHoldBps: number;
  bestInHindsightBps: number;
}

export interface OddsRow {
  outcome: TraderId;
  /** All chips on it, the house's included. */
  chips: number;
  /** Members who back it. */
  backers: number;
  /** Share of all chips that are on somebody, basis points; 0 in an empty pool. */
  shareBps: number;
  /** What 100 chips on it would return if the pool closed now. */
  per100: number;
}

export type StakeRefusal =
  | 'no_open_pool'
  | 'unknown_outcome'
  | 'stake_too_small'
  | 'stake_too_large'
  | 'not_enough_chips'
  | 'no_chips_left'
  | 'nothing_to_double'
  | 'no_answer_to_double'
  | 'unclear_pick'
  | 'conflict_of_interest';
export type WhisperRefusal =
  | 'unknown_trader'
  | 'show_not_running'
  | 'market_shut'
  | 'intern_cannot_trade'
  | 'line_is_busy'
  | 'whispered_already'
  | 'not_enough_chips'
  | TextRefusal;
export type PledgeRefusal =
  | 'unknown_trader'
  | 'no_such_thought'
  | 'thought_too_old'
  | 'told_already'
  | 'pledge_too_small'
  | 'not_enough_chips';
export type ChairRefusal =
  | 'unknown_trader'
  | 'market_shut'
  | 'intern_cannot_trade'
  | 'no_turn_yet'
  | 'round_is_over'
  | 'chaos_struck'
  | 'no_such_choice';
export type VoteRefusal = 'vote_is_over' | 'no_such_vote';
export type BluffRefusal = 'no_such_line' | 'round_is_over' | 'called_already' | 'you_know';
export type WhyRefusal = 'unknown_trader' | 'no_turn_yet' | 'too_many_ask' | 'no_time';
export type BailoutRefusal = 'chips_left' | 'stake_running' | 'bailed_out_today';
/** Why a producer's own words are not shown. */
export type TextRefusal = 'text_too_long' | 'text_blocked' | 'text_empty';
/** Why nothing can be done to a show that plays no rounds: each has another cure. */
export type StandstillRefusal = 'show_not_running' | 'show_paused';
export type ChaosRefusal = StandstillRefusal | 'market_shut' | 'cooling_down' | TextRefusal;
/** Of what a producer does from the control panel. */
export type PanelRefusal =
  | StandstillRefusal
  | 'once_a_round'
  | 'unknown_room'
  | 'market_is_open'
  | 'doors_closed'
  | 'bell_is_due'
  | TextRefusal;
export type ConfessRefusal = 'unknown_trader' | 'no_thought_yet' | 'no_such_round';
/** Of a change of the cast; what is wrong with a file is told by field. */
export type CastRefusal = 'no_such_persona' | 'not_cast' | 'cast_is_full' | 'cast_too_small';
/** Why no producer may change the model. */
export type FixedModel = 'model_is_fixed' | 'model_is_shared';
export type ModelRefusal = FixedModel | 'model_is_changing' | 'model_failed';
export type RunRefusal =
  | 'already_running'
  | 'already_paused'
  | 'not_running'
  | 'not_paused'
  | 'pace_out_of_range';
