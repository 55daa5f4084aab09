/** The second pool's question: by how much does the floor beat its twin, or the twin the floor? In bands. Pure. */
import type { Close } from '../calm.ts';
import type { ShowState } from '../state.ts';
import { equityCents } from '../trading/books.ts';

/** Outcomes, from the twin's to the floor's. No trader's id has a colon. */
export const MARGINS = ['twin:far', 'twin:near', 'floor:near', 'floor:far'] as const;
export type Margin = (typeof MARGINS)[number];

/**
 * From here on, one is far ahead: basis points of what the floor held as the episode opened. With the shipped model each of the four
 * answers came true in 21 to 30 % of 47 episodes.
 */
export const FAR_BPS = 200;

export const isMargin = (outcome: string): outcome is Margin => MARGINS.some((margin) => margin === outcome);

/**
 * How much more the floor's traders hold together than their twins do, at the same close; negative where the twins hold more.
 * Basis points of what they all held in `opening`, from which both went on.
 */
export function leadBps(opening: ShowState, floor: Close, twin: Close): number {
  const held = Object.values(opening.traders).map(({ book }) => equityCents(book, opening.market.priceCents));
  const lead =
    total(floor.standings.map((it) => it.equityCents)) - total(twin.standings.map((it) => it.equityCents));
  return Math.round((lead * 10_000) / Math.max(1, total(held)));
}

/** Two where nobody is ahead. */
export function marginsOf(bps: number): Margin[] {
  if (bps === 0) return ['twin:near', 'floor:near'];
  if (bps < 0) return [bps <= -FAR_BPS ? 'twin:far' : 'twin:near'];
  return [bps >= FAR_BPS ? 'floor:far' : 'floor:near'];
}

function total(cents: readonly number[]): number {
  return cents.reduce((sum, each) => sum + each, 0);
}
