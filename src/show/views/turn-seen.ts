/** A turn as it was when its brain was asked: what the trader saw, and the state that it was asked in. By replay of its round. */
import { apply } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import { observe } from '#core/observe.ts';
import type { ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { ShowStore } from '../ports/store.ts';

export interface TurnSeen {
  observation: Observation;
  /** Right before the turn. */
  state: ShowState;
}

/** Null where the trader had no turn in that round, or the recording begins later. */
export function turnSeen(
  store: Pick<ShowStore, 'recordingFrom'>,
  content: Content,
  trader: TraderId,
  round: number,
): TurnSeen | null {
  const recording = store.recordingFrom(round - 1);
  if (!recording) return null;
  let { state } = recording;
  for (const { action } of recording.entries) {
    if (state.round > round) return null;
    if (action.type === 'takeTurn' && action.trader === trader && state.round === round)
      return { observation: observe(state, trader, content), state };
    ({ state } = apply(state, action, content));
  }
  return null;
}
