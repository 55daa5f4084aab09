/** The first pool's question: who gains most in the episode? Pure. */
import type { Standings } from '../trading/standings.ts';
import type { TraderId } from '../vocabulary.ts';

/** Of a pool's outcomes; several where they tie. */
export function gainersOf(standings: readonly Standings[], outcomes: readonly string[]): TraderId[] {
  const runners = standings.filter(({ trader }) => outcomes.includes(trader));
  const best = Math.max(...runners.map(({ episodeGainCents }) => episodeGainCents));
  return runners.filter((it) => it.episodeGainCents === best).map(({ trader }) => trader);
}
