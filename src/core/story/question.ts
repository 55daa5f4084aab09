/** The question of an episode: computed from the state when it opens, the one with the most at stake; answered at the bell. */
import { bankruptCents } from '../trading/bankruptcy.ts';
import { equityCents } from '../trading/books.ts';
import type { ShowState } from '../state.ts';
import type { TraderId } from '../vocabulary.ts';
import type { Answer, LastBell, Question } from './story.ts';

const STEP_CENTS = 100_000;
/** Somebody who lost more than this share of equity has something to repay. */
const REPAY_SHARE = 0.02;
const CLOSE_SHARE = 0.05;
/** A mark is worth asking about from so far away, and until so far away. */
const MILESTONE_LEAST = 0.03;
const MILESTONE_SHARE = 0.12;
/** What was asked last time is worth less, so that it is asked again only when nothing else counts. */
const ASKED_BEFORE = 35;

interface Candidate {
  question: Question;
  /** The more, the more is at stake. */
  stake: number;
}

/** Of the state between two episodes, or right as one opens. */
export function askQuestion(state: ShowState, last: LastBell | null): Question {
  const candidates = [
    ...Object.keys(state.traders).flatMap((id) => about(state, id)),
    ...leaders(state),
    ...since(state, last),
  ].map((one) => ({ ...one, stake: one.stake - (isSame(one.question, last?.question) ? ASKED_BEFORE : 0) }));
  const [best] = candidates.toSorted((a, b) => b.stake - a.stake);
  return best && best.stake > 0 ? best.question : { kind: 'winner' };
}

function about(state: ShowState, trader: TraderId): Candidate[] {
  const { standing, bailouts, book } = state.traders[trader] ?? {};
  if (standing !== 'trading' || !book) return [];
  const { startCashCents, bailoutCents } = state.rules;
  const equity = equityCents(book, state.market.priceCents);
  const half = startCashCents / 2;
  if (equity <= 3 * bankruptCents(state.rules))
    return [{ question: { kind: 'survive', trader }, stake: 100 }];
  // A loan that nothing was made of yet.
  if (bailouts && equity <= 1.1 * bailoutCents)
    return [{ question: { kind: 'loan', trader, cents: bailoutCents }, stake: 90 }];
  if (equity < half)
    return [{ question: { kind: 'climb', trader, cents: half }, stake: 70 + (20 * (half - equity)) / half }];
  return [];
}

function leaders(state: ShowState): Candidate[] {
  const [first, second] = Object.values(state.traders)
    .filter(({ standing }) => standing === 'trading')
    .map(({ id, book }) => ({ id, cents: equityCents(book, state.market.priceCents) }))
    .sort((a, b) => b.cents - a.cents);
  if (!first || !second) return [];
  const found: Candidate[] = [];
  const gap = (first.cents - second.cents) / first.cents;
  if (gap > 0 && gap < CLOSE_SHARE)
    found.push({
      question: { kind: 'overtake', trader: second.id, rival: first.id },
      stake: 30 + (20 * (CLOSE_SHARE - gap)) / CLOSE_SHARE,
    });
  const goal = Math.ceil((first.cents * (1 + MILESTONE_LEAST)) / STEP_CENTS) * STEP_CENTS;
  if (first.cents > state.rules.startCashCents && (goal - first.cents) / first.cents < MILESTONE_SHARE)
    found.push({ question: { kind: 'milestone', trader: first.id, cents: goal }, stake: 25 });
  return found;
}

function since(state: ShowState, last: LastBell | null): Candidate[] {
  if (!last || last.season !== state.season) return [];
  const found: Candidate[] = [];
  const { winner, loser, wins } = last;
  if (wins >= 2 && state.traders[winner]?.standing === 'trading')
    found.push({ question: { kind: 'streak', trader: winner, times: wins + 1 }, stake: 50 + 5 * wins });
  const lost = -last.loserGainCents;
  const loserBook = state.traders[loser];
  if (loserBook?.standing === 'trading') {
    const equity = equityCents(loserBook.book, state.market.priceCents);
    const share = lost / Math.max(1, equity + lost);
    if (share >= REPAY_SHARE)
      found.push({ question: { kind: 'repay', trader: loser, cents: lost }, stake: 40 + 100 * share });
  }
  return found;
}

function isSame(a: Question, b: Question | undefined): boolean {
  return b !== undefined && a.kind === b.kind && traderOf(a) === traderOf(b);
}

const traderOf = (question: Question): TraderId | null =>
  question.kind === 'winner' ? null : question.trader;

/** Of the state as the closing bell rings; `winner` gained most. */
export function answerTo(question: Question, state: ShowState, winner: TraderId): Answer {
  return { yes: isYes(question, state, winner), winner };
}

/** How it stands now: what the answer would be if the bell rang. */
function isYes(question: Question, state: ShowState, winner: TraderId): boolean | null {
  if (question.kind === 'winner') return null;
  const trader = state.traders[question.trader];
  if (!trader) return false;
  const equity = equityCents(trader.book, state.market.priceCents);
  switch (question.kind) {
    case 'survive':
      return trader.standing === 'trading';
    case 'loan':
    case 'climb':
    case 'milestone':
      return trader.standing === 'trading' && equity >= question.cents;
    case 'streak':
      return winner === trader.id;
    case 'repay':
      return equity - trader.equityAtEpisodeOpenCents >= question.cents;
    case 'overtake': {
      const rival = state.traders[question.rival];
      return !rival || equity > equityCents(rival.book, state.market.priceCents);
    }
    default:
      return question satisfies never;
  }
}

/** What is still missing for a yes, in cents; null where money does not tell. Zero or less: it is a yes now. */
export function missingCents(question: Question, state: ShowState): number | null {
  if (question.kind === 'winner' || question.kind === 'streak' || question.kind === 'survive') return null;
  const trader = state.traders[question.trader];
  if (!trader) return null;
  const equity = equityCents(trader.book, state.market.priceCents);
  if (question.kind === 'repay') return question.cents - (equity - trader.equityAtEpisodeOpenCents);
  if (question.kind !== 'overtake') return question.cents - equity;
  const rival = state.traders[question.rival];
  return rival ? equityCents(rival.book, state.market.priceCents) - equity : null;
}
