/** How a show begins, and how one between two rounds takes on changed content. */
import type { Content } from './content.ts';
import { EDITION } from './edition.ts';
import { firstSceneRoom } from './story/first-scene.ts';
import { openMarket } from './market.ts';
import type { Rules, ShowState } from './state.ts';
import { openTrader } from './trading/trader.ts';

/** A new show before its first round: its premiere, with an open market and everybody in one room with the starting cash. */
export function foundShow(seed: number, rules: Rules, content: Content): ShowState {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new Error(`a seed is a whole number from 0, not ${seed}`);
  return {
    version: 1,
    edition: EDITION,
    seed,
    rules,
    chance: 'keyed',
    round: 0,
    season: 1,
    episode: 0,
    phase: 'premiere',
    phaseRound: 0,
    roundOpen: false,
    market: openMarket(content.market),
    headlines: [],
    pendingHeadlines: [],
    recentHeadlines: [],
    speakers: {},
    traders: Object.fromEntries(
      content.cast.map((persona) => [
        persona.id,
        { ...openTrader(persona, rules), room: firstSceneRoom(content.office) },
      ]),
    ),
    lines: [],
    turnsTaken: [],
  };
}

/** The same show with other content: data/ may have gained or lost a persona, a room, a regime. */
export function adoptContent(before: ShowState, content: Content): ShowState {
  if (before.roundOpen) throw new Error('content changes between rounds');
  const state = structuredClone(before);
  const rooms = new Set(content.office.rooms.map((room) => room.id));
  state.traders = Object.fromEntries(
    content.cast.map((persona) => {
      const trader = state.traders[persona.id] ?? openTrader(persona, state.rules);
      return [
        persona.id,
        rooms.has(trader.room) ? trader : { ...trader, room: persona.homeRoom, cameFrom: null },
      ];
    }),
  );
  const regimes = content.market.regimes.map((regime) => regime.id);
  if (!regimes.includes(state.market.regime)) state.market.regime = content.market.firstRegime;
  state.speakers = {};
  return state;
}
