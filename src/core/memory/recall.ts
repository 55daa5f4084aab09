/** What comes to a trader's mind of all that it knows: at most two facts, the freshest and most personal. */
import type { Content } from '../content.ts';
import type { ShowState } from '../state.ts';
import type { TraderId } from '../vocabulary.ts';
import { knows, LASTING, type Fact, type FactKind } from './fact.ts';
import type { Instrument } from '../vocabulary.ts';
import { worth } from './remember.ts';
import { moneyWords, percentWords } from './words.ts';

export const FACTS_TOLD = 2;

/** `me`: it befell the trader. `mine`: the trader did it to somebody, or lost the lead to them. `they`: of others. `all`: of everybody. */
export type Part = 'me' | 'mine' | 'they' | 'all';

/** A fact as one trader knows it. Amounts are in words: nobody is to count. */
export interface SeenFact {
  kind: FactKind;
  part: Part;
  /** Whom it befell or who did it, and the other one; see `Fact`. */
  about: Named | null;
  by: Named | null;
  instrument: Instrument | null;
  /** `nine hundred dollars`. */
  amount: string | null;
  /** `four percent`, and which way. */
  move: string | null;
  rose: boolean;
  /** Of bad advice: the adviser itself bought something else. */
  betrayed?: true;
  /** Rounds in a row. */
  count: number | null;
  roundsAgo: number;
  /** Still news. */
  fresh: boolean;
  /** The trader has spoken of it already, so many rounds ago; null: never. */
  toldAgo: number | null;
}

interface Named {
  trader: TraderId;
  name: string;
}

/** What was told within so many rounds does not come to mind first. */
const JUST_TOLD = 8;
const TOLD_SHARE = 0.15;
const FRESH_FACTOR = 3;
const PERSONAL_FACTOR = 1.6;
const PRESENT_FACTOR = 1.3;

export function recall(state: ShowState, me: TraderId, content: Content): SeenFact[] {
  const facts = state.memory?.facts ?? [];
  const room = state.traders[me]?.room;
  const isHere = (id: TraderId | null) => id !== null && state.traders[id]?.room === room;
  // The highest first; of equals the later, and then the first known. Few are told, so that no more than those are put in order.
  const told: Ranked[] = [];
  for (const fact of facts) {
    if (!knows(fact, me)) continue;
    const ranked = { fact, rank: rank(fact, me, state.round, isHere) };
    const at = told.findIndex((other) => isBefore(ranked, other));
    if (at >= 0) told.splice(at, 0, ranked);
    else told.push(ranked);
    if (told.length > FACTS_TOLD) told.pop();
  }
  return told.map(({ fact }) => seenFact(fact, me, state.round, content));
}

type Ranked = { fact: Fact; rank: number };

function isBefore(one: Ranked, other: Ranked): boolean {
  return one.rank > other.rank || (one.rank === other.rank && one.fact.round > other.fact.round);
}

function rank(fact: Fact, me: TraderId, round: number, isHere: (id: TraderId | null) => boolean): number {
  const { kind, about, by } = fact;
  const personal = about === me || by === me;
  const told = fact.told[me];
  return (
    worth(fact, round) *
    (round - fact.round < LASTING[kind].fresh ? FRESH_FACTOR : 1) *
    (personal ? PERSONAL_FACTOR : 1) *
    (isHere(about) || isHere(by) ? PRESENT_FACTOR : 1) *
    (told !== undefined && round - told < JUST_TOLD ? TOLD_SHARE : 1)
  );
}

/** A fact as this trader knows it. */
export function seenFact(fact: Fact, me: TraderId, round: number, { cast }: Content): SeenFact {
  const { kind, about, by, instrument, amountCents, moveBps, count } = fact;
  const named = (trader: TraderId | null): Named | null =>
    trader === null ? null : { trader, name: cast.find((persona) => persona.id === trader)?.name ?? trader };
  const told = fact.told[me];
  return {
    kind,
    part: about === null ? 'all' : about === me ? 'me' : by === me ? 'mine' : 'they',
    about: named(about),
    by: named(by),
    instrument,
    amount: amountCents === null ? null : moneyWords(amountCents),
    move: moveBps === null ? null : percentWords(moveBps),
    rose: (moveBps ?? 0) > 0,
    ...(kind === 'badAdvice' && fact.advice?.betrayed && { betrayed: true as const }),
    count,
    roundsAgo: round - fact.round,
    fresh: round - fact.round < LASTING[kind].fresh,
    toldAgo: told === undefined ? null : round - told,
  };
}
