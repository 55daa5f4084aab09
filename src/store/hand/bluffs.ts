import type { BluffAhead, BluffCall, HandStore, Rating } from '#show/ports/hand.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

type Table = Pick<
  HandStore,
  | 'bluffCall'
  | 'openCalls'
  | 'calls'
  | 'saveCall'
  | 'callAhead'
  | 'callsAhead'
  | 'saveAhead'
  | 'dropAhead'
  | 'rating'
  | 'saveRating'
  | 'ratings'
  | 'forget'
>;

type AheadRow = Omit<BluffAhead, 'means'> & { means: 0 | 1 };
type CallRow = Omit<BluffCall, 'means' | 'right'> & { means: 0 | 1; right: 0 | 1 | null };

export function bluffTable(db: Db): Table {
  const columns = `pool AS poolId, trader, round, member, means, was_right AS "right"`;
  const one = prepare<[string, string, number], CallRow>(
    db,
    `SELECT ${columns} FROM bluff_calls WHERE member = ? AND trader = ? AND round = ?`,
  );
  const open = prepare<[], CallRow>(
    db,
    `SELECT ${columns} FROM bluff_calls WHERE was_right IS NULL ORDER BY round, trader, member`,
  );
  const all = prepare<[string], CallRow>(
    db,
    `SELECT ${columns} FROM bluff_calls WHERE pool = ? ORDER BY round, trader, member`,
  );
  const save = prepare<[string, string, number, string, number, number | null]>(
    db,
    `INSERT INTO bluff_calls (pool, trader, round, member, means, was_right) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (member, round, trader) DO UPDATE SET was_right = excluded.was_right`,
  );
  const ahead = prepare<[string, string], AheadRow>(
    db,
    `SELECT member, trader, means FROM bluff_calls_ahead WHERE member = ? AND trader = ?`,
  );
  const allAhead = prepare<[string], AheadRow>(
    db,
    `SELECT member, trader, means FROM bluff_calls_ahead WHERE trader = ? ORDER BY member`,
  );
  const saveAhead = prepare<[string, string, number]>(
    db,
    `INSERT INTO bluff_calls_ahead (trader, member, means) VALUES (?, ?, ?)`,
  );
  const dropAhead = prepare<[string, string]>(
    db,
    `DELETE FROM bluff_calls_ahead WHERE member = ? AND trader = ?`,
  );
  const rating = prepare<[number, string, string], Rating>(
    db,
    `SELECT who, elo, "right", wrong FROM bluff_ratings WHERE season = ? AND kind = ? AND who = ?`,
  );
  const saveRating = prepare<[number, string, string, number, number, number]>(
    db,
    `INSERT INTO bluff_ratings (season, kind, who, elo, "right", wrong) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (season, kind, who) DO UPDATE SET elo = excluded.elo, "right" = excluded."right", wrong = excluded.wrong`,
  );
  const ratings = prepare<[number, number], Rating>(
    db,
    `SELECT who, elo, "right", wrong FROM bluff_ratings WHERE season = ? AND kind = 'member'
     ORDER BY elo DESC, "right" DESC, who LIMIT ?`,
  );
  const drops = [
    `DELETE FROM bluff_calls WHERE member = ?`,
    `DELETE FROM bluff_calls_ahead WHERE member = ?`,
    `DELETE FROM bluff_ratings WHERE kind = 'member' AND who = ?`,
  ].map((sql) => prepare<[string]>(db, sql));
  const aheadOf = ({ means, ...row }: AheadRow): BluffAhead => ({ ...row, means: means === 1 });
  const callOf = ({ means, right, ...row }: CallRow): BluffCall => ({
    ...row,
    means: means === 1,
    right: right === null ? null : right === 1,
  });
  return {
    bluffCall(member, trader, round) {
      const row = one.get(member, trader, round);
      return row ? callOf(row) : null;
    },
    openCalls: () => open.all().map(callOf),
    calls: (poolId) => all.all(poolId).map(callOf),
    saveCall({ poolId, trader, round, member, means, right }) {
      save.run(poolId, trader, round, member, means ? 1 : 0, right === null ? null : right ? 1 : 0);
    },
    callAhead(member, trader) {
      const row = ahead.get(member, trader);
      return row ? aheadOf(row) : null;
    },
    callsAhead: (trader) => allAhead.all(trader).map(aheadOf),
    saveAhead({ trader, member, means }) {
      saveAhead.run(trader, member, means ? 1 : 0);
    },
    dropAhead({ trader, member }) {
      dropAhead.run(member, trader);
    },
    rating: (season, kind, who) => rating.get(season, kind, who) ?? null,
    saveRating(season, kind, { who, elo, right, wrong }) {
      saveRating.run(season, kind, who, elo, right, wrong);
    },
    ratings: (season, limit) => ratings.all(season, limit),
    forget: (member) => drops.map((drop) => drop.run(member).changes).some((rows) => rows > 0),
  };
}
