/** What a player is asked for a trader, with what the lab knows beside it. */
import { personaOf, type Content } from '#core/content.ts';
import { observe } from '#core/observe.ts';
import type { ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { nextReturnsBps, regimeNow } from '../worlds/truth.ts';
import type { Ask } from './player.ts';
import { exposureOf, traderOf } from './seen-turn.ts';

/** @param state right before the turn. @param floor names the world */
export function askOf(state: ShowState, trader: TraderId, content: Content, floor: string): Ask {
  return {
    id: `${state.round}:${trader}`,
    floor,
    observation: observe(state, trader, content),
    persona: personaOf(content, trader),
    state,
    content,
    truth: {
      regime: regimeNow(state, content),
      nextBps: () => nextReturnsBps(state, content),
      exposure: exposureOf(traderOf(state, trader), state),
    },
  };
}
