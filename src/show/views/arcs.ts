/** What a season was for each trader, as a story arc: its high, its low, falls and comebacks. From facts; pure. */
import type { TraderId } from '#core/vocabulary.ts';
import type { Arc, ArcKind } from '../ports/story-views.ts';
import type { ClosingEquity } from '../ports/store.ts';
import { bankruptRounds, winners, type SeasonFacts } from './season-facts.ts';

/** Of the starting cash: this far from it is far. */
const FAR = 0.12;

/**
 * One arc for each trader, richest first. `limitCents`: bankrupt at or under it. A season that is under way has arcs as they
 * are so far; without a closed round it has none.
 */
export function seasonArcs(
  facts: SeasonFacts,
  traders: readonly { id: TraderId; standing: 'trading' | 'intern' }[],
  { startCents, limitCents }: { startCents: number; limitCents: number },
): Arc[] {
  const { episodes } = facts;
  const won = winners(facts);
  const since = episodes[0]?.from ?? Number.POSITIVE_INFINITY;
  const curves = Map.groupBy(facts.equity, ({ trader }) => trader);
  // An intermission counts with the episode before it.
  const episodeOf = (round: number): number => episodes.findLast(({ from }) => from <= round)?.episode ?? 0;
  const point = (at: ClosingEquity) => ({ episode: episodeOf(at.round), cents: at.equityCents });
  return traders
    .flatMap(({ id, standing }) => {
      const points = (curves.get(id) ?? []).filter(({ round }) => round >= since);
      const last = points.at(-1);
      if (!last) return [];
      const own = {
        trader: id,
        endCents: last.equityCents,
        peak: point(points.reduce((peak, it) => (it.equityCents >= peak.equityCents ? it : peak))),
        low: point(points.reduce((low, it) => (it.equityCents < low.equityCents ? it : low))),
        wins: won.filter((winner) => winner === id).length,
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
