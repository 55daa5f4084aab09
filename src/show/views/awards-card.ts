/** The season's card: what everybody has in the end, and who was best or worst at what. */
import type { EventOf } from '#core/events.ts';
import { changeBps } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Award, AwardId, AwardsCard } from '../ports/card-views.ts';
import type { CardParts } from './card-parts.ts';
import { deepestFallBps, hypocrisyBps, streaks, type Tally } from './season-facts.ts';

/** The season that has just closed; `before` is the state right before its last bell, `tally` what all its turns come to. */
export function awardsCard(
  parts: CardParts,
  before: ShowState,
  closed: EventOf<'seasonClosed'>,
  tally: Tally,
): AwardsCard {
  const facts = parts.season(closed.season, parts.seasonStart(closed.season, before.round));
  const standings = closed.standings
    .toSorted((a, b) => b.equityCents - a.equityCents)
    .map(({ trader, equityCents: cents }) => ({
      ...parts.person(trader),
      equityCents: cents,
      gainBps: changeBps(before.rules.startCashCents, cents),
      bailouts: before.traders[trader]?.bailouts ?? 0,
    }));
  const ids = standings.map((one) => one.id);
  const falls = ids.map((id): [TraderId, number] => [
    id,
    deepestFallBps(facts.equity.filter((it) => it.trader === id)),
  ]);
  const words = [...tally].map(([id, counts]): [TraderId, number] => [id, counts.words]);
  const trades = ids.map((id): [TraderId, number] => [id, before.traders[id]?.trades ?? 0]);
  const measured: [AwardId, Iterable<[TraderId, number]>][] = [
    ['most_money', standings.map((one): [TraderId, number] => [one.id, one.equityCents])],
    ['deepest_fall', falls],
    ['most_trades', trades],
    // One episode is no streak.
    ['longest_streak', [...streaks(facts)].filter(([, episodes]) => episodes > 1)],
    ['most_talkative', words],
    ['most_hypocritical', hypocrisyBps(tally)],
  ];
  return {
    kind: 'awards',
    season: closed.season,
    episodes: facts.episodes.length,
    standings,
    awards: measured.flatMap(([award, values]) => wonBy(parts, award, [...values])),
  };
}

/** To whoever has the most of it; nobody wins with nothing. */
function wonBy(parts: CardParts, award: AwardId, values: readonly [TraderId, number][]): Award[] {
  const [best] = values.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best && best[1] > 0 ? [{ award, trader: parts.person(best[0]), value: best[1] }] : [];
}
