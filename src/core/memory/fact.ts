/**
 * What the floor remembers: facts that code takes from the show's events, never a model's prose. Each has a date and knows
 * who may know it; who was in the room, or everybody where it stood on the tape.
 */
import type { Instrument, TraderId } from '../vocabulary.ts';

export const FACT_KINDS = [
  /** The tape has these: everybody knows them. */
  'marginCall',
  'bankruptcy',
  'comeback',
  'lead',
  'chaos',
  'winningRun',
  'losingRun',
  /** Only those who heard the line know these. */
  'goodCall',
  'badCall',
  'goodAdvice',
  'badAdvice',
  'mocked',
  'comforted',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export interface Fact {
  kind: FactKind;
  /** The round in which it happened. */
  round: number;
  /** Whom it befell, or who did it: the margin-called, the new leader, who called the turn, who followed, who was mocked. Null: everybody. */
  about: TraderId | null;
  /** The other one: the former leader, the adviser, the mocker, the comforter. */
  by: TraderId | null;
  instrument: Instrument | null;
  /** What was left, lent, won or lost; unsigned. */
  amountCents: number | null;
  /** What the price did since it was called; signed. */
  moveBps: number | null;
  /** How many rounds in a row. */
  count: number | null;
  /** Of advice: the round in which it was given, and whether the adviser itself bought something else. */
  advice?: { round: number; betrayed: boolean };
  /** Null: everybody, because it stood on the tape. */
  knownBy: TraderId[] | null;
  /** The round in which each trader last spoke of it. */
  told: Record<TraderId, number>;
}

/** A fact as it is noticed: what it leaves out is nothing, and everybody knows it unless it says who. */
export type Noticed = Pick<Fact, 'kind'> & Partial<Omit<Fact, 'kind' | 'round' | 'told'>>;

/** A line that is for or against an instrument, until the market has judged it. */
export interface Claim {
  round: number;
  by: TraderId;
  instrument: Instrument;
  stance: 1 | -1;
  priceCents: number;
  heardBy: TraderId[];
  /** Whoever praised it bought something else in the same turn, and has not bought it since. */
  against?: true;
  /** Those who bought what was praised, and for how much. */
  followers: { trader: TraderId; priceCents: number; notionalCents: number }[];
}

export interface Memory {
  /** Oldest first, at most FACTS_KEPT. */
  facts: Fact[];
  /** At most one for each trader and instrument. */
  claims: Claim[];
  /** Who leads by equity; null before anybody is ahead. */
  leader: TraderId | null;
  /** By trader: rounds in a row in which equity rose (above 0) or fell (below 0), and the equity before them and now. */
  runs: Record<TraderId, { rounds: number; fromCents: number; equityCents: number }>;
  /** By trader: its lines of the last rounds, oldest first. */
  said?: Record<TraderId, { round: number; text: string }[]>;
}

/** Nobody likes to hear the same again within so many rounds. */
export const SAID_ROUNDS = 24;

export const FACTS_KEPT = 24;

interface Lasting {
  /** So many rounds long it is news. */
  fresh: number;
  /** So many rounds long it is remembered; feelings that come from it fade to nothing until then. */
  kept: number;
  /** How much it is worth telling, beside the others. */
  weight: number;
}

export const LASTING: Record<FactKind, Lasting> = {
  marginCall: { fresh: 4, kept: 60, weight: 8 },
  bankruptcy: { fresh: 6, kept: 120, weight: 10 },
  comeback: { fresh: 6, kept: 60, weight: 9 },
  lead: { fresh: 4, kept: 40, weight: 7 },
  chaos: { fresh: 4, kept: 60, weight: 9 },
  winningRun: { fresh: 3, kept: 24, weight: 3 },
  losingRun: { fresh: 3, kept: 24, weight: 3 },
  goodCall: { fresh: 4, kept: 40, weight: 4 },
  badCall: { fresh: 4, kept: 40, weight: 4 },
  goodAdvice: { fresh: 6, kept: 60, weight: 6 },
  badAdvice: { fresh: 6, kept: 60, weight: 7 },
  mocked: { fresh: 3, kept: 30, weight: 2 },
  comforted: { fresh: 3, kept: 30, weight: 2 },
};

export function openMemory(): Memory {
  return { facts: [], claims: [], leader: null, runs: {} };
}

export function knows(fact: Fact, trader: TraderId): boolean {
  return fact.knownBy === null || fact.knownBy.includes(trader);
}
