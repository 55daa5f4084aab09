/** The standings of the season, richest first, against what the same money would have made without a trader. */
import { equityCents } from '#core/trading/books.ts';
import type { Content } from '#core/content.ts';
import { changeBps } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import type { BoardRow } from '../results.ts';

export function leaderboard(state: ShowState, content: Content): BoardRow[] {
  // Every season starts from the same prices, so the gain of holding is the gain of the price.
  const gains = INSTRUMENTS.map((it) =>
    changeBps(content.market.startPriceCents, state.market.priceCents[it]),
  );
  const buyAndHoldBps = Math.round(gains.reduce((sum, gain) => sum + gain, 0) / gains.length);
  const bestInHindsightBps = Math.max(0, ...gains);
  return content.cast
    .flatMap((persona) => {
      const trader = state.traders[persona.id];
      if (!trader) return [];
      const equity = equityCents(trader.book, state.market.priceCents);
      return [
        {
          rank: 0,
          trader: persona.id,
          name: persona.name,
          emoji: persona.emoji,
          standing: trader.standing,
          bailouts: trader.bailouts,
          equityCents: equity,
          gainBps: changeBps(state.rules.startCashCents, equity),
          episodeGainCents: equity - trader.equityAtEpisodeOpenCents,
          maxDrawdownBps: trader.maxDrawdownBps,
          trades: trader.trades,
          buyAndHoldBps,
          bestInHindsightBps,
        },
      ];
    })
    .sort((a, b) => b.equityCents - a.equityCents)
    .map((row, index) => ({ ...row, rank: index + 1 }));
}
