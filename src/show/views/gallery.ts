/** The show's cards, composed from its state and the rows of its store. Nothing private: of a thought, only its length. */
import type { Close } from '#core/calm.ts';
import { bankruptCents } from '#core/trading/bankruptcy.ts';
import { equityCents } from '#core/trading/books.ts';
import type { Content } from '#core/content.ts';
import type { EventOf } from '#core/events.ts';
import { changeBps } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { INSTRUMENTS, QTY_SCALE, type TraderId } from '#core/vocabulary.ts';
import { leaderboard } from './board.ts';
import type { AwardsCard, EquityCard, PricesCard, RecapCard, TraderCard } from '../ports/card-views.ts';
import type { Twin } from '../ports/brain.ts';
import type { ShowStore } from '../ports/store.ts';
import type { Arc, Moment } from '../ports/story-views.ts';
import { awardsCard } from './awards-card.ts';
import { CardParts } from './card-parts.ts';
import { dealGains } from './deal-gains.ts';
import { recapCard, twinPlayed, type TwinPlayed } from './recap-card.ts';
import { seasonArcs } from './arcs.ts';
import { highlights } from './highlights.ts';
import { bankruptRounds, bellRounds } from './season-facts.ts';
import type { SeasonTally } from './season-tally.ts';

const PRICE_ROUNDS = 72;

export class Gallery {
  readonly #parts: CardParts;
  readonly #tally: SeasonTally;

  constructor(store: ShowStore, content: () => Content, twin: Twin | null, tally: SeasonTally) {
    this.#parts = new CardParts(store, content, twin);
    this.#tally = tally;
  }

  /** Counts what the awards are judged by; `before` is the state right before the closing bell. Within the bell's transaction. */
  belled(before: ShowState): void {
    this.#tally.belled(before);
  }

  /** The market of the last rounds. */
  prices(state: ShowState): PricesCard {
    const { round, season, episode, market } = state;
    const { store } = this.#parts;
    const since = Math.max(0, round - PRICE_ROUNDS);
    const rounds = store.rounds(since);
    const opened = store.priceCurves(since).filter((it) => it.round < round);
    return {
      kind: 'prices',
      season,
      episode,
      series: INSTRUMENTS.map((instrument) => ({
        instrument,
        points: [
          ...opened
            .filter((it) => it.instrument === instrument)
            .map((it) => ({ round: it.round, priceCents: it.priceCents })),
          // The newest round as the words beside the picture say it: orders and chaos moved its prices since it opened.
          ...(rounds.length > 0 ? [{ round, priceCents: market.priceCents[instrument] }] : []),
        ],
      })),
      regimes: this.#parts.regimes(rounds),
      chaosRounds: this.#parts.chaosRounds(since),
      bellRounds: bellRounds(rounds, season),
    };
  }

  /** Everybody's equity since the season began. */
  equity(state: ShowState): EquityCard {
    const curves = this.#parts.seasonCurves(state);
    const [row] = leaderboard(state, this.#parts.content);
    return {
      kind: 'equity',
      season: state.season,
      episode: state.episode,
      traders: this.#parts.lines(state, curves, state.rules.startCashCents),
      startCents: state.rules.startCashCents,
      chaosRounds: this.#parts.chaosRounds(this.#parts.seasonStart(state.season, state.round)),
      bellRounds: this.#parts.store.episodes(state.season).map(({ from }) => from),
      buyAndHoldBps: row?.buyAndHoldBps ?? 0,
      bestInHindsightBps: row?.bestInHindsightBps ?? 0,
    };
  }

  /** Null for a trader that is not in the show. */
  trader(state: ShowState, id: TraderId): TraderCard | null {
    const trader = state.traders[id];
    const persona = this.#parts.content.cast.find((one) => one.id === id);
    const rows = leaderboard(state, this.#parts.content);
    const rank = rows.find((row) => row.trader === id)?.rank;
    if (!trader || !persona || rank === undefined) return null;
    const curve = this.#parts.seasonCurves(state);
    const line = this.#parts.lines(state, curve, state.rules.startCashCents).find((one) => one.id === id);
    if (!line) return null;
    const prices = state.market.priceCents;
    const equity = equityCents(trader.book, prices);
    const { leverage, headlineLeverage, overlay } = persona.mandate;
    const thought = this.#parts.store.turns(id, 1)[0]?.decision.thought ?? '';
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
  recap(before: ShowState, closed: EventOf<'episodeClosed'>, twin: TwinPlayed | null): RecapCard {
    return recapCard(this.#parts, before, closed, twin?.closes ?? null);
  }

  /** The same episode as the twin would have played it. Within the transaction of the bell. */
  twin(before: ShowState, closed: EventOf<'episodeClosed'>, floor: Close): TwinPlayed | null {
    return twinPlayed(this.#parts, before, closed, floor);
  }

  /** The moments of the episode that has just closed; `before` is the state right before its bell. */
  moments(before: ShowState, closed: EventOf<'episodeClosed'>): Moment[] {
    const { store, content } = this.#parts;
    const span = store.episodeSpan(closed.season, closed.episode);
    if (!span) return [];
    const equity = store.equityCurves(Math.max(0, span.from - 1));
    const limit = bankruptCents(before.rules);
    return highlights({
      ...span,
      cast: content.cast,
      remembered: before.memory?.facts ?? [],
      turns: store.turnFacts(span.from),
      equity,
      deals: dealGains(store.fills(span.from), before.market.priceCents),
      fallen: content.cast.flatMap(({ id }) =>
        bankruptRounds(
          equity.filter((it) => it.trader === id),
          limit,
        ).map((round) => ({ trader: id, round })),
      ),
    });
  }

  /** What the season has been for each trader until now; richest first. */
  arcs(state: ShowState): Arc[] {
    const since = Math.max(0, this.#parts.seasonStart(state.season, state.round) - 1);
    return seasonArcs(this.#parts.season(state.season, since), Object.values(state.traders), {
      startCents: state.rules.startCashCents,
      limitCents: bankruptCents(state.rules),
    });
  }

  /** The season that has just closed; `before` is the state right before its last bell. */
  awards(before: ShowState, closed: EventOf<'seasonClosed'>): AwardsCard {
    return awardsCard(this.#parts, before, closed, this.#tally.of(closed.season));
  }
}
