/** A round opens: the bell when it is due, the market's move, news, what is owed, and who speaks when. */
import { assertThat } from '../assert.ts';
import { moveMarket } from '../market.ts';
import { breakNews, releasePendingHeadlines, type NewsEvent } from '../news.ts';
import { speakingOrder } from '../speaking.ts';
import { openPlot, tellBeat, type BeatEvent, type OpeningStory } from '../story/plot.ts';
import type { ShowState } from '../state.ts';
import { equityCents } from '../trading/books.ts';
import { charge, type DeskEvent } from '../trading/desk.ts';
import { settleRound, type MarginEvent } from '../trading/margin.ts';
import type { Instrument, Phase, RegimeId } from '../vocabulary.ts';
import type { Draft } from './draft.ts';

export interface OpenRound {
  type: 'openRound';
}

export type OpenRoundEvent =
  /** A new show begins. `rounds`: to the first opening bell. */
  | { type: 'premiereOpened'; season: number; rounds: number }
  | ({ type: 'episodeOpened'; season: number; episode: number; rounds: number } & OpeningStory)
  | {
      type: 'roundOpened';
      round: number;
      phase: Phase;
      season: number;
      episode: number;
      phaseRound: number;
      regime: RegimeId;
      priceCents: Record<Instrument, number>;
      lastPriceCents: Record<Instrument, number>;
    }
  | { type: 'regimeChanged'; from: RegimeId; to: RegimeId }
  | BeatEvent
  | NewsEvent
  | DeskEvent
  | MarginEvent;

export function openRound(draft: Draft<OpenRoundEvent>): void {
  const { state, content, chance, tell } = draft;
  assertThat(!state.roundOpen, 'a round is open already');
  if (openingBellDue(state)) ringOpeningBell(draft);
  if (state.phase === 'premiere' && state.phaseRound === 0)
    tell({ type: 'premiereOpened', season: state.season, rounds: state.rules.intermissionRounds });
  state.round += 1;
  state.phaseRound += 1;
  state.roundOpen = true;
  state.turnsTaken = [];
  state.headlines = [];
  releasePendingHeadlines(state);
  if (state.phase !== 'intermission') {
    const change = moveMarket(state.market, content.market, chance);
    tell(roundOpened(state));
    tellBeat(draft);
    if (change) tell({ type: 'regimeChanged', ...change });
    breakNews(draft, change !== null);
    for (const trader of Object.values(state.traders)) settleRound(draft, trader);
  } else {
    state.market.lastPriceCents = { ...state.market.priceCents };
    tell(roundOpened(state));
  }
  state.speakers = speakingOrder(state, content, chance);
}

/** True when the next `openRound` rings the opening bell: pools must lock before it. */
export function openingBellDue(state: ShowState): boolean {
  return !state.roundOpen && state.phase !== 'episode' && state.phaseRound >= state.rules.intermissionRounds;
}

function ringOpeningBell(draft: Draft<OpenRoundEvent>): void {
  const { state, tell } = draft;
  state.phase = 'episode';
  state.phaseRound = 0;
  state.episode += 1;
  state.market.episodeOpenCents = { ...state.market.priceCents };
  tell({
    type: 'episodeOpened',
    season: state.season,
    episode: state.episode,
    rounds: state.rules.episodeRounds,
    ...openPlot(state),
  });
  for (const trader of Object.values(state.traders)) {
    trader.equityAtEpisodeOpenCents = equityCents(trader.book, state.market.priceCents);
    if (trader.standing === 'trading') charge(draft, trader, 'rent', -state.rules.deskRentCents);
  }
}

function roundOpened(state: ShowState) {
  return {
    type: 'roundOpened' as const,
    round: state.round,
    phase: state.phase,
    season: state.season,
    episode: state.episode,
    phaseRound: state.phaseRound,
    regime: state.market.regime,
    priceCents: { ...state.market.priceCents },
    lastPriceCents: { ...state.market.lastPriceCents },
  };
}
