/**
 * A twin: what would have been with another brain in all chairs. The same rounds from the same state, with the same luck, news
 * and chaos, but every turn decided anew, from what the twin's own floor has come to. Pure if `decide` is.
 */
import type { Action } from './actions/action.ts';
import { applyInPlace } from './apply.ts';
import type { Close } from './calm.ts';
import type { Content } from './content.ts';
import { copyOf } from './copy.ts';
import type { Decision } from './decision.ts';
import type { Observation } from './observation.ts';
import { observe } from './observe.ts';
import { nextSpeakers } from './speaking.ts';
import type { ShowState } from './state.ts';
import { debutOf } from './story/first-scene.ts';

/**
 * Plays `entries` on from `start`, each with the round that was open or last opened; from round `sinceRound` on it is the twin
 * that decides. Returns the close of each round from then on. Null for a show of version 0.1, whose luck was one row of numbers
 * that every decision shifts.
 */
export function playTwin(
  start: ShowState,
  entries: Iterable<{ round: number; action: Action }>,
  content: Content,
  sinceRound: number,
  decide: (observation: Observation, seed: number) => Decision,
): Close[] | null {
  if (start.rng !== undefined) return null;
  const state = copyOf(start);
  const closes: Close[] = [];
  for (const { round, action } of entries) {
    if (round >= sinceRound) {
      if (isOfTheCast(action) || (action.type === 'bailOut' && !isIntern(state, action.trader))) continue;
      if (action.type === 'closeRound') takeTurns(state, content, decide);
    }
    for (const event of applyInPlace(state, action, content))
      if (event.type === 'roundClosed' && round >= sinceRound)
        closes.push({ round: event.round, standings: event.standings });
  }
  return closes;
}

function takeTurns(
  state: ShowState,
  content: Content,
  decide: (observation: Observation, seed: number) => Decision,
): void {
  for (let [trader] = nextSpeakers(state); trader !== undefined; [trader] = nextSpeakers(state)) {
    const decision = debutOf(state, content, trader) ?? decide(observe(state, trader, content), state.seed);
    applyInPlace(state, { type: 'takeTurn', trader, decision, fumble: null }, content);
  }
}

/** What was decided, and what members did with those who decided it. */
const isOfTheCast = ({ type }: Action): boolean => ['takeTurn', 'leakThought', 'whisper'].includes(type);

const isIntern = (state: ShowState, trader: string): boolean => state.traders[trader]?.standing === 'intern';
