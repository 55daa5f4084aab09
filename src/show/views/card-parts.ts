/** What the cards have in common: the rows that they are made of, people, curves, regimes. */
import type { Content } from '#core/content.ts';
import { changeBps } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { bankruptCents } from '#core/trading/bankruptcy.ts';
import { equityCents } from '#core/trading/books.ts';
import { INSTRUMENTS, type TraderId } from '#core/vocabulary.ts';
import type { Twin } from '../ports/brain.ts';
import type { CardTrader, EquityLine, Stretch } from '../ports/card-views.ts';
import type { ShowStore } from '../ports/store.ts';
import { bankruptRounds, type Facts } from './season-facts.ts';

const CHAOS_READ = 1_000;
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

  facts(sinceRound: number): Facts {
    return {
      rounds: this.store.rounds(sinceRound),
      equity: this.store.equityCurves(sinceRound),
      prices: this.store.priceCurves(sinceRound),
      chaosRounds: this.store
        .audits('chaos', CHAOS_READ)
        .map((it) => it.round)
        .filter((round) => round >= sinceRound),
    };
  }

  /**
   * The same up to now: the newest round stands for what everything is worth now, as the words beside a picture say. Orders and chaos
   * move prices after the round opened, and in an open round nobody has a closing equity yet.
   */
  factsUpToNow(state: ShowState, sinceRound: number): Facts {
    const facts = this.facts(sinceRound);
    const { round, market, traders } = state;
    if (!facts.rounds.some((it) => it.round === round)) return facts;
    const before = (it: { round: number }): boolean => it.round < round;
    return {
      ...facts,
      equity: [
        ...facts.equity.filter(before),
        ...Object.values(traders).map(({ id, book }) => ({
          round,
          trader: id,
          equityCents: equityCents(book, market.priceCents),
        })),
      ],
      prices: [
        ...facts.prices.filter(before),
        ...INSTRUMENTS.map((instrument) => ({
          round,
          instrument,
          priceCents: market.priceCents[instrument],
        })),
      ],
    };
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
  lines(state: ShowState, facts: Facts, fromCents: number | null): EquityLine[] {
    const limit = bankruptCents(state.rules);
    return this.content.cast.flatMap((persona) => {
      const trader = state.traders[persona.id];
      if (!trader) return [];
      const points = facts.equity
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
  regimes(rounds: Facts['rounds']): Stretch[] {
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
