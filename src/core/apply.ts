/**
 * The one mutator: `apply` turns a state and an action into the next state and the events. `applyInPlace` is the same for whoever
 * keeps no state but the last, as headless play does. Nothing else changes a state.
 */
import { RULES, type Action } from './actions/action.ts';
import type { Draft } from './actions/draft.ts';
import { chanceOf } from './chance/chance-of.ts';
import type { Content } from './content.ts';
import { copyOf } from './copy.ts';
import type { ShowEvent } from './events.ts';
import { remember } from './memory/remember.ts';
import type { ShowState } from './state.ts';

export function apply(
  before: ShowState,
  action: Action,
  content: Content,
): { state: ShowState; events: ShowEvent[] } {
  const state = copyOf(before);
  return { state, events: applyInPlace(state, action, content) };
}

/** Changes `state` itself; after an action that throws it is of no use any more. */
export function applyInPlace(state: ShowState, action: Action, content: Content): ShowEvent[] {
  const events: ShowEvent[] = [];
  const tell = (event: ShowEvent): void => {
    events.push(event);
  };
  // The table pairs each rule with its own action, which the type of a single entry cannot say.
  const rule = RULES[action.type] as (draft: Draft<ShowEvent>, action: Action) => void;
  rule({ state, content, chance: chanceOf(state), tell }, action);
  remember(state, events, content);
  return events;
}
