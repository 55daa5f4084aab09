/** One turn of a show, as far as its words and choices are judged. */
import { mostMoved } from '#core/trading/most-moved.ts';
import type { Observation } from '#core/observation.ts';
import type { Trade, TraderId } from '#core/vocabulary.ts';

export interface JudgedTurn {
  round: number;
  trader: TraderId;
  thought: string;
  /** Empty: silence. */
  speech: string;
  trade: Trade;
  fumbled: boolean;
  seen: Observation;
}

/** Roughly what a trader's choice could follow: what moved most this round, and which way; `quiet` when nothing did. */
export function situationOf({ prices }: Observation): string {
  const most = mostMoved(prices);
  return most ? `${most.instrument} ${most.roundBps > 0 ? 'up' : 'down'}` : 'quiet';
}
