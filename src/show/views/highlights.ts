/**
 * The three moments of an episode that mattered, chosen from its facts: the largest swing, the best burn, a betrayal; where one of
 * them did not happen, the next best thing. Pure.
 */
import { INSTRUMENTS, type TraderId } from '#core/vocabulary.ts';
import type { Moment } from '../ports/story-views.ts';
import type { TurnFact } from '../ports/store.ts';
import { praised, scorn } from './line-signs.ts';

export interface EpisodeFacts {
  /** Rounds of the episode, both included. */
  from: number;
  to: number;
  names: ReadonlyMap<TraderId, string>;
  turns: readonly TurnFact[];
  /** At the close of each round, from the round before the first. */
  equity: readonly { round: number; trader: TraderId; equityCents: number }[];
  /** What each deal made by the closing bell; best first. */
  deals: readonly { round: number; trader: TraderId; gainCents: number }[];
  fallen: readonly { trader: TraderId; round: number }[];
}

const MOMENTS = 3;
/** Of equity: a smaller move in a round is no swing. */
const SWING_SHARE = 0.02;
/** Rounds in which somebody may act on what was said. */
const BELIEVED_ROUNDS = 2;
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

/** A scornful line to somebody in the room, best when its victim was losing and its speaker was not. */
function burn(facts: EpisodeFacts): Moment | null {
  const { turns, names } = facts;
  const burns = turns.flatMap((turn) => {
    const sharp = scorn(turn.speech);
    if (sharp === 0) return [];
    const present = turns.filter(
      (it) => it.round === turn.round && it.room === turn.room && it.trader !== turn.trader,
    );
    const named = present.filter(({ trader }) => says(turn.speech, names.get(trader) ?? trader));
    const [victim] = named;
    // Somebody else's name beside it makes it gossip.
    if (!victim || named.length > 1) return [];
    const [own, theirs] = [
      gainUntil(facts, turn.trader, turn.round),
      gainUntil(facts, victim.trader, turn.round),
    ];
    const answered = turns.some(
      (it) =>
        it.trader === victim.trader &&
        (it.round === turn.round || it.round === turn.round + 1) &&
        says(it.speech, names.get(turn.trader) ?? turn.trader),
    );
    const score = 2 * sharp + (theirs < 0 ? 1 : 0) + (own > theirs ? 1 : 0) + (answered ? 0.5 : 0);
    return [{ turn, victim: victim.trader, score }];
  });
  const [best] = burns.toSorted((a, b) => b.score - a.score || a.turn.speech.length - b.turn.speech.length);
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

/** Somebody praised an instrument and bought another; somebody else who heard it bought, and lost. */
function betrayal({ turns, deals }: EpisodeFacts): Moment | null {
  const betrayals = turns.flatMap((turn) => {
    const instrument = praised(turn.speech, INSTRUMENTS);
    if (instrument === null || turn.trade === instrument || turn.trade === 'Hold') return [];
    const heard = new Set(
      turns
        .filter((it) => it.round === turn.round && it.room === turn.room && it.trader !== turn.trader)
        .map(({ trader }) => trader),
    );
    return turns
      .filter((it) => heard.has(it.trader) && it.trade === instrument)
      .filter(({ round }) => round > turn.round && round <= turn.round + BELIEVED_ROUNDS)
      .flatMap((victim) => {
        const cents = deals.find((it) => it.round === victim.round && it.trader === victim.trader)?.gainCents;
        return cents !== undefined && cents < 0 ? [{ turn, victim: victim.trader, instrument, cents }] : [];
      });
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
  { round, trader, gainCents }: EpisodeFacts['deals'][number],
  { turns }: EpisodeFacts,
): Moment | null {
  const trade = turns.find((it) => it.round === round && it.trader === trader)?.trade;
  if (trade === undefined || trade === 'Hold') return null;
  return {
    kind,
    round,
    trader,
    instrument: trade,
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
