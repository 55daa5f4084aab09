import type { BluffCall, HandStore, Rating } from '#show/ports/hand.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

type Table = Pick<
  HandStore,
  'bluffCall' | 'openCalls' | 'calls' | 'saveCall' | 'rating' | 'saveRating' | 'ratings' | 'forget'
>;

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
  const dropCalls = prepare<[string]>(db, `DELETE FROM bluff_calls WHERE member = ?`);
  const dropRatings = prepare<[string]>(db, `DELETE FROM bluff_ratings WHERE kind = 'member' AND who = ?`);
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
    rating: (season, kind, who) => rating.get(season, kind, who) ?? null,
    saveRating(season, kind, { who, elo, right, wrong }) {
      saveRating.run(season, kind, who, elo, right, wrong);
    },
    ratings: (season, limit) => ratings.all(season, limit),
    forget: (member) => dropCalls.run(member).changes + dropRatings.run(member).changes > 0,
  };
}
