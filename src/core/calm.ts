/**
 * What would have been without the producer's hand: the same rounds from the same state, with the same decisions, but
 * without chaos and without a producer's headline. Pure.
 */
import type { Action } from './actions/action.ts';
import { apply } from './apply.ts';
import type { Content } from './content.ts';
import type { ShowState } from './state.ts';
import type { TraderId } from './vocabulary.ts';

/** Everybody's equity as a round closed that was played another way. */
export interface Close {
  round: number;
  standings: { trader: TraderId; equityCents: number }[];
}

/**
 * Plays `entries` on from `start`, each with the round that was open or last opened, and leaves out the producer's hand
 * from round `sinceRound` on; what was done before stays done. Returns the close of each round from then on. Every round
 * draws the luck that it really had, because chance is keyed; what was decided is decided again, under the rules as they
 * apply there.
 */
export function withoutChaos(
  start: ShowState,
  entries: Iterable<{ round: number; action: Action }>,
  content: Content,
  sinceRound: number,
): Close[] {
  let real = start;
  let calm = start;
  const closes: Close[] = [];
  for (const { round, action } of entries) {
    const before = real;
    ({ state: real } = apply(real, action, content));
    if (round < sinceRound) {
      calm = real;
      continue;
    }
    if (isProducersHand(action)) continue;
    if (action.type === 'bailOut' && calm.traders[action.trader]?.standing !== 'intern') continue;
    const { state, events } = apply(dealtAs(before, calm), action, content);
    // A round of version 0.1 may draw more or fewer numbers without chaos: it keeps the order of speakers that it had.
    calm = action.type === 'openRound' ? { ...state, speakers: real.speakers } : state;
    for (const event of events) {
      if (event.type === 'roundClosed') closes.push({ round: event.round, standings: event.standings });
    }
  }
  return closes;
}

/** A single generator is put where it really stood; keyed chance needs nothing. */
function dealtAs(real: ShowState, calm: ShowState): ShowState {
  return real.rng === undefined ? calm : { ...calm, chance: undefined, rng: real.rng };
}

function isProducersHand(action: Action): boolean {
  if (action.type === 'breakHeadline') return action.headline.source === 'producer';
  return ['strikeChaos', 'callHeadline', 'plantRumour'].includes(action.type);
}
