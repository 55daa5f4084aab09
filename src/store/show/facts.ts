/** What happened, as rows for charts and awards. No thought is among them. */
import type { Fill } from '#core/trading/books.ts';
import type { Instrument, TraderId } from '#core/vocabulary.ts';
import type { RoundFact, ShowStore, TurnFact } from '#show/ports/store.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

type Facts = Pick<
  ShowStore,
  'firstRoundOf' | 'rounds' | 'fills' | 'turnFacts' | 'equityCurves' | 'priceCurves'
>;

export function factReader(db: Db): Facts {
  const rounds = prepare<[number], RoundFact>(
    db,
    `SELECT round, season, episode, phase, regime, opened_at_ms AS openedAtMs FROM rounds WHERE round >= ? ORDER BY round`,
  );
  const fills = prepare<[number], Fill & { round: number }>(
    db,
    `SELECT round, trader, instrument, qty, price_cents AS priceCents, notional_cents AS notionalCents,
            fee_cents AS feeCents, reason
     FROM fills WHERE round >= ? ORDER BY id`,
  );
  const turns = prepare<[number], TurnFact>(
    db,
    `SELECT round, trader, room, trade, size, speech, fumble FROM turns WHERE round >= ? ORDER BY round, trader`,
  );
  const firstOf = prepare<[number], number | null>(
    db,
    `SELECT min(round) FROM rounds WHERE season = ?`,
  ).pluck();
  const equity = prepare<[number], { round: number; trader: TraderId; equityCents: number }>(
    db,
    `SELECT round, trader, equity_cents AS equityCents FROM equity WHERE round >= ? ORDER BY round, trader`,
  );
  const prices = prepare<[number], { round: number; instrument: Instrument; priceCents: number }>(
    db,
    `SELECT round, instrument, price_cents AS priceCents FROM prices WHERE round >= ? ORDER BY round, instrument`,
  );
  return {
    firstRoundOf: (season) => firstOf.get(season) ?? null,
    rounds: (sinceRound) => rounds.all(sinceRound),
    fills: (sinceRound) => fills.all(sinceRound),
    turnFacts: (sinceRound) => turns.all(sinceRound),
    equityCurves: (sinceRound) => equity.all(sinceRound),
    priceCurves: (sinceRound) => prices.all(sinceRound),
  };
}
