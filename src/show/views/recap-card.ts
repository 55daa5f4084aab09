/**
 * The closing bell's card: who made what in the episode, what chaos had to do with it, what a twin would have made, the best and the
 * worst call.
 */
import { leadBps } from '#core/betting/margin.ts';
import { withoutChaos, type Close } from '#core/calm.ts';
import type { Decision } from '#core/decision.ts';
import type { EventOf } from '#core/events.ts';
import { changeBps } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { playTwin } from '#core/twin.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { RecapCard } from '../ports/card-views.ts';
import type { CardParts } from './card-parts.ts';
import { dealGains } from './deal-gains.ts';

/** The episode that has just closed; `before` is the state right before its bell. */
export function recapCard(
  parts: CardParts,
  before: ShowState,
  closed: EventOf<'episodeClosed'>,
  twin: readonly Close[] | null,
): RecapCard {
  const { season, episode, standings } = closed;
  const from = firstRound(parts, before, closed);
  // The close of the round before is where the curves begin.
  const since = Math.max(0, from - 1);
  const lines = parts.lines(before, parts.store.equityCurves(since), null);
  const deals = dealGains(parts.store.fills(from), before.market.priceCents);
  const turns = parts.store.turnFacts(from);
  const chaosRounds = parts.chaosRounds(since);
  const calm = chaosRounds.length > 0 ? roundsWithoutChaos(parts, from) : null;
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
    regimes: parts.regimes(parts.store.rounds(from)),
    chaosRounds,
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

/** An episode as the twin would have played it, and by how much the floor beat it. */
export interface TwinPlayed {
  closes: Close[];
  /** See `leadBps` in core/betting/margin.ts. */
  leadBps: number;
}

/** Null without a twin, and for an episode that cannot be played again. `floor`: how the floor's last round closed. */
export function twinPlayed(
  parts: CardParts,
  before: ShowState,
  closed: EventOf<'episodeClosed'>,
  floor: Close,
): TwinPlayed | null {
  const { store, content, twin } = parts;
  if (!twin) return null;
  const from = firstRound(parts, before, closed);
  const recording = store.recordingFrom(Math.max(0, from - 1));
  if (!recording) return null;
  const decide = (...turn: Parameters<typeof twin.decide>): Decision => twin.decide(...turn);
  const closes = playTwin(recording.state, recording.entries, content, from, decide);
  const last = closes?.at(-1);
  return closes && last ? { closes, leadBps: leadBps(recording.state, floor, last) } : null;
}

/** The round that the episode opened with. */
function firstRound(
  { store }: CardParts,
  { round }: ShowState,
  { season, episode }: EventOf<'episodeClosed'>,
): number {
  return store.episodeSpan(season, episode)?.from ?? round;
}

function equityIn(closes: readonly Close[], trader: TraderId): { round: number; equityCents: number }[] {
  return closes.flatMap(({ round, standings }) => {
    const standing = standings.find((one) => one.trader === trader);
    return standing ? [{ round, equityCents: standing.equityCents }] : [];
  });
}
