/** The one mutator: `apply` turns a state and an action into the next state and what came of it. Nothing else does. */
import type { Action } from './actions/action.ts';
import type { Content } from './content.ts';
import type { ShowEvent } from './events.ts';
import { openMarket } from './market.ts';
import { bailOut, breakHeadline, leakThought, strikeChaos } from './actions/interventions.ts';
import { Prng } from './prng.ts';
import { closeRound, openRound } from './actions/round.ts';
import { openTrader, type Rules, type ShowState } from './state.ts';
import { takeTurn } from './actions/take-turn.ts';

/** What an action's code works on: a private copy of the state, the content, and the events so far. */
export interface Draft {
  state: ShowState;
  content: Content;
  events: ShowEvent[];
}

export function apply(
  before: ShowState,
  action: Action,
  content: Content,
): { state: ShowState; events: ShowEvent[] } {
  const draft: Draft = { state: structuredClone(before), content, events: [] };
  switch (action.type) {
    case 'openRound':
      openRound(draft);
      break;
    case 'takeTurn':
      takeTurn(draft, action);
      break;
    case 'closeRound':
      closeRound(draft);
      break;
    case 'strikeChaos':
      strikeChaos(draft, action.text);
      break;
    case 'breakHeadline':
      breakHeadline(draft, action.headline);
      break;
    case 'bailOut':
      bailOut(draft, action.trader);
      break;
    case 'leakThought':
      leakThought(draft, action.trader, action.text);
      break;
    case 'endSeason':
      draft.state.seasonEnding = true;
      break;
    case 'setSeasonEpisodes':
      draft.state.rules.seasonEpisodes = action.episodes ?? 0;
      break;
    default:
      action satisfies never;
  }
  return { state: draft.state, events: draft.events };
}

/** A new show before its first round: season 1, intermission, everybody in the home room with the starting cash. */
export function foundShow(seed: number, rules: Rules, content: Content): ShowState {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new Error(`a seed is a whole number from 0, not ${seed}`);
  return {
    version: 1,
    seed,
    rules,
    rng: Prng.seed(seed),
    round: 0,
    season: 1,
    episode: 0,
    phase: 'intermission',
    phaseRound: 0,
    roundOpen: false,
    market: openMarket(content.market),
    headlines: [],
    pendingHeadlines: [],
    recentHeadlines: [],
    speakers: {},
    traders: Object.fromEntries(content.cast.map((persona) => [persona.id, openTrader(persona, rules)])),
    lines: [],
    turnsTaken: [],
  };
}

/** True when the next `openRound` rings the opening bell: pools must lock before it. */
export function openingBellDue(state: ShowState): boolean {
  return (
    !state.roundOpen && state.phase === 'intermission' && state.phaseRound >= state.rules.intermissionRounds
  );
}
