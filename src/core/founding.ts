/** How a show begins, and how one between two rounds takes on changed content. */
import type { Content } from './content.ts';
import { EDITION } from './edition.ts';
import { firstSceneRoom } from './story/first-scene.ts';
import { openMarket } from './market.ts';
import type { Rules, ShowState } from './state.ts';
import type { Question } from './story/story.ts';
import { openTrader } from './trading/trader.ts';
import type { TraderId } from './vocabulary.ts';

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
  forgetLeavers(state);
  return state;
}

/** What is under way or recalled about somebody who does not play any more ends here. */
function forgetLeavers(state: ShowState): void {
  const plays = (id: TraderId | null | undefined): boolean =>
    id === null || id === undefined || id in state.traders;
  const { scene, lastBell, plot, memory } = state;
  state.turnsTaken = state.turnsTaken.filter(plays);
  state.lines = state.lines
    .filter(({ speaker }) => plays(speaker))
    .map((line) => ({ ...line, heardBy: line.heardBy.filter(plays) }));
  if (scene && !(plays(scene.winner) && plays(scene.loser))) delete state.scene;
  if (
    lastBell &&
    ![lastBell.winner, lastBell.loser, ...lastBell.fallen, ...named(lastBell.question)].every(plays)
  )
    delete state.lastBell;
  if (plot && ![plot.firstCall?.trader, ...plot.fallen, ...named(plot.question)].every(plays))
    delete state.plot;
  if (!memory) return;
  memory.facts = memory.facts.filter(({ about, by }) => plays(about) && plays(by));
  memory.claims = memory.claims.filter(({ by, followers }) =>
    [by, ...followers.map(({ trader }) => trader)].every(plays),
  );
  if (memory.said) memory.said = Object.fromEntries(Object.entries(memory.said).filter(([id]) => plays(id)));
  memory.runs = Object.fromEntries(Object.entries(memory.runs).filter(([id]) => plays(id)));
  if (!plays(memory.leader)) memory.leader = null;
}

function named(question: Question): TraderId[] {
  return [
    ...('trader' in question ? [question.trader] : []),
    ...('rival' in question ? [question.rival] : []),
  ];
}
