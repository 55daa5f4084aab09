/** What is wrong with a show whose process lives: signs that nobody sees a show any more, each noticed within an episode. */
import type { TraderId } from '#core/vocabulary.ts';
import type { Lasting } from './runs.ts';

export type SymptomKind =
  /** Nearly every turn is fumbled. */
  | 'fumbling'
  | 'motionless'
  | 'silent'
  /** One line over and over: a trader's own, or the floor's. */
  | 'repeating'
  /** One trade over and over: a trader's for a hundred rounds, or everybody's. */
  | 'same_trade'
  /** Lines are spoken, and none is shown. */
  | 'unseen'
  /** No turn ends. */
  | 'stalled';

export interface Symptom {
  kind: SymptomKind;
  /** Whom it concerns; null for all. */
  trader: TraderId | null;
  /** How long it has lasted: rounds; of a trader's line or trade, how many in a row; of `stalled`, seconds. */
  count: number;
}

/** A trader's lines that are the same, in a row. */
const OWN_LINES = 5;
/** Of the floor's last twelve lines. */
const FLOOR_LINES = 8;
const OWN_TRADES = 100;

/**
 * Rounds until each is noticed. Longer than what the shipped brains do of themselves in thousands of rounds, but for
 * `motionless`: there the scripted traders have now and then stayed in pairs for as long, and it is as dull then.
 */
const PATIENCE = { fumbled: 3, silent: 6, allTraded: 12, unmoved: 18, unseen: 6 };

/** Rounds that a sign may last before it is noticed: never more than an episode has. */
export function patienceOf(sign: keyof typeof PATIENCE, episodeRounds: number): number {
  return Math.min(PATIENCE[sign], Math.max(2, episodeRounds));
}

/** Signs in what is played. Fumbled turns are silent, do not move and do not trade: that is not told as well. */
export function symptomsOf(lasting: Lasting, episodeRounds: number): Symptom[] {
  const whole = (kind: SymptomKind, count: number, limit: number): Symptom[] =>
    count >= limit ? [{ kind, trader: null, count }] : [];
  const each = (kind: SymptomKind, counts: ReadonlyMap<TraderId, number>, limit: number): Symptom[] =>
    [...counts].flatMap(([trader, count]) => (count >= limit ? [{ kind, trader, count }] : []));
  const fumbling = whole('fumbling', lasting.fumbled, patienceOf('fumbled', episodeRounds));
  if (fumbling.length > 0) return fumbling;
  const sameTrade = whole('same_trade', lasting.allTraded, patienceOf('allTraded', episodeRounds));
  const sameLine = whole('repeating', lasting.sameLines, FLOOR_LINES);
  return [
    ...whole('motionless', lasting.unmoved, patienceOf('unmoved', episodeRounds)),
    ...whole('silent', lasting.silent, patienceOf('silent', episodeRounds)),
    ...(sameLine.length > 0 ? sameLine : each('repeating', lasting.lines, OWN_LINES)),
    ...(sameTrade.length > 0 ? sameTrade : each('same_trade', lasting.trades, OWN_TRADES)),
  ];
}
