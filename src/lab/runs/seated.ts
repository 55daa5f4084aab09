/**
 * What was decided in a trader's chair, as a turn of its world: the state as it was, and what the choice would have made of the
 * book. Words are left out on both sides, so that whoever sat there and whoever was on stage are judged by the same.
 */
import { apply } from '#core/apply.ts';
import type { Decision } from '#core/decision.ts';
import type { ShowState } from '#core/state.ts';
import type { Ask } from './player.ts';
import type { PlayedTurn } from './records.ts';
import { outcomeOf, seenTurn } from './seen-turn.ts';

/** @param ask of the turn, in the state that whoever sat there was shown. @param state right before the turn; nothing is changed */
export function seatedTurn(
  ask: Ask,
  state: ShowState,
  { trade, size, location }: Pick<Decision, 'trade' | 'size' | 'location'>,
): PlayedTurn {
  const { content } = ask;
  const { trader } = ask.observation;
  const decision: Decision = { thought: '', trade, size, speech: '', location };
  const { state: after, events } = apply(
    state,
    { type: 'takeTurn', trader, decision, fumble: null },
    content,
  );
  return {
    // Turns of one round share its luck: a round is drawn or left out as a whole.
    ...seenTurn(state.round, ask),
    ...outcomeOf(after, trader, events),
    decision,
    fumble: null,
    tokens: null,
    ms: 0,
  };
}
