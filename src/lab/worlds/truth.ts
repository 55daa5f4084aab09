/** What nobody on the floor knows and the lab does: what a regime is worth, and what the next round will do. */
import { keyedChance } from '#core/chance/keyed.ts';
import type { Content, Persona, Regime } from '#core/content.ts';
import { copyOf } from '#core/copy.ts';
import { changeBps, moveMarket, regimeOf } from '#core/market.ts';
import { DEFAULT_RULES, type ShowState } from '#core/state.ts';
import { leverageNow } from '#core/trading/books.ts';
import { BPS, INSTRUMENTS, perInstrument, type Instrument } from '#core/vocabulary.ts';

/** Signed exposure by instrument as a multiple of equity: 1 is all of it, 2 is leveraged, below zero is short. */
export type Exposure = Record<Instrument, number>;

export const NO_EXPOSURE: Readonly<Exposure> = { Tech: 0, Crypto: 0, Bonds: 0 };

/** Mean return a round of each instrument in a regime, in basis points: drift, and jumps by their chance and mean size. */
export function meanReturnBps({ returns }: Pick<Regime, 'returns'>): Record<Instrument, number> {
  return perInstrument((it) => {
    const { driftBps, jumpChanceBps, jumpBps } = returns[it];
    return driftBps + (jumpChanceBps / BPS) * jumpBps;
  });
}

/** What a book gains in the mean in one round of the regime, in basis points of equity. */
export function expectedBps(exposure: Exposure, regime: Regime): number {
  const means = meanReturnBps(regime);
  return INSTRUMENTS.reduce((sum, it) => sum + exposure[it] * means[it], 0);
}

/**
 * The book that a mandate's full position in an instrument makes: margin for the overlay's short is taken from the same
 * equity, as the desk does. Costs are left out.
 */
export function fullBook(
  persona: Persona,
  instrument: Instrument,
  named: ReadonlySet<Instrument> = NOTHING_NAMED,
): Exposure {
  const { overlay } = persona.mandate;
  const leverage = leverageNow(persona, named);
  const hedge = overlay?.when === instrument ? overlay : undefined;
  const ratio = hedge ? hedge.ratioBps / BPS : 0;
  const margin = 1 / leverage[instrument] + (hedge ? ratio / leverage[hedge.short] : 0);
  const book: Exposure = { ...NO_EXPOSURE, [instrument]: 1 / margin };
  if (hedge) book[hedge.short] -= ratio / margin;
  return book;
}

const NOTHING_NAMED: ReadonlySet<Instrument> = new Set();

/** The instruments that the headlines name. */
export function namedIn(headlines: readonly { names: Instrument | null }[]): Set<Instrument> {
  return new Set(headlines.flatMap(({ names }) => names ?? []));
}

export interface BestBook {
  /** Null: nothing is worth holding, and cash is best. */
  instrument: Instrument | null;
  book: Exposure;
  expectedBps: number;
}

/** The best that the mandate allows in a regime. `named`: what this round's news names, where the mandate allows more of that. */
export function bestBook(
  persona: Persona,
  regime: Regime,
  named: ReadonlySet<Instrument> = NOTHING_NAMED,
): BestBook {
  let best: BestBook = { instrument: null, book: NO_EXPOSURE, expectedBps: 0 };
  for (const instrument of INSTRUMENTS) {
    const book = fullBook(persona, instrument, named);
    const gain = expectedBps(book, regime);
    if (gain > best.expectedBps) best = { instrument, book, expectedBps: gain };
  }
  return best;
}

/** From half of the best that the mandate allows on, a book fits a regime. */
const FITS_FROM = 0.5;

/** So does one that is so near to the best that to turn it into that would cost more than a regime of mean length pays back. */
export function fits(exposure: Exposure, persona: Persona, regime: Regime): boolean {
  const { book, expectedBps: best } = bestBook(persona, regime);
  const own = expectedBps(exposure, regime);
  return (best > 0 && own >= FITS_FROM * best) || (best - own) * meanRounds(regime) < costBps(exposure, book);
}

/** What it costs to turn one book into another, in basis points of equity. */
function costBps(from: Exposure, to: Exposure): number {
  return DEFAULT_RULES.feeBps * INSTRUMENTS.reduce((sum, it) => sum + Math.abs(to[it] - from[it]), 0);
}

/** How long a regime lasts in the mean: it may end in its `minRounds`th round for the first time. */
function meanRounds({ minRounds, endChanceBps }: Regime): number {
  return minRounds - 1 + BPS / endChanceBps;
}

/** What the next round will do to each price if nobody orders any more, in basis points. */
export function nextReturnsBps(state: ShowState, content: Content): Record<Instrument, number> {
  const market = copyOf(state.market);
  const now = { ...market.priceCents };
  moveMarket(market, content.market, keyedChance({ seed: state.seed, round: state.round + 1 }));
  return perInstrument((it) => changeBps(now[it], market.priceCents[it]));
}

export function regimeNow(state: ShowState, content: Content): Regime {
  return regimeOf(content.market, state.market.regime);
}
