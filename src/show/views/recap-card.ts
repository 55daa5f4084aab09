/**
 * The closing bell's card: who made what in the episode, what chaos had to do with it, what a twin would have made, the best and the
 * worst call.
 */
import { withoutChaos, type Close } from '#core/calm.ts';
import type { EventOf } from '#core/events.ts';
import { changeBps } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { playTwin } from '#core/twin.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { RecapCard } from '../ports/card-views.ts';
import type { CardParts } from './card-parts.ts';
import { dealGains, spanOf } from './season-facts.ts';

/** The episode that has just closed; `before` is the state right before its bell. */
export function recapCard(parts: CardParts, before: ShowState, closed: EventOf<'episodeClosed'>): RecapCard {
  const { season, episode, standings } = closed;
  const span = spanOf(parts.facts(parts.seasonStart(season, before.round)), season, episode) ?? {
    from: before.round,
    to: before.round,
  };
  // The close of the round before is where the curves begin.
  const facts = parts.facts(Math.max(0, span.from - 1));
  const lines = parts.lines(before, facts, null);
  const deals = dealGains(parts.store.fills(span.from), before.market.priceCents);
  const turns = parts.store.turnFacts(span.from);
  const calm = facts.chaosRounds.length > 0 ? roundsWithoutChaos(parts, span.from) : null;
  const twin = roundsOfTwin(parts, span.from);
  const outcome = (deal: (typeof deals)[number] | undefined) => {
    const turn = turns.find((it) => it.round === deal?.round && it.trader === deal.trader);
    if (!deal || !turn) return null;
    return { ...deal, trader: parts.person(deal.trader), trade: turn.trade, size: turn.size };
  };
  return {
    kind: 'recap',
    season,
    episode,
    traders: standings.flatMap(({ trader, equityCents: closing, episodeGainCents }) => {
      const line = lines.find((one) => one.id === trader);
      if (!line) return [];
      const opening = Math.max(1, closing - episodeGainCents);
      const trades = turns.filter((it) => it.trader === trader && it.trade !== 'Hold').length;
      return [
        {
          ...line,
          gainCents: episodeGainCents,
          gainBps: changeBps(opening, closing),
          trades,
          ...(calm && { calm: equityIn(calm, trader) }),
          ...(twin && { twin: equityIn(twin, trader) }),
        },
      ];
    }),
    regimes: parts.regimes(facts.rounds.filter((it) => it.round >= span.from)),
    chaosRounds: [...facts.chaosRounds],
    best: outcome(deals[0]),
    worst: deals.length > 1 ? outcome(deals.at(-1)) : null,
  };
}

/** The episode that opened with `firstRound`, and the round before it, as they would have been. */
function roundsWithoutChaos({ store, content }: CardParts, firstRound: number): Close[] | null {
  const since = Math.max(0, firstRound - 1);
  const recording = store.recordingFrom(Math.max(0, since - 1));
  return recording && withoutChaos(recording.state, recording.entries, content, since);
}

/** The episode that opened with `firstRound`, as the twin would have played it; null without a twin. */
function roundsOfTwin({ store, content, twin }: CardParts, firstRound: number): Close[] | null {
  const recording = twin && store.recordingFrom(Math.max(0, firstRound - 1));
  if (!recording) return null;
  return playTwin(recording.state, recording.entries, content, firstRound, (seen) => twin.decide(seen));
}

function equityIn(closes: readonly Close[], trader: TraderId): { round: number; equityCents: number }[] {
  return closes.flatMap(({ round, standings }) => {
    const standing = standings.find((one) => one.trader === trader);
    return standing ? [{ round, equityCents: standing.equityCents }] : [];
  });
}
