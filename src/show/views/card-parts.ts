/** What the cards have in common: the rows that they are made of, people, curves, regimes. */
import type { Content } from '#core/content.ts';
import { changeBps } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { bankruptCents } from '#core/trading/bankruptcy.ts';
import { equityCents } from '#core/trading/books.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Twin } from '../ports/brain.ts';
import type { CardTrader, EquityLine, Stretch } from '../ports/card-views.ts';
import type { ClosingEquity, RoundFact, ShowStore } from '../ports/store.ts';
import { bankruptRounds, extremes, type SeasonFacts } from './season-facts.ts';

const CHAOS_READ = 1_000;
/** A chart has some 350 columns of pixels: of a season with twice so many rounds or more, not every close can be seen. */
const CHART_STRETCHES = 1_024;
/** Of somebody or something that data/ no longer holds. */
const STRANGER_COLOR = '#8a8f98';

export class CardParts {
  readonly store: ShowStore;
  readonly twin: Twin | null;
  readonly #content: () => Content;

  constructor(store: ShowStore, content: () => Content, twin: Twin | null) {
    this.store = store;
    this.twin = twin;
    this.#content = content;
  }

  get content(): Content {
    return this.#content();
  }

  /** Rounds in which chaos struck, from `sinceRound`. */
  chaosRounds(sinceRound: number): number[] {
    return this.store
      .audits('chaos', CHAOS_READ)
      .map((it) => it.round)
      .filter((round) => round >= sinceRound);
  }

  /** All closes of the season, and its episodes. A season may have a hundred thousand rounds: read them as it ends, not at each bell. */
  season(season: number, sinceRound: number): SeasonFacts {
    return { episodes: this.store.episodes(season), equity: this.store.equityCurves(sinceRound) };
  }

  /**
   * All curves since the season began, up to now, with few more points than a chart can show. The newest round stands for what
   * everything is worth now, as the words beside a picture say: orders and chaos move prices after the round opened, and in an open
   * round nobody has a closing equity yet.
   */
  seasonCurves(state: ShowState): ClosingEquity[] {
    const { round, market, traders } = state;
    const since = this.seasonStart(state.season, round);
    if (since > round) return [];
    const now = Object.values(traders).map(({ id, book }) => ({
      round,
      trader: id,
      equityCents: equityCents(book, market.priceCents),
    }));
    return [...this.#thinned(since, round - 1), ...now];
  }

  /** Every close of a short season; of a long one, which is read a stretch at a time, the lowest and the highest of each stretch. */
  #thinned(since: number, until: number): ClosingEquity[] {
    const stretchRounds = Math.floor((until - since + 1) / CHART_STRETCHES);
    if (stretchRounds <= 1) return this.store.equityCurves(since, until);
    const kept: ClosingEquity[] = [];
    for (let from = since; from <= until; from += stretchRounds)
      kept.push(...extremes(this.store.equityCurves(from, Math.min(until, from + stretchRounds - 1))));
    return kept;
  }

  /** A season without a round yet begins with the next one. */
  seasonStart(season: number, round: number): number {
    return this.store.firstRoundOf(season) ?? round + 1;
  }

  person(id: TraderId): CardTrader {
    const persona = this.content.cast.find((one) => one.id === id);
    return {
      id,
      name: persona?.name ?? id,
      color: persona?.color ?? STRANGER_COLOR,
      sprite: persona?.sprite ?? id,
    };
  }

  /** `fromCents`: what gains count from; the first point's equity when null. */
  lines(state: ShowState, equity: readonly ClosingEquity[], fromCents: number | null): EquityLine[] {
    const limit = bankruptCents(state.rules);
    return this.content.cast.flatMap((persona) => {
      const trader = state.traders[persona.id];
      if (!trader) return [];
      const points = equity
        .filter((it) => it.trader === persona.id)
        .map(({ round, equityCents: cents }) => ({ round, equityCents: cents }));
      const opening = Math.max(1, fromCents ?? points[0]?.equityCents ?? 1);
      return [
        {
          ...this.person(persona.id),
          standing: trader.standing,
          bailouts: trader.bailouts,
          points,
          bankruptRounds: bankruptRounds(points, limit),
          gainBps: changeBps(opening, equityCents(trader.book, state.market.priceCents)),
        },
      ];
    });
  }

  /** Members see the regime, the present one too; traders never do. */
  regimes(rounds: readonly RoundFact[]): Stretch[] {
    const stretches: (Stretch & { regime: string })[] = [];
    for (const { round, regime } of rounds) {
      const last = stretches.at(-1);
      if (last?.regime === regime) last.to = round;
      else {
        const known = this.content.market.regimes.find((one) => one.id === regime);
        const { name, color } = known ?? { name: regime, color: STRANGER_COLOR };
        stretches.push({ regime, from: round, to: round, name, color });
      }
    }
    return stretches.map(({ from, to, name, color }) => ({ from, to, name, color }));
  }
}
