/** A trader's private thought, for whoever asks privately. */
import type { TraderId } from '#core/vocabulary.ts';
import type { ShowStore, TurnRecord } from '../ports/store.ts';
import { accepted, refused, type ConfessRefusal, type Result } from '../results.ts';

/** The newest thought, or that of a round. */
export function confessionOf(
  store: ShowStore,
  trader: TraderId,
  round: number | null,
): Result<TurnRecord, ConfessRefusal> {
  const newest = store.turns(trader, 1)[0];
  if (round === null) return newest ? accepted(newest) : refused('no_thought_yet');
  const record = store.turn(trader, round);
  return record ? accepted(record) : refused('no_such_round', { round, newest: newest?.round ?? 0 });
}
