/** Where a show goes on: from its journal, or from the beginning. */
import type { Action } from '#core/actions/action.ts';
import { apply } from '#core/apply.ts';
import { EDITION, editionOf } from '#core/edition.ts';
import { adoptContent, foundShow } from '#core/founding.ts';
import type { Content } from '#core/content.ts';
import type { Rules, ShowState } from '#core/state.ts';
import { contentHash } from './hash.ts';
import type { Clock, Log } from './ports/clock.ts';
import type { ShowStore } from './ports/store.ts';

interface RestoreDeps {
  content: Content;
  rules: Rules;
  seed: number;
  clock: Clock;
  log: Log;
}

/** The state that the journal leads to, even in the middle of a round; founds a show that the store does not hold yet. */
export function restore(deps: RestoreDeps, store: ShowStore): ShowState {
  let state = journalled(deps, store);
  if (state.chance === undefined) {
    state = record({ type: 'keyChance' }, state, deps, store);
    deps.log.info(
      { round: state.round, seed: state.seed },
      'this show began under version 0.1: from here on the traders no longer change what chance draws',
    );
  }
  // In the middle of a round the rules stay as they are until the show is next opened between two.
  if (editionOf(state) < EDITION && !state.roundOpen) {
    state = record({ type: 'takeEdition', edition: EDITION }, state, deps, store);
    deps.log.info(
      { round: state.round, edition: EDITION },
      'the rules of the show have a new edition: it goes on by it',
    );
  }
  return state;
}

function journalled({ content, rules, seed, clock, log }: RestoreDeps, store: ShowStore): ShowState {
  const loaded = store.load();
  const hash = contentHash(content);
  if (!loaded) {
    const founding = foundShow(seed, rules, content);
    store.found(founding, hash, clock.nowMs());
    return founding;
  }
  if (store.recording().contentHash === hash) {
    return loaded.actions.reduce((state, { action }) => apply(state, action, content).state, loaded.snapshot);
  }
  const adopted = adopt(loaded, content);
  store.found(adopted, hash, clock.nowMs());
  log.info(
    { round: adopted.round },
    'data/ has changed since the show last ran: it goes on with the new content',
  );
  return adopted;
}

/** Stores an action of the show itself. What was recorded replays as it was, up to this action and on from it. */
function record(
  action: Action,
  before: ShowState,
  { content, clock }: RestoreDeps,
  store: ShowStore,
): ShowState {
  const { state, events } = apply(before, action, content);
  store.record({ action, state, hash: null, events, planned: [], answer: null, atMs: clock.nowMs() });
  return state;
}

/**
 * Content that changed while the show was away counts from the last closed round. A round that was open then is given up with
 * its number: what was said in it stays said, and its actions cannot be replayed under other rules.
 */
function adopt(
  loaded: { snapshot: ShowState; actions: readonly { action: Action }[] },
  content: Content,
): ShowState {
  const opening = loaded.actions.findIndex(({ action }) => action.type === 'openRound');
  const between = opening === -1 ? loaded.actions : loaded.actions.slice(0, opening);
  const adopted = adoptContent(loaded.snapshot, content);
  const state = between.reduce((before, { action }) => apply(before, action, content).state, adopted);
  return opening === -1 ? state : { ...state, round: loaded.snapshot.round + 1 };
}
