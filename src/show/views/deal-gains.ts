/** What came of each deal of an episode by the closing prices, and of what in it that came. Pure. */
import type { Fill, Prices } from '#core/trading/books.ts';
import { gainCents, isOwn } from '#core/trading/deals.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { LeftPosition } from '../ports/story-views.ts';

export interface DealGain {
  round: number;
  trader: TraderId;
  /** Against not having dealt, fees included. */
  gainCents: number;
  /** What was given up to make room, where most of the gain or loss comes of that. */
  left?: LeftPosition;
}

/** Best first. */
export function dealGains(fills: readonly (Fill & { round: number })[], closing: Prices): DealGain[] {
  return [...Map.groupBy(fills.filter(isOwn), (fill) => `${fill.round}:${fill.trader}`).values()]
    .flatMap((deal) => {
      const [first] = deal;
      if (!first) return [];
      const [gain, left] = [gainCents(deal, closing), leftIn(deal, closing)];
      return [{ round: first.round, trader: first.trader, gainCents: gain, ...(left && { left }) }];
    })
    .sort((a, b) => b.gainCents - a.gainCents);
}

/** Null where no position that was given up made, or cost, more than what was bought. */
function leftIn(deal: readonly Fill[], closing: Prices): LeftPosition | null {
  const sign = Math.sign(gainCents(deal, closing));
  const parts = Map.groupBy(deal, ({ reason, instrument }) =>
    reason === 'rotation' ? instrument : 'bought',
  );
  const [main] = [...parts.values()].toSorted(
    (a, b) => sign * (gainCents(b, closing) - gainCents(a, closing)),
  );
  const [fill] = main ?? [];
  if (fill?.reason !== 'rotation') return null;
  return { instrument: fill.instrument, was: fill.qty > 0 ? 'short' : 'long' };
}
