/**
 * The shape of an episode: a question as it opens, beats at set points, the answer at the bell, a scene after it, and the next
 * question. Shows of the first edition have none.
 */
import type { Draft } from '../actions/draft.ts';
import { editionOf } from '../edition.ts';
import type { ShowState } from '../state.ts';
import type { Trader } from '../trading/trader.ts';
import { standings, type Standings } from '../trading/standings.ts';
import type { Size, Trade, TraderId } from '../vocabulary.ts';
import { recallBell } from './last-bell.ts';
import { answerTo, askQuestion, missingCents } from './question.ts';
import type { Answer, LastBell, Question } from './story.ts';

export type BeatEvent =
  /** Half time, or the last rounds. `missingCents`: what a yes to the question still needs, zero or less for a yes; null where
   * money does not tell. Standings best gain first. */
  | {
      type: 'beat';
      beat: 'halfTime' | 'lastRounds';
      roundsLeft: number;
      question: Question;
      missingCents: number | null;
      standings: Standings[];
    }
  | { type: 'firstCall'; trader: TraderId; trade: Trade; size: Size };

/** What a bell tells of the story; nothing in a show of the first edition. */
export interface OpeningStory {
  question?: Question;
  last?: LastBell;
}
export interface ClosingStory {
  question?: Question;
  answer?: Answer;
  /** The first call, and what its instrument did from then to the bell. */
  firstCall?: { trader: TraderId; trade: Trade; moveBps: number };
}

const LAST_ROUNDS = 3;
/** A shorter episode has no half time. */
const LEAST_ROUNDS = 6;

export const hasPlot = (state: ShowState): boolean => editionOf(state) >= 2;

export function openPlot(state: ShowState): OpeningStory {
  if (!hasPlot(state)) return {};
  const last = state.lastBell ?? null;
  const question = askQuestion(state, last);
  state.plot = { question, firstCall: null, fallen: [] };
  return last && last.season === state.season ? { question, last } : { question };
}

/** As a round of an episode opens, its number counted already. */
export function tellBeat({ state, tell }: Draft<BeatEvent>): void {
  const { plot, rules, phaseRound, phase } = state;
  if (phase !== 'episode' || !plot || rules.episodeRounds < LEAST_ROUNDS) return;
  const roundsLeft = rules.episodeRounds - phaseRound + 1;
  const beat =
    roundsLeft === LAST_ROUNDS
      ? 'lastRounds'
      : roundsLeft === halfOf(rules.episodeRounds)
        ? 'halfTime'
        : null;
  if (beat === null) return;
  const { question } = plot;
  tell({
    type: 'beat',
    beat,
    roundsLeft,
    question,
    missingCents: missingCents(question, state),
    standings: standings(state),
  });
}

const halfOf = (rounds: number): number => Math.floor(rounds / 2);

/** Somebody dealt. */
export function noteDeal(
  { state, tell }: Draft<BeatEvent>,
  trader: TraderId,
  trade: Trade,
  size: Size,
): void {
  const { plot, phase, market } = state;
  if (phase !== 'episode' || !plot || plot.firstCall || trade === 'Hold') return;
  plot.firstCall = { trader, trade, size, priceCents: market.priceCents[trade] };
  tell({ type: 'firstCall', trader, trade, size });
}

export function noteFall(state: ShowState, trader: Trader): void {
  if (!hasPlot(state)) return;
  trader.fellInEpisode = state.episode;
  state.plot?.fallen.push(trader.id);
}

/** As the closing bell rings: the answer, kept for the next episode to recall. */
export function closePlot(state: ShowState): ClosingStory {
  const { plot, season, episode, market } = state;
  if (!plot) return {};
  delete state.plot;
  const ranked = standings(state);
  const [best] = ranked;
  if (!best) return {};
  const { question, firstCall, fallen } = plot;
  const answer = answerTo(question, state, best.trader);
  const bell = recallBell({ season, episode, fallen }, ranked, question, answer, state.lastBell ?? null);
  if (bell) state.lastBell = bell;
  if (!firstCall || firstCall.trade === 'Hold') return { question, answer };
  const { trader, trade, priceCents } = firstCall;
  const moveBps = Math.round(((market.priceCents[trade] - priceCents) * 10_000) / priceCents);
  return { question, answer, firstCall: { trader, trade, moveBps } };
}

/** What the next episode is going to be about, as things stand. */
export function cliffhanger(state: ShowState): { cliffhanger?: Question } {
  return hasPlot(state) ? { cliffhanger: askQuestion(state, state.lastBell ?? null) } : {};
}
