/**
 * What would have been without the producer's hand: the same rounds from the same state, with the same decisions, but
 * without chaos and without a producer's headline. Pure.
 */
import type { Action } from './actions/action.ts';
import { apply } from './apply.ts';
import type { Content } from './content.ts';
import type { ShowState } from './state.ts';
import type { TraderId } from './vocabulary.ts';

/** Everybody's equity as a round closed that chaos never touched. */
export interface CalmClose {
  round: number;
  standings: { trader: TraderId; equityCents: number }[];
}

/**
 * Plays `entries`, each with the round that was open or last opened, on from `start` with the producer's hand left out from round `sinceRound` on; what was done before
 * stays done. Answers the close of each round from then on. Every round is dealt the numbers and the order of speakers
 * that it really had, so that only chaos makes the difference; what was decided is decided again, under the rules as they
 * apply there.
 */
export function withoutChaos(
  start: ShowState,
  entries: Iterable<{ round: number; action: Action }>,
  content: Content,
  sinceRound: number,
): CalmClose[] {
  let real = start;
  let calm = start;
  const closes: CalmClose[] = [];
  for (const { round, action } of entries) {
    const before = real;
    ({ state: real } = apply(real, action, content));
    if (round < sinceRound) {
      calm = real;
      continue;
    }
    if (isProducersHand(action)) continue;
    if (action.type === 'bailOut' && calm.traders[action.trader]?.standing !== 'intern') continue;
    const dealt = action.type === 'openRound' ? { ...calm, rng: before.rng } : calm;
    const { state, events } = apply(dealt, action, content);
    calm = action.type === 'openRound' ? { ...state, speakers: real.speakers } : state;
    for (const event of events) {
      if (event.type === 'roundClosed') closes.push({ round: event.round, standings: event.standings });
    }
  }
  return closes;
}

function isProducersHand(action: Action): boolean {
  if (action.type === 'breakHeadline') return action.headline.source === 'producer';
  return action.type === 'strikeChaos';
}
