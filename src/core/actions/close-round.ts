/** A round closes: everybody walks, lines grow old, and the closing bell rings when it is due. */
import { assertThat } from '../assert.ts';
import { openMarket } from '../market.ts';
import { LINE_ROUNDS, type ShowState } from '../state.ts';
import { bendAtBell } from '../trading/bend.ts';
import { equityCents } from '../trading/books.ts';
import { lendToInterns, type ComebackEvent } from '../trading/comeback.ts';
import { backable, richestFirst, standings, type Standings } from '../trading/standings.ts';
import { openTrader, type Trader } from '../trading/trader.ts';
import { closePlot, cliffhanger, hasPlot, type ClosingStory } from '../story/plot.ts';
import type { Question } from '../story/story.ts';
import { endClosingScene, openClosingScene, type SceneEvent } from '../story/closing-scene.ts';
import { BPS, type Phase, type TraderId } from '../vocabulary.ts';
import type { Draft } from './draft.ts';
import type { Refused } from './refusal.ts';

export interface CloseRound {
  type: 'closeRound';
}

export type CloseRoundEvent =
  | Refused
  | { type: 'roundClosed'; round: number; phase: Phase; standings: Standings[] }
  /** `episode` has ended; standings best gain first. */
  | ({ type: 'episodeClosed'; season: number; episode: number; standings: Standings[] } & ClosingStory)
  | SceneEvent
  | ComebackEvent
  /** Richest first. */
  | { type: 'seasonClosed'; season: number; standings: Standings[] }
  | { type: 'seasonOpened'; season: number }
  | {
      type: 'intermissionOpened';
      season: number;
      episode: number;
      rounds: number;
      backable: TraderId[];
      /** What the next episode is going to be about, as things stand. */
      cliffhanger?: Question;
    };

export function closeRound(draft: Draft<CloseRoundEvent>): void {
  const { state, tell } = draft;
  assertThat(state.roundOpen, 'no round is open');
  const waiting = Object.keys(state.traders).filter((id) => !state.turnsTaken.includes(id));
  assertThat(waiting.length === 0, `${waiting.join(', ')} had no turn yet`);
  for (const trader of Object.values(state.traders)) walk(draft, trader);
  state.lines = state.lines.filter((line) => line.round > state.round - LINE_ROUNDS + 1);
  state.roundOpen = false;
  for (const trader of Object.values(state.traders)) trackDrawdown(state, trader);
  tell({ type: 'roundClosed', round: state.round, phase: state.phase, standings: standings(state) });
  if (isLastOfEpisode(state)) {
    const ranked = ringClosingBell(draft);
    if (hasPlot(state)) followBell(draft, ranked);
    else if (seasonOver(state)) openNextSeason(draft);
    openIntermission(draft);
  } else endClosingScene(state);
}

/** Whether this is the round in which the closing bell rings. */
export function isLastOfEpisode({ phase, phaseRound, rules }: ShowState): boolean {
  return phase === 'episode' && phaseRound >= rules.episodeRounds;
}

function walk({ state, content, tell }: Draft<CloseRoundEvent>, trader: Trader): void {
  const to = trader.heading;
  trader.heading = null;
  if (to === null || to === trader.room) return;
  const seats = content.office.rooms.find((room) => room.id === to)?.seats ?? 0;
  const taken = Object.values(state.traders).filter((other) => other.room === to).length;
  if (taken >= seats) {
    tell({ type: 'refused', trader: trader.id, code: 'room_full', trade: 'Hold', location: to });
    return;
  }
  tell({ type: 'walked', round: state.round, trader: trader.id, from: trader.room, to });
  trader.cameFrom = trader.room;
  trader.room = to;
  // The walk ends as the next round opens: that is the round in which the others see somebody walk in.
  trader.walkedInRound = state.round + 1;
}

function trackDrawdown(state: ShowState, trader: Trader): void {
  const equity = equityCents(trader.book, state.market.priceCents);
  trader.peakEquityCents = Math.max(trader.peakEquityCents, equity);
  const drawdown = Math.round(((trader.peakEquityCents - equity) * BPS) / trader.peakEquityCents);
  trader.maxDrawdownBps = Math.max(trader.maxDrawdownBps, drawdown);
}

function ringClosingBell({ state, tell }: Draft<CloseRoundEvent>): Standings[] {
  const ranked = standings(state);
  tell({
    type: 'episodeClosed',
    season: state.season,
    episode: state.episode,
    standings: ranked,
    ...closePlot(state),
  });
  state.phase = 'intermission';
  state.phaseRound = 0;
  // Whoever had no turn to hear it in never hears it.
  delete state.tips;
  return ranked;
}

/** From the second edition on the bell has consequences: bent rules, loans, a meeting. Nobody is out for a season. */
function followBell(draft: Draft<CloseRoundEvent>, ranked: readonly Standings[]): void {
  const { state } = draft;
  for (const standing of ranked) {
    const trader = state.traders[standing.trader];
    if (trader) bendAtBell(trader, standing);
  }
  if (endsByTime(state)) openNextSeason(draft);
  else lendToInterns(draft);
  openClosingScene(draft, ranked);
}

/** By its number, or because its time is up. */
function endsByTime({ rules, episode, seasonEnding }: ShowState): boolean {
  return (rules.seasonEpisodes > 0 && episode % rules.seasonEpisodes === 0) || seasonEnding === true;
}

/** Under the first edition also when nobody is left who may trade. */
function seasonOver(state: ShowState): boolean {
  return endsByTime(state) || Object.values(state.traders).every(({ standing }) => standing === 'intern');
}

/** Everybody starts afresh, where they stand. */
function openNextSeason({ state, content, tell }: Draft<CloseRoundEvent>): void {
  tell({ type: 'seasonClosed', season: state.season, standings: richestFirst(state) });
  state.season += 1;
  delete state.seasonEnding;
  state.market = openMarket(content.market);
  for (const persona of content.cast) {
    const old = state.traders[persona.id];
    if (!old) continue;
    const { room, cameFrom, walkedInRound } = old;
    state.traders[persona.id] = { ...openTrader(persona, state.rules), room, cameFrom, walkedInRound };
  }
  tell({ type: 'seasonOpened', season: state.season });
}

function openIntermission({ state, tell }: Draft<CloseRoundEvent>): void {
  tell({
    type: 'intermissionOpened',
    season: state.season,
    episode: state.episode + 1,
    rounds: state.rules.intermissionRounds,
    backable: backable(state),
    ...cliffhanger(state),
  });
}
