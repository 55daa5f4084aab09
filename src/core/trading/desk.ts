/** The desk: what a trader may deal with, and what fills and charges do to its book and the market. */
import type { Draft } from '../actions/draft.ts';
import type { Persona } from '../content.ts';
import { newsIn } from '../news.ts';
import type { ShowState } from '../state.ts';
import { editionOf } from '../edition.ts';
import { BPS, type Instrument, type TraderId } from '../vocabulary.ts';
import { bentPersona } from './bend.ts';
import { equityCents, leverageNow, type Dealing, type Fill } from './books.ts';
import type { Trader } from './trader.ts';

export type DeskEvent =
  | ({ type: 'filled' } & Fill)
  /** Cash taken or given that is not a fill; `amountCents` is signed, as cash changed. */
  | { type: 'charged'; trader: TraderId; what: ChargeReason; amountCents: number };

type ChargeReason = 'rent' | 'interest' | 'bailout' | 'write_off';

/** What a trader may deal with right now. The book is the draft's own: dealing changes it. */
export function dealing(state: ShowState, persona: Persona, trader: Trader): Dealing {
  const bent = bentPersona(persona, trader.bend);
  const named = new Set<Instrument>();
  for (const headline of newsIn(state, trader.room)) if (headline.names) named.add(headline.names);
  return {
    trader: trader.id,
    book: trader.book,
    prices: state.market.priceCents,
    rules: state.rules,
    leverage: leverageNow(bent, named),
    overlay: bent.mandate.overlay,
    ...(editionOf(state) >= 2 && { leastOrderCents: leastOrderCents(state, trader) }),
  };
}

/** Of the own equity. */
const LEAST_ORDER_BPS = 25;

function leastOrderCents({ market }: ShowState, { book }: Trader): number {
  return Math.max(0, (equityCents(book, market.priceCents) * LEAST_ORDER_BPS) / BPS);
}

/** Tells the fills, which the book has already, and lets them press on the next price. */
export function recordFills({ state, tell }: Draft<DeskEvent>, fills: readonly Fill[]): void {
  for (const fill of fills) {
    state.market.flowCents[fill.instrument] += fill.notionalCents;
    tell({ type: 'filled', ...fill });
  }
}

export function charge(
  { tell }: Draft<DeskEvent>,
  trader: Trader,
  what: ChargeReason,
  amountCents: number,
): void {
  trader.book.cashCents += amountCents;
  tell({ type: 'charged', trader: trader.id, what, amountCents });
}
