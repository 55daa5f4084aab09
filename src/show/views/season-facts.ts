/** What charts and awards are made of: rows of the store, and what follows from them. Pure. */
import type { Instrument, TraderId } from '#core/vocabulary.ts';
import type { ClosingEquity, EpisodeSpan, RoundFact, TurnFact } from '../ports/store.ts';

/** What awards and arcs are read from. */
export interface SeasonFacts {
  episodes: readonly EpisodeSpan[];
  equity: readonly ClosingEquity[];
}

/** With fewer turns nothing can be said about a trader's honesty. */
const LEAST_STANCES = 8;

/** Which of these rounds an episode of the season opened with. */
export function bellRounds(rounds: readonly RoundFact[], season: number): number[] {
  const episodes = new Map<number, number>();
  for (const { season: own, episode, phase, round } of rounds) {
    if (own === season && phase === 'episode' && !episodes.has(episode)) episodes.set(episode, round);
  }
  return [...episodes.values()];
}

/** Rounds in which the equity fell to the limit of bankruptcy, each fall once. */
export function bankruptRounds(
  points: readonly { round: number; equityCents: number }[],
  limitCents: number,
): number[] {
  return points
    .filter(
      ({ equityCents }, index) =>
        equityCents <= limitCents && (points[index - 1]?.equityCents ?? Infinity) > limitCents,
    )
    .map((point) => point.round);
}

/** Of each trader's closes the lowest and the highest, oldest first. */
export function extremes(closes: readonly ClosingEquity[]): ClosingEquity[] {
  const kept = new Map<TraderId, { low: ClosingEquity; high: ClosingEquity }>();
  for (const close of closes) {
    const { low, high } = kept.get(close.trader) ?? { low: close, high: close };
    kept.set(close.trader, {
      low: close.equityCents < low.equityCents ? close : low,
      high: close.equityCents > high.equityCents ? close : high,
    });
  }
  return [...kept.values()].flatMap(({ low, high }) =>
    low === high ? [low] : [low, high].toSorted((a, b) => a.round - b.round),
  );
}

/** The greatest loss from a peak, in basis points of it. */
export function deepestFallBps(points: readonly { equityCents: number }[]): number {
  let peak = 0;
  let deepest = 0;
  for (const { equityCents } of points) {
    peak = Math.max(peak, equityCents);
    if (peak > 0) deepest = Math.max(deepest, Math.round(((peak - equityCents) * 10_000) / peak));
  }
  return deepest;
}

/** The longest run of episodes won, by trader; the episodes' gains are read from the curves. */
export function streaks(facts: SeasonFacts): Map<TraderId, number> {
  const longest = new Map<TraderId, number>();
  let [holder, length]: [TraderId | null, number] = [null, 0];
  for (const winner of winners(facts)) {
    if (winner === null) continue;
    [holder, length] = [winner, holder === winner ? length + 1 : 1];
    longest.set(winner, Math.max(longest.get(winner) ?? 0, length));
  }
  return longest;
}

/** Who gained most in each episode, in their order; null where several did, or its closes are not among the facts. */
export function winners({ episodes, equity }: SeasonFacts): (TraderId | null)[] {
  const closes = Map.groupBy(equity, ({ round }) => round);
  return episodes.map(({ from, to }) => {
    // When a show begins with an episode, there is no equity from before it.
    const opening = closes.get(from - 1) ?? closes.get(from) ?? [];
    const gains = (closes.get(to) ?? []).map(({ trader, equityCents }) => ({
      trader,
      gain: equityCents - (opening.find((it) => it.trader === trader)?.equityCents ?? equityCents),
    }));
    gains.sort((a, b) => b.gain - a.gain);
    return gains[0] && gains[0].gain > (gains[1]?.gain ?? -Infinity) ? gains[0].trader : null;
  });
}

/** What a trader's turns come to. A stance is a turn with a trade and a line that names exactly one instrument; broken, where another was bought. */
export interface TurnCounts {
  words: number;
  stances: number;
  broken: number;
}

export type Tally = ReadonlyMap<TraderId, TurnCounts>;

/** The counts so far with those of more turns. */
export function tallied(
  before: Tally,
  turns: readonly TurnFact[],
  instruments: readonly Instrument[],
): Map<TraderId, TurnCounts> {
  const tally = new Map(before);
  for (const { trader, trade, speech } of turns) {
    const { words, stances, broken } = tally.get(trader) ?? { words: 0, stances: 0, broken: 0 };
    const named = instruments.filter((it) => new RegExp(`\\b${it}\\b`, 'i').test(speech));
    const stance = trade !== 'Hold' && named.length === 1;
    tally.set(trader, {
      words: words + (speech.match(/[\p{L}\p{N}']+/gu)?.length ?? 0),
      stances: stances + (stance ? 1 : 0),
      broken: broken + (stance && named[0] !== trade ? 1 : 0),
    });
  }
  return tally;
}

/** The share of broken stances, in basis points. Whoever took too few is left out. */
export function hypocrisyBps(tally: Tally): Map<TraderId, number> {
  const measured = [...tally].filter(([, { stances }]) => stances >= LEAST_STANCES);
  return new Map(
    measured.map(([trader, { stances, broken }]) => [trader, Math.round((broken * 10_000) / stances)]),
  );
}
