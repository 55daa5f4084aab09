/** What came of a trader's own deals: fills judged by later prices. Pure. */
import { QTY_SCALE, type FillReason } from '../vocabulary.ts';
import type { Fill, Prices } from './books.ts';

const OWN_REASONS: ReadonlySet<FillReason> = new Set(['decision', 'rotation', 'overlay']);

/** Whether the trader decided on it; what the margin desk did does not count. */
export const isOwn = ({ reason }: Pick<Fill, 'reason'>): boolean => OWN_REASONS.has(reason);

/** What these fills made together by such prices against not having dealt, fees included; rounded to the cent. */
export function gainCents(fills: readonly Fill[], prices: Prices): number {
  const exact = fills.reduce(
    (sum, { qty, instrument, notionalCents, feeCents }) =>
      sum + (qty * prices[instrument]) / QTY_SCALE - notionalCents - feeCents,
    0,
  );
  return Math.round(exact);
}
