/**
 * The three moments of an episode that mattered, chosen from its facts: the largest swing, the best burn, a betrayal; where one of
 * them did not happen, the next best thing. Pure.
 */
import type { Persona } from '#core/content.ts';
import type { Fact } from '#core/memory/fact.ts';
import { mannersOf } from '#core/memory/manners.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Moment } from '../ports/story-views.ts';
import type { TurnFact } from '../ports/store.ts';
import type { DealGain } from './deal-gains.ts';

export interface EpisodeFacts {
  /** Rounds of the episode, both included. */
  from: number;
  to: number;
  cast: readonly Persona[];
  turns: readonly TurnFact[];
  /** At the close of each round, from the round before the first. */
  equity: readonly { round: number; trader: TraderId; equityCents: number }[];
  /** What each deal made by the closing bell; best first. */
  deals: readonly DealGain[];
  fallen: readonly { trader: TraderId; round: number }[];
  /** What the floor remembers as the bell rings. */
  remembered: readonly Fact[];
}

const MOMENTS = 3;
/** Of equity: a smaller move in a round is no swing. */
const SWING_SHARE = 0.02;
/** A deal that made or lost less is not worth telling. */
const TOLD_CENTS = 5_000;

export function highlights(facts: EpisodeFacts): Moment[] {
  const chosen = [fall(facts), swing(facts), burn(facts), betrayal(facts), call(facts), blunder(facts)];
  return chosen
    .flatMap((moment) => moment ?? [])
    .slice(0, MOMENTS)
    .toSorted((a, b) => a.round - b.round);
}

function fall({ fallen }: EpisodeFacts): Moment | null {
  const [first] = fallen;
  if (!first) return null;
  return { kind: 'fall', ...first, shown: { place: 'tape', kinds: ['bankrupted'] } };
}

function swing({ equity, from, to, fallen }: EpisodeFacts): Moment | null {
  const at = new Map(equity.map((it) => [`${it.round}:${it.trader}`, it.equityCents]));
  const swings = equity
    .filter(({ round }) => round >= from && round <= to)
    // Who fell is told already.
    .filter(({ trader }) => !fallen.some((one) => one.trader === trader))
    .flatMap(({ round, trader, equityCents }) => {
      const before = at.get(`${round - 1}:${trader}`);
      if (before === undefined || before <= 0) return [];
      const cents = equityCents - before;
      return Math.abs(cents) >= SWING_SHARE * before ? [{ round, trader, cents }] : [];
    })
    .toSorted((a, b) => Math.abs(b.cents) - Math.abs(a.cents));
  const [largest] = swings;
  if (!largest) return null;
  return {
    kind: 'swing',
    ...largest,
    shown: { place: 'tape', kinds: ['marginCalled', 'roundOpened'] },
  };
}

/** A line that mocks somebody to the face, best when its victim was losing and its speaker was not. */
function burn(facts: EpisodeFacts): Moment | null {
  const { turns, cast } = facts;
  const burns = turns.flatMap((turn) => {
    const heardBy = turns.filter((it) => it.round === turn.round && it.room === turn.room);
    const ids = heardBy.map(({ trader }) => trader);
    const shown = turn.speech === '' ? null : mannersOf(turn.speech, turn.trader, ids, cast);
    if (shown?.kind !== 'mocked') return [];
    const victim = shown.about;
    const [own, theirs] = [gainUntil(facts, turn.trader, turn.round), gainUntil(facts, victim, turn.round)];
    const answered = turns.some(
      (it) =>
        it.trader === victim &&
        (it.round === turn.round || it.round === turn.round + 1) &&
        says(it.speech, cast.find(({ id }) => id === turn.trader)?.name ?? turn.trader),
    );
    const score = (theirs < 0 ? 1 : 0) + (own > theirs ? 1 : 0) + (answered ? 0.5 : 0);
    return [{ turn, victim, score, behind: own - theirs }];
  });
  const [best] = burns.toSorted((a, b) => b.score - a.score || b.behind - a.behind);
  if (!best) return null;
  const { round, trader, speech, room } = best.turn;
  return {
    kind: 'burn',
    round,
    trader,
    other: best.victim,
    line: speech,
    shown: { place: room, kinds: ['spoke'] },
  };
}

/** Of the advice that the floor remembers: somebody praised what it did not buy, and who believed it lost the most. */
function betrayal({ turns, remembered, from, to }: EpisodeFacts): Moment | null {
  const betrayals = remembered.flatMap(({ kind, about, by, instrument, amountCents, advice }) => {
    if (kind !== 'badAdvice' || !advice?.betrayed || about === null || by === null || !instrument) return [];
    const turn = turns.find((it) => it.trader === by && it.round === advice.round);
    if (!turn || turn.round < from || turn.round > to) return [];
    return [{ turn, victim: about, instrument, cents: -(amountCents ?? 0) }];
  });
  const [worst] = betrayals.toSorted((a, b) => a.cents - b.cents);
  if (!worst) return null;
  const { turn, victim, instrument, cents } = worst;
  return {
    kind: 'betrayal',
    round: turn.round,
    trader: turn.trader,
    other: victim,
    instrument,
    cents,
    line: turn.speech,
    shown: { place: turn.room, kinds: ['spoke'] },
  };
}

function call(facts: EpisodeFacts): Moment | null {
  const best = facts.deals.find(({ gainCents }) => gainCents >= TOLD_CENTS);
  return best ? dealt('call', best, facts) : null;
}

function blunder(facts: EpisodeFacts): Moment | null {
  const worst = facts.deals.findLast(({ gainCents }) => gainCents <= -TOLD_CENTS);
  return worst ? dealt('blunder', worst, facts) : null;
}

function dealt(
  kind: 'call' | 'blunder',
  { round, trader, gainCents, left }: DealGain,
  { turns, deals }: EpisodeFacts,
): Moment | null {
  const trade = turns.find((it) => it.round === round && it.trader === trader)?.trade;
  if (trade === undefined || trade === 'Hold') return null;
  return {
    kind,
    round,
    trader,
    instrument: trade,
    ...(left && { left }),
    ...(!deals.some((other) => other.trader === trader && other.round < round) && { opens: true }),
    cents: gainCents,
    shown: { place: 'tape', kinds: ['deal'] },
  };
}

function gainUntil({ equity, from }: EpisodeFacts, trader: TraderId, round: number): number {
  const own = equity.filter((it) => it.trader === trader);
  const opening = own.find((it) => it.round >= from - 1)?.equityCents ?? 0;
  return (own.findLast((it) => it.round <= round)?.equityCents ?? opening) - opening;
}

function says(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`, 'iu').test(text);
}
