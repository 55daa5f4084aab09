/** A show between two rounds takes on changed content: data/ may have gained or lost a persona, a room, a regime. */
import type { Content } from '../content.ts';
import { openTrader, type ShowState } from '../state.ts';

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
