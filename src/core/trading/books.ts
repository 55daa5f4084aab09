/** A trader's book: fills, equity, leverage, margin. Integer cents and ten-thousandths of a unit throughout. */
import type { Persona } from '../content.ts';
import type { Rules } from '../state.ts';
import {
  BPS,
  INSTRUMENTS,
  perInstrument,
  QTY_SCALE,
  SIZE_SHARE_BPS,
  type FillReason,
  type Instrument,
  type Refusal,
  type Size,
  type TraderId,
} from '../vocabulary.ts';
import type { Book } from './trader.ts';

export type Prices = Readonly<Record<Instrument, number>>;

/** An order below this share of equity is not worth placing: the position is as large as asked for. */
const WORTH_ORDERING_BPS = 100;
/**
 * No order makes a position larger than this, a billion dollars. A book counts whole cents in doubles, which are exact up
 * to 2^53: without a limit a fortune that doubles often enough stops adding up.
 */
const POSITION_MAX_CENTS = 100_000_000_000;

export interface Fill {
  trader: TraderId;
  instrument: Instrument;
  /** Signed ten-thousandths of a unit: positive buys. */
  qty: number;
  priceCents: number;
  /** Signed as qty, rounded to the cent; cash changes by -notionalCents - feeCents. */
  notionalCents: number;
  feeCents: number;
  reason: FillReason;
}

/** Signed cents of a signed quantity, rounded to the cent. */
export function valueCents(qty: number, priceCents: number): number {
  return Math.round((qty * priceCents) / QTY_SCALE);
}

export function equityCents(book: Book, prices: Prices): number {
  return INSTRUMENTS.reduce(
    (sum, instrument) => sum + valueCents(book.qty[instrument], prices[instrument]),
    book.cashCents,
  );
}

/** Gross: long and short both count. */
export function exposureCents(book: Book, prices: Prices): number {
  return INSTRUMENTS.reduce(
    (sum, instrument) => sum + Math.abs(valueCents(book.qty[instrument], prices[instrument])),
    0,
  );
}

/** Cash owed to the broker and units owed to the lender. */
export function borrowedCents(book: Book, prices: Prices): number {
  const short = INSTRUMENTS.reduce((sum, i) => sum + Math.max(0, -valueCents(book.qty[i], prices[i])), 0);
  return Math.max(0, -book.cashCents) + short;
}

export interface Dealing {
  trader: TraderId;
  book: Book;
  prices: Prices;
  rules: Rules;
  /** Greatest exposure by instrument as a multiple of equity, right now. */
  leverage: Prices;
  overlay: Persona['mandate']['overlay'];
  /** Nobody sells less for margin, or keeps less of what is sold; absent: crumbs are dealt like loaves, as in edition 1. */
  leastOrderCents?: number;
}

/** A persona's leverage with this round's news: `headlineLeverage` holds for what a headline names. */
export function leverageNow(persona: Persona, named: ReadonlySet<Instrument>): Record<Instrument, number> {
  const { leverage, headlineLeverage } = persona.mandate;
  return perInstrument((i) =>
    headlineLeverage && named.has(i) ? Math.max(headlineLeverage, leverage[i]) : leverage[i],
  );
}

/**
 * Rotates a share of equity, times leverage, into `target`, selling others pro rata for the margin that is lacking.
 * Mutates the book; returns the fills in order, or why nothing was done. No fills and no refusal: already there.
 */
export function rotate(
  deal: Dealing,
  target: Instrument,
  size: Size,
): { fills: Fill[]; refusal: Refusal | null } {
  const { book, prices, leverage, overlay } = deal;
  const equity = equityCents(book, prices);
  if (equity <= 0) return { fills: [], refusal: 'no_buying_power' };
  const held = valueCents(book.qty[target], prices[target]);
  const room = Math.min(equity * leverage[target], POSITION_MAX_CENTS) - held;
  const wanted = Math.min(Math.floor((equity * SIZE_SHARE_BPS[size] * leverage[target]) / BPS), room);
  if (wanted <= 0 || wanted * BPS < equity * WORTH_ORDERING_BPS) return { fills: [], refusal: null };

  const hedge = overlay?.when === target ? overlay : undefined;
  const marginPerCent = 1 / leverage[target] + (hedge ? hedge.ratioBps / BPS / leverage[hedge.short] : 0);
  const fills = sellForMargin(deal, target, hedge?.short, wanted * marginPerCent);
  const free = freeMargin(deal);
  const feeShare = (deal.rules.feeBps / BPS) * (1 + (hedge ? hedge.ratioBps / BPS : 0));
  const notional = Math.min(wanted, Math.floor(free / (marginPerCent + feeShare)));
  if (notional <= 0) return { fills, refusal: fills.length > 0 ? null : 'no_buying_power' };
  if (notional < (deal.leastOrderCents ?? 0)) return { fills, refusal: null };
  const qty = Math.floor((notional * QTY_SCALE) / prices[target]);
  if (qty === 0) return { fills, refusal: fills.length > 0 ? null : 'below_one_cent' };
  fills.push(fill(deal, target, qty, 'decision'));
  if (hedge) {
    const price = prices[hedge.short];
    const shortable = POSITION_MAX_CENTS + valueCents(book.qty[hedge.short], price);
    const hedgeQty = Math.min(
      Math.floor((notional * hedge.ratioBps * QTY_SCALE) / BPS / price),
      Math.floor((shortable * QTY_SCALE) / price),
    );
    if (hedgeQty > 0) fills.push(fill(deal, hedge.short, -hedgeQty, 'overlay'));
  }
  return { fills, refusal: null };
}

/** Cuts every position to the given share (0 closes all). Mutates the book. */
export function cutPositions(deal: Dealing, keepBps: number, reason: FillReason): Fill[] {
  const fills: Fill[] = [];
  for (const instrument of INSTRUMENTS) {
    const qty = deal.book.qty[instrument];
    const keep = Math.trunc((qty * keepBps) / BPS);
    if (qty !== keep) fills.push(fill(deal, instrument, keep - qty, reason));
  }
  return fills;
}

export function underMargin(book: Book, prices: Prices, rules: Rules): boolean {
  const exposure = exposureCents(book, prices);
  return exposure > 0 && equityCents(book, prices) * BPS < rules.maintenanceBps * exposure;
}

function usedMargin(deal: Dealing, instruments: readonly Instrument[]): number {
  return instruments.reduce(
    (sum, i) => sum + Math.abs(valueCents(deal.book.qty[i], deal.prices[i])) / deal.leverage[i],
    0,
  );
}

function freeMargin(deal: Dealing): number {
  return equityCents(deal.book, deal.prices) - usedMargin(deal, INSTRUMENTS);
}

function sellForMargin(
  deal: Dealing,
  target: Instrument,
  hedge: Instrument | undefined,
  needed: number,
): Fill[] {
  const lacking = needed - freeMargin(deal);
  if (lacking <= 0) return [];
  const kept = (i: Instrument) => i === target || (i === hedge && deal.book.qty[i] < 0);
  const others = INSTRUMENTS.filter((i) => !kept(i) && deal.book.qty[i] !== 0);
  const used = usedMargin(deal, others);
  const fills: Fill[] = [];
  for (const instrument of others) {
    const share = Math.min(1, lacking / used);
    const qty = worthSelling(deal, instrument, Math.trunc(-deal.book.qty[instrument] * share));
    if (qty !== 0) fills.push(fill(deal, instrument, qty, 'rotation'));
  }
  return fills;
}

/** The whole position where only a crumb of it would be left, nothing where a crumb is all that would be sold. */
function worthSelling(
  { book, prices, leastOrderCents = 0 }: Dealing,
  instrument: Instrument,
  qty: number,
): number {
  const cents = (units: number) => Math.abs(valueCents(units, prices[instrument]));
  const held = book.qty[instrument];
  if (cents(held + qty) < leastOrderCents) return cents(held) < leastOrderCents ? 0 : -held;
  return cents(qty) < leastOrderCents ? 0 : qty;
}

/** One fill at the market's price. Mutates the book. */
function fill(deal: Dealing, instrument: Instrument, qty: number, reason: FillReason): Fill {
  const { book } = deal;
  const priceCents = deal.prices[instrument];
  const notionalCents = valueCents(qty, priceCents);
  const feeCents = Math.ceil((Math.abs(notionalCents) * deal.rules.feeBps) / BPS);
  const before = book.qty[instrument];
  const after = before + qty;
  book.costCents[instrument] = costAfter(book.costCents[instrument], before, qty, priceCents);
  book.qty[instrument] = after;
  book.cashCents -= notionalCents + feeCents;
  return { trader: deal.trader, instrument, qty, priceCents, notionalCents, feeCents, reason };
}

function costAfter(costCents: number, before: number, qty: number, priceCents: number): number {
  const after = before + qty;
  if (after === 0) return 0;
  if (before === 0 || Math.sign(before) === Math.sign(qty)) return costCents + valueCents(qty, priceCents);
  if (Math.sign(after) === Math.sign(before)) return Math.round((costCents * after) / before);
  return valueCents(after, priceCents);
}
