/** One turn of a show, as far as its words and choices are judged. */
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

/** The line that waited for this trader's answer: one that names it, else the last. Null when nobody had spoken. */
export function waitingLine({ company, name }: Observation): string | null {
  const waiting = company.flatMap(({ said, unanswered }) => (said !== null && unanswered ? [said] : []));
  return waiting.find((line) => line.includes(name)) ?? waiting.at(-1) ?? null;
}

/** Roughly what a trader's choice could follow: what moved most this round, and which way; `quiet` when nothing did. */
export function situationOf({ prices }: Observation): string {
  const moves = prices.filter(({ roundBps }) => Math.abs(roundBps) >= NOTICED_BPS);
  const largest = moves.toSorted((one, other) => Math.abs(other.roundBps) - Math.abs(one.roundBps))[0];
  return largest ? `${largest.instrument} ${largest.roundBps > 0 ? 'up' : 'down'}` : 'quiet';
}

const NOTICED_BPS = 50;
