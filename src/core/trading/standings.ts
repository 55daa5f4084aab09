/** Who gained what in the episode. */
import type { ShowState } from '../state.ts';
import type { TraderId } from '../vocabulary.ts';
import { equityCents } from './books.ts';

export interface Standings {
  trader: TraderId;
  equityCents: number;
  /** Since the episode's opening bell. */
  episodeGainCents: number;
}

/** Best gain first; equal gains keep the cast's order. */
export function standings(state: ShowState): Standings[] {
  return Object.values(state.traders)
    .map((trader) => {
      const equity = equityCents(trader.book, state.market.priceCents);
      return {
        trader: trader.id,
        equityCents: equity,
        episodeGainCents: equity - trader.equityAtEpisodeOpenCents,
      };
    })
    .sort((a, b) => b.episodeGainCents - a.episodeGainCents);
}

/** A season is won by what a trader has at the end. */
export function richestFirst(state: ShowState): Standings[] {
  return standings(state).sort((a, b) => b.equityCents - a.equityCents);
}

/** Those who can win the next episode: everybody who may trade in it. */
export function backable(state: ShowState): TraderId[] {
  return Object.values(state.traders)
    .filter((trader) => trader.standing === 'trading')
    .map((trader) => trader.id);
}
