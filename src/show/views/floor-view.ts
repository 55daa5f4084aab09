/** What the floor's picture shows, taken from the state: public facts only. */
import { equityCents } from '#core/trading/books.ts';
import type { Content } from '#core/content.ts';
import { changeBps, regimeOf } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import type { Trader } from '#core/trading/trader.ts';
import { INSTRUMENTS, type Instrument, type TraderId } from '#core/vocabulary.ts';
import type { Pool } from '../ports/chips.ts';
import type { FloorView, Gesture, PoolView } from '../ports/painter.ts';
import type { OddsRow } from '../results.ts';

/** Recent rounds, oldest first: equity at their close, prices at their opening. */
export interface Curves {
  equity: readonly { trader: string; equityCents: number }[];
  prices: readonly { round: number; instrument: Instrument; priceCents: number }[];
}

/** What the state does not know of the picture. */
export interface Around {
  tape: readonly string[];
  pool: PoolView | null;
  /** Whose brain failed in this round. */
  fumbled: ReadonlySet<TraderId>;
}

/** The present is added to the curves. A line is shown where it was said, until its speaker walks on. */
export function floorView(
  state: ShowState,
  content: Content,
  curves: Curves,
  { tape, pool, fumbled }: Around,
): FloorView {
  const { market, rules } = state;
  const phaseRounds = state.phase === 'episode' ? rules.episodeRounds : rules.intermissionRounds;
  // What is whispered in one room is not on the wall.
  const headline = [...state.pendingHeadlines, ...state.headlines].findLast(({ room }) => room === undefined);
  const { id, name, color, weather, papersFly } = regimeOf(content.market, market.regime);
  return {
    round: state.round,
    season: state.season,
    episode: state.episode,
    phase: state.phase,
    roundsLeft: phaseRounds - state.phaseRound,
    phaseRounds,
    regime: { id, name, color, weather, papersFly },
    headline: headline
      ? { text: headline.text, source: headline.source === 'producer' ? 'producer' : 'wire' }
      : null,
    prices: INSTRUMENTS.map((instrument) => ({
      instrument,
      priceCents: market.priceCents[instrument],
      roundBps: changeBps(market.lastPriceCents[instrument], market.priceCents[instrument]),
      episodeBps: changeBps(market.episodeOpenCents[instrument], market.priceCents[instrument]),
      curveCents: [
        ...curves.prices
          .filter((it) => it.instrument === instrument && it.round < state.round)
          .map((it) => it.priceCents),
        market.priceCents[instrument],
      ],
    })),
    traders: content.cast.flatMap((persona) => {
      const trader = state.traders[persona.id];
      if (!trader) return [];
      const equity = equityCents(trader.book, market.priceCents);
      const lastTurn = trader.ownTurns.at(-1);
      const thisRound = lastTurn?.round === state.round && trader.walkedInRound <= state.round;
      const line = thisRound && lastTurn.speech !== '' ? lastTurn.speech : null;
      return {
        id: persona.id,
        name: persona.name,
        color: persona.color,
        sprite: persona.sprite,
        room: trader.room,
        cameFrom: trader.walkedInRound >= state.round ? trader.cameFrom : null,
        heading: trader.room,
        standing: trader.standing,
        bailouts: trader.bailouts,
        equityCents: equity,
        episodeGainCents: equity - trader.equityAtEpisodeOpenCents,
        episodeBps: changeBps(Math.max(1, trader.equityAtEpisodeOpenCents), equity),
        curveCents: [
          ...curves.equity.filter((it) => it.trader === persona.id).map((it) => it.equityCents),
          equity,
        ],
        line,
        lineOrder: line === null ? null : state.turnsTaken.indexOf(persona.id),
        trade: thisRound && lastTurn.trade !== 'Hold' ? lastTurn.trade : null,
        gesture: thisRound && line === null ? gestureOf(state, trader, fumbled) : null,
      };
    }),
    tape: [...tape],
    // A pool that opens with the closing bell belongs to the intermission's pictures; this one shows the episode's end.
    pool: state.phase === 'episode' ? null : pool,
  };
}

/** What somebody does who says nothing. */
function gestureOf(state: ShowState, trader: Trader, fumbled: ReadonlySet<TraderId>): Gesture {
  if (fumbled.has(trader.id)) return 'stares';
  if (trader.ownTurns.at(-1)?.trade !== 'Hold') return 'phones';
  const alone = Object.values(state.traders).every(
    ({ id, room }) => id === trader.id || room !== trader.room,
  );
  return alone ? 'sips' : 'thinks';
}

/** The open pool as the picture shows it; null if there is none or it is locked. */
export function poolView(pool: Pool | null, odds: readonly OddsRow[]): PoolView | null {
  if (pool?.status !== 'open') return null;
  return {
    staysOpen: true,
    episode: pool.episode,
    potChips: odds.reduce((sum, row) => sum + row.chips, pool.seedChips),
    odds: odds.map(({ outcome, shareBps, per100 }) => ({ trader: outcome, shareBps, per100 })),
  };
}

/** Adds where everybody went when the round closed: `view` is of the open round, `after` the state since. */
export function withWalks(view: FloorView, after: ShowState): FloorView {
  return {
    ...view,
    traders: view.traders.map((trader) => ({
      ...trader,
      heading: after.traders[trader.id]?.room ?? trader.room,
    })),
  };
}

/**
 * The view as it is posted. It stands until the picture of `everyRounds` later takes its place, so it may say that bets are
 * open only if the opening bell does not ring before.
 */
export function untilNextPicture(view: FloorView, everyRounds: number): FloorView {
  return view.pool ? { ...view, pool: { ...view.pool, staysOpen: view.roundsLeft >= everyRounds } } : view;
}

/** The view as it is shown later than it was taken: without a pool that was locked or cancelled meanwhile. */
export function shownLate(view: FloorView, pool: Pool | null): FloorView {
  const open = pool?.status === 'open' && pool.episode === view.pool?.episode;
  return open ? view : { ...view, pool: null };
}
