/** The market as anybody on the floor sees it: prices and where they came from. */
import { changeBps } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import type { ShowStore } from '../ports/store.ts';

/** Rounds that the small curves of the floor's picture and the market go back. */
export const SPARKLINE_ROUNDS = 32;

export interface MarketRow {
  instrument: Instrument;
  priceCents: number;
  roundBps: number;
  /** Since the episode's opening bell; in an intermission, since the last one's. */
  episodeBps: number;
  /** Recent rounds, oldest first; ends with the price of now. */
  curveCents: number[];
}

export function marketRows({ market, round }: ShowState, store: Pick<ShowStore, 'priceCurves'>): MarketRow[] {
  const curves = store.priceCurves(Math.max(0, round - SPARKLINE_ROUNDS));
  return INSTRUMENTS.map((instrument) => {
    const priceCents = market.priceCents[instrument];
    const opened = curves.filter((point) => point.instrument === instrument).map((point) => point.priceCents);
    return {
      instrument,
      priceCents,
      roundBps: changeBps(market.lastPriceCents[instrument], priceCents),
      episodeBps: changeBps(market.episodeOpenCents[instrument], priceCents),
      curveCents: [...opened, priceCents],
    };
  });
}
