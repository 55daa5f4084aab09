/** A turn as it was when its brain was asked: what the trader saw, and the state that it was asked in. By replay of its round. */
import { apply } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import { observe } from '#core/observe.ts';
import type { ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { ShowStore } from '../ports/store.ts';
import { AskedStates } from './asked-states.ts';

export interface TurnSeen {
  observation: Observation;
  /** Right before the turn. */
  state: ShowState;
}

/** Whose turn, and when. */
interface Which {
  trader: TraderId;
  round: number;
}

export const turnKey = ({ round, trader }: Which): string => `${round}/${trader}`;

/** Null where the trader had no turn in that round, or the recording begins later. */
export function turnSeen(
  store: Pick<ShowStore, 'recordingFrom'>,
  content: Content,
  trader: TraderId,
  round: number,
): TurnSeen | null {
  return turnsSeen(store, content, [{ trader, round }]).get(turnKey({ trader, round })) ?? null;
}

/** Turns of rounds that lie near each other, by `turnKey`: all of them by one replay. Without those that `turnSeen` has none for. */
export function turnsSeen(
  store: Pick<ShowStore, 'recordingFrom'>,
  content: Content,
  wanted: readonly Which[],
): ReadonlyMap<string, TurnSeen> {
  const seen = new Map<string, TurnSeen>();
  const keys = new Set(wanted.map(turnKey));
  const rounds = [...new Set(wanted.map(({ round }) => round))].toSorted((a, b) => a - b);
  const recording = firstRecorded(store, rounds);
  if (!recording) return seen;
  let { state } = recording;
  const askedStates = new AskedStates();
  for (const entry of recording.entries) {
    const { action } = entry;
    if (seen.size === keys.size || state.round > (rounds.at(-1) ?? 0)) break;
    if (action.type === 'takeTurn') {
      const key = turnKey({ round: state.round, trader: action.trader });
      const asked = askedStates.of(action, state);
      if (keys.has(key)) seen.set(key, { observation: observe(asked, action.trader, content), state });
    }
    ({ state } = apply(state, action, content));
    askedStates.note(entry, state);
  }
  return seen;
}

/** From before the first of the rounds that is recorded. */
function firstRecorded(
  store: Pick<ShowStore, 'recordingFrom'>,
  rounds: readonly number[],
): ReturnType<ShowStore['recordingFrom']> {
  for (const round of rounds) {
    const recording = store.recordingFrom(round - 1);
    if (recording) return recording;
  }
  return null;
}
