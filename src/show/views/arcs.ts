/** What a season was for each trader, as a story arc: its high, its low, falls and comebacks. From facts; pure. */
import type { TraderId } from '#core/vocabulary.ts';
import type { Arc, ArcKind } from '../ports/story-views.ts';
import type { Facts } from './season-facts.ts';
import { bankruptRounds, spanOf, winnerOf } from './season-facts.ts';

/** Of the starting cash: this far from it is far. */
const FAR = 0.12;

/**
 * One arc for each trader, richest first. `limitCents`: bankrupt at or under it. A season that is under way has arcs as they
 * are so far; without a closed round it has none.
 */
export function seasonArcs(
  facts: Facts,
  season: number,
  traders: readonly { id: TraderId; standing: 'trading' | 'intern' }[],
  { startCents, limitCents }: { startCents: number; limitCents: number },
): Arc[] {
  const episodes = [
    ...new Set(
      facts.rounds.filter((it) => it.season === season && it.phase === 'episode').map((it) => it.episode),
    ),
  ];
  const episodeOf = (round: number): number => facts.rounds.findLast((it) => it.round <= round)?.episode ?? 0;
  const winners = episodes.map((episode) => winnerOf(facts, season, episode));
  const since = spanOf(facts, season, episodes[0] ?? 0)?.from ?? Number.POSITIVE_INFINITY;
  return traders
    .flatMap(({ id, standing }) => {
      const points = facts.equity.filter((it) => it.trader === id && it.round >= since);
      const last = points.at(-1);
      if (!last) return [];
      const sorted = points.toSorted((a, b) => a.equityCents - b.equityCents);
      const point = (at: (typeof points)[number]) => ({
        episode: episodeOf(at.round),
        cents: at.equityCents,
      });
      const own = {
        trader: id,
        endCents: last.equityCents,
        peak: point(sorted.at(-1) ?? last),
        low: point(sorted[0] ?? last),
        wins: winners.filter((winner) => winner === id).length,
        falls: bankruptRounds(points, limitCents).map(episodeOf),
      };
      return [{ ...own, kind: kindOf(own, standing, startCents) }];
    })
    .sort((a, b) => b.endCents - a.endCents);
}

function kindOf(
  { endCents, peak, low, falls }: Omit<Arc, 'kind'>,
  standing: 'trading' | 'intern',
  startCents: number,
): ArcKind {
  const far = FAR * startCents;
  if (standing === 'intern') return 'fallen';
  if (falls.length > 0) return 'phoenix';
  // More than half of what was won is gone again.
  if (peak.cents >= startCents + far && endCents < (startCents + peak.cents) / 2) return 'icarus';
  if (low.cents <= startCents - far && endCents > low.cents + far) return 'diver';
  if (endCents >= startCents + far / 2) return 'riser';
  return endCents <= startCents - far / 2 ? 'slider' : 'steady';
}
