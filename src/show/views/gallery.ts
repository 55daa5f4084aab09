/** The show's cards, composed from its state and the rows of its store. Nothing private: of a thought only its length. */
import { equityCents } from '#core/trading/books.ts';
import { withoutChaos, type CalmClose } from '#core/calm.ts';
import type { Content } from '#core/content.ts';
import type { EventOf } from '#core/events.ts';
import { changeBps, regimeOf } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { INSTRUMENTS, QTY_SCALE, type TraderId } from '#core/vocabulary.ts';
import { leaderboard } from './board.ts';
import type {
  Award,
  AwardId,
  AwardsCard,
  CardTrader,
  EquityCard,
  EquityLine,
  PricesCard,
  RecapCard,
  Stretch,
  TraderCard,
} from '../ports/card-views.ts';
import type { ShowStore } from '../ports/store.ts';
import {
  bankruptRounds,
  bellRounds,
  dealGains,
  deepestFallBps,
  hypocrisyBps,
  spanOf,
  streaks,
  wordsSpoken,
  type Facts,
} from './season-facts.ts';

const CHAOS_READ = 1_000;
const PRICE_ROUNDS = 72;
const STRANGER_COLOR = '#8a8f98';
/** A regime that still lasts is for traders and members to guess. */
const UNKNOWN = { name: '?', color: '#8a8f98' };

export class Gallery {
  readonly #store: ShowStore;
  readonly #content: Content;

  constructor(store: ShowStore, content: Content) {
    this.#store = store;
    this.#content = content;
  }

  /** The market of the last rounds. */
  prices(state: ShowState): PricesCard {
    const facts = this.#facts(Math.max(0, state.round - PRICE_ROUNDS));
    return {
      kind: 'prices',
      season: state.season,
      episode: state.episode,
      series: INSTRUMENTS.map((instrument) => ({
        instrument,
        points: facts.prices
          .filter((it) => it.instrument === instrument)
          .map(({ round, priceCents }) => ({ round, priceCents })),
      })),
      regimes: this.#regimes(facts),
      chaosRounds: [...facts.chaosRounds],
      bellRounds: bellRounds(facts, state.season),
    };
  }

  /** Everybody's equity since the season began. */
  equity(state: ShowState): EquityCard {
    const facts = this.#facts(this.#seasonStart(state.season, state.round));
    const [row] = leaderboard(state, this.#content);
    return {
      kind: 'equity',
      season: state.season,
      episode: state.episode,
      traders: this.#lines(state, facts, state.rules.startCashCents),
      startCents: state.rules.startCashCents,
      chaosRounds: [...facts.chaosRounds],
      bellRounds: bellRounds(facts, state.season),
      buyAndHoldBps: row?.buyAndHoldBps ?? 0,
      bestInHindsightBps: row?.bestInHindsightBps ?? 0,
    };
  }

  /** Null for a trader that is not in the show. */
  trader(state: ShowState, id: TraderId): TraderCard | null {
    const trader = state.traders[id];
    const persona = this.#content.cast.find((one) => one.id === id);
    const rows = leaderboard(state, this.#content);
    const rank = rows.find((row) => row.trader === id)?.rank;
    if (!trader || !persona || rank === undefined) return null;
    const facts = this.#facts(this.#seasonStart(state.season, state.round));
    const line = this.#lines(state, facts, state.rules.startCashCents).find((one) => one.id === id);
    if (!line) return null;
    const prices = state.market.priceCents;
    const equity = equityCents(trader.book, prices);
    const { leverage, headlineLeverage, overlay } = persona.mandate;
    const thought = this.#store.turns(id, 1)[0]?.decision.thought ?? '';
    return {
      kind: 'trader',
      season: state.season,
      episode: state.episode,
      round: state.round,
      trader: { ...line, title: persona.title },
      rank,
      traders: rows.length,
      equityCents: equity,
      cashCents: trader.book.cashCents,
      episodeBps: changeBps(Math.max(1, trader.equityAtEpisodeOpenCents), equity),
      maxDrawdownBps: trader.maxDrawdownBps,
      trades: trader.trades,
      positions: INSTRUMENTS.flatMap((instrument) => {
        const qty = trader.book.qty[instrument];
        if (qty === 0) return [];
        const valueCents = Math.round((qty * prices[instrument]) / QTY_SCALE);
        return [{ instrument, valueCents, gainCents: valueCents - trader.book.costCents[instrument] }];
      }),
      mandate: {
        leverage: INSTRUMENTS.map((instrument) => ({ instrument, times: leverage[instrument] })),
        headlineLeverage: headlineLeverage ?? null,
        overlay: overlay ?? null,
      },
      line: trader.ownTurns.at(-1)?.speech || null,
      thoughtWordLengths: thought
        .split(/\s+/u)
        .flatMap((word) => (word === '' ? [] : [Array.from(word).length])),
    };
  }

  /** The episode that has just closed; `before` is the state right before its bell. */
  recap(before: ShowState, closed: EventOf<'episodeClosed'>): RecapCard {
    const { season, episode, standings } = closed;
    const span = spanOf(this.#facts(this.#seasonStart(season, before.round)), season, episode) ?? {
      from: before.round,
      to: before.round,
    };
    // The close of the round before is where the curves begin.
    const facts = this.#facts(Math.max(0, span.from - 1));
    const lines = this.#lines(before, facts, null);
    const deals = dealGains(this.#store.fills(span.from), before.market.priceCents);
    const turns = this.#store.turnFacts(span.from);
    const calm = facts.chaosRounds.length > 0 ? this.#withoutChaos(span.from) : null;
    const outcome = (deal: (typeof deals)[number] | undefined) => {
      const turn = turns.find((it) => it.round === deal?.round && it.trader === deal.trader);
      if (!deal || !turn) return null;
      return { ...deal, trader: this.#person(deal.trader), trade: turn.trade, size: turn.size };
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
          },
        ];
      }),
      regimes: this.#regimes({ ...facts, rounds: facts.rounds.filter((it) => it.round >= span.from) }),
      chaosRounds: [...facts.chaosRounds],
      best: outcome(deals[0]),
      worst: deals.length > 1 ? outcome(deals.at(-1)) : null,
    };
  }

  /** The season that has just closed; `before` is the state right before its last bell. */
  awards(before: ShowState, closed: EventOf<'seasonClosed'>): AwardsCard {
    const start = this.#seasonStart(closed.season, before.round);
    const facts = this.#facts(start);
    const turns = this.#store.turnFacts(start);
    const standings = closed.standings
      .toSorted((a, b) => b.equityCents - a.equityCents)
      .map(({ trader, equityCents: cents }) => ({
        ...this.#person(trader),
        equityCents: cents,
        gainBps: changeBps(before.rules.startCashCents, cents),
        bailouts: before.traders[trader]?.bailouts ?? 0,
      }));
    const ids = standings.map((one) => one.id);
    const falls = ids.map((id): [TraderId, number] => [
      id,
      deepestFallBps(facts.equity.filter((it) => it.trader === id)),
    ]);
    const trades = ids.map((id): [TraderId, number] => [id, before.traders[id]?.trades ?? 0]);
    const measured: [AwardId, Iterable<[TraderId, number]>][] = [
      ['most_money', standings.map((one): [TraderId, number] => [one.id, one.equityCents])],
      ['deepest_fall', falls],
      ['most_trades', trades],
      // One episode is no streak.
      ['longest_streak', [...streaks(facts, closed.season)].filter(([, episodes]) => episodes > 1)],
      ['most_talkative', wordsSpoken(turns)],
      ['most_hypocritical', hypocrisyBps(turns, INSTRUMENTS)],
    ];
    return {
      kind: 'awards',
      season: closed.season,
      episodes: bellRounds(facts, closed.season).length,
      standings,
      awards: measured.flatMap(([award, values]) => this.#award(award, [...values])),
    };
  }

  /** To whoever has the most of it; nobody wins with nothing. */
  #award(award: AwardId, values: readonly [TraderId, number][]): Award[] {
    const [best] = values.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return best && best[1] > 0 ? [{ award, trader: this.#person(best[0]), value: best[1] }] : [];
  }

  /** The episode that opened with `firstRound`, and the round before it, as they would have been. */
  #withoutChaos(firstRound: number): CalmClose[] | null {
    const since = Math.max(0, firstRound - 1);
    const recording = this.#store.recordingFrom(Math.max(0, since - 1));
    return recording && withoutChaos(recording.state, recording.entries, this.#content, since);
  }

  #facts(sinceRound: number): Facts {
    return {
      rounds: this.#store.rounds(sinceRound),
      equity: this.#store.equityCurves(sinceRound),
      prices: this.#store.priceCurves(sinceRound),
      chaosRounds: this.#store
        .audits('chaos', CHAOS_READ)
        .map((it) => it.round)
        .filter((round) => round >= sinceRound),
    };
  }

  /** A season without a round yet begins with the next one. */
  #seasonStart(season: number, round: number): number {
    return this.#store.firstRoundOf(season) ?? round + 1;
  }

  #person(id: TraderId): CardTrader {
    const persona = this.#content.cast.find((one) => one.id === id);
    return {
      id,
      name: persona?.name ?? id,
      color: persona?.color ?? STRANGER_COLOR,
      sprite: persona?.sprite ?? id,
    };
  }

  /** `fromCents`: what gains count from; the first point's equity when null. */
  #lines(state: ShowState, facts: Facts, fromCents: number | null): EquityLine[] {
    const limit = Math.floor((state.rules.startCashCents * state.rules.bankruptBps) / 10_000);
    return this.#content.cast.flatMap((persona) => {
      const trader = state.traders[persona.id];
      if (!trader) return [];
      const points = facts.equity
        .filter((it) => it.trader === persona.id)
        .map(({ round, equityCents: cents }) => ({ round, equityCents: cents }));
      const opening = Math.max(1, fromCents ?? points[0]?.equityCents ?? 1);
      return [
        {
          ...this.#person(persona.id),
          standing: trader.standing,
          bailouts: trader.bailouts,
          points,
          bankruptRounds: bankruptRounds(points, limit),
          gainBps: changeBps(opening, equityCents(trader.book, state.market.priceCents)),
        },
      ];
    });
  }

  #regimes({ rounds }: Pick<Facts, 'rounds'>): Stretch[] {
    const stretches: (Stretch & { regime: string })[] = [];
    for (const { round, regime } of rounds) {
      const last = stretches.at(-1);
      if (last?.regime === regime) last.to = round;
      else {
        const { name, color } = regimeOf(this.#content.market, regime);
        stretches.push({ regime, from: round, to: round, name, color });
      }
    }
    return stretches.map(({ from, to, name, color }, index) =>
      index === stretches.length - 1 ? { from, to, ...UNKNOWN } : { from, to, name, color },
    );
  }
}

function equityIn(closes: readonly CalmClose[], trader: TraderId): { round: number; equityCents: number }[] {
  return closes.flatMap(({ round, standings }) => {
    const standing = standings.find((one) => one.trader === trader);
    return standing ? [{ round, equityCents: standing.equityCents }] : [];
  });
}
