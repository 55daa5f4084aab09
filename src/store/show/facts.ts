/** What happened, as rows for charts and awards. No thought is among them. */
import type { Fill } from '#core/trading/books.ts';
import type { Instrument } from '#core/vocabulary.ts';
import type { ClosingEquity, EpisodeSpan, RoundFact, ShowStore, TurnFact } from '#show/ports/store.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

type Facts = Pick<
  ShowStore,
  | 'firstRoundOf'
  | 'episodeSpan'
  | 'episodes'
  | 'rounds'
  | 'fills'
  | 'turnFacts'
  | 'equityCurves'
  | 'priceCurves'
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
  const equity = prepare<[number, number], ClosingEquity>(
    db,
    `SELECT round, trader, equity_cents AS equityCents FROM equity WHERE round BETWEEN ? AND ? ORDER BY round, trader`,
  );
  const prices = prepare<[number], { round: number; instrument: Instrument; priceCents: number }>(
    db,
    `SELECT round, instrument, price_cents AS priceCents FROM prices WHERE round >= ? ORDER BY round, instrument`,
  );
  return {
    ...seasonReader(db),
    rounds: (sinceRound) => rounds.all(sinceRound),
    fills: (sinceRound) => fills.all(sinceRound),
    turnFacts: (sinceRound) => turns.all(sinceRound),
    equityCurves: (sinceRound, untilRound = Number.MAX_SAFE_INTEGER) => equity.all(sinceRound, untilRound),
    priceCurves: (sinceRound) => prices.all(sinceRound),
  };
}

/** Where seasons and episodes begin and end. */
function seasonReader(db: Db): Pick<Facts, 'firstRoundOf' | 'episodeSpan' | 'episodes'> {
  // Of a season's rounds only those of its first episode, or of the intermission before it, are looked at.
  const firstOf = prepare<[number, number], number | null>(
    db,
    `SELECT min(round) FROM rounds
     WHERE season = ? AND episode = (SELECT min(episode) FROM rounds WHERE season = ?)`,
  ).pluck();
  const spanColumns = `episode, min(round) AS "from", max(round) AS "to"`;
  const span = prepare<[number, number], EpisodeSpan>(
    db,
    `SELECT ${spanColumns} FROM rounds WHERE season = ? AND episode = ? AND phase = 'episode' GROUP BY episode`,
  );
  const spans = prepare<[number], EpisodeSpan>(
    db,
    `SELECT ${spanColumns} FROM rounds WHERE season = ? AND phase = 'episode' GROUP BY episode ORDER BY episode`,
  );
  return {
    firstRoundOf: (season) => firstOf.get(season, season) ?? null,
    episodeSpan: (season, episode) => span.get(season, episode) ?? null,
    episodes: (season) => spans.all(season),
  };
}
