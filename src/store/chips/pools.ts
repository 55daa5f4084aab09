/** Pools, and the members' part in them: stakes, reactions, exclusions, payouts. */
import type { PoolStatus } from '#core/betting/ledger.ts';
import type {
  ChipStore,
  ChipTransaction,
  Forgotten,
  Payout,
  Pool,
  PoolAbout,
  PoolResult,
  Reaction,
  Stake,
} from '#show/ports/chips.ts';
import { parseJson, type Db } from '../database.ts';
import { prepare } from '../statements.ts';

interface PoolRow {
  id: string;
  about: PoolAbout;
  season: number;
  episode: number;
  outcomes: string;
  status: PoolStatus;
  openedAtMs: number;
  lockedAtMs: number | null;
  seedChips: number;
  houseChips: number;
}

/** Without the payouts; results of before there was a house say nothing of it. */
type StoredResult =
  | (Omit<Extract<PoolResult, { status: 'settled' }>, 'toHouse' | 'payouts'> & { toHouse?: number })
  | Extract<PoolResult, { status: 'refunded' }>;

type PoolReads = Pick<
  ChipStore,
  | 'pool'
  | 'livePool'
  | 'stakes'
  | 'stake'
  | 'reactions'
  | 'reactors'
  | 'strayReactions'
  | 'excluded'
  | 'result'
>;

export function poolReads(db: Db, file: string): PoolReads {
  const poolColumns = `id, about, season, episode, outcomes, status, opened_at_ms AS openedAtMs, locked_at_ms AS lockedAtMs, seed_chips AS seedChips, house_chips AS houseChips`;
  const pool = prepare<[string], PoolRow>(db, `SELECT ${poolColumns} FROM pools WHERE id = ?`);
  const livePool = prepare<[PoolAbout], PoolRow>(
    db,
    `SELECT ${poolColumns} FROM pools WHERE status IN ('open', 'locked') AND about = ?`,
  );
  const stakes = prepare<[string], Stake>(
    db,
    `SELECT member, outcome, chips, origin FROM stakes WHERE pool = ? ORDER BY member`,
  );
  const stake = prepare<[string, string], Stake>(
    db,
    `SELECT member, outcome, chips, origin FROM stakes WHERE pool = ? AND member = ?`,
  );
  const reactions = prepare<[string, string], string>(
    db,
    `SELECT outcome FROM reactions WHERE pool = ? AND member = ? ORDER BY outcome`,
  ).pluck();
  const reactors = prepare<[string], string>(
    db,
    `SELECT DISTINCT member FROM reactions WHERE pool = ? ORDER BY member`,
  ).pluck();
  const strayReactions = prepare<[string, number], Reaction>(
    db,
    `SELECT r.member, r.outcome FROM reactions r LEFT JOIN stakes s ON s.pool = r.pool AND s.member = r.member
     WHERE r.pool = ? AND s.outcome IS NOT r.outcome ORDER BY r.member, r.outcome LIMIT ?`,
  );
  const excluded = prepare<[string, string], number>(
    db,
    `SELECT 1 FROM exclusions WHERE pool = ? AND member = ?`,
  ).pluck();
  const result = prepare<[string], string>(db, `SELECT result FROM pool_results WHERE pool = ?`).pluck();
  const payouts = prepare<[string], Omit<Payout, 'bound'> & { bound: number }>(
    db,
    `SELECT member, chips, streak, bound FROM payouts WHERE pool = ? ORDER BY member`,
  );

  const poolOf = (row: PoolRow | undefined): Pool | null =>
    row === undefined
      ? null
      : { ...row, outcomes: parseJson(file, `pool ${row.id}`, row.outcomes) as string[] };

  return {
    pool: (id) => poolOf(pool.get(id)),
    livePool: (about) => poolOf(livePool.get(about)),
    stakes: (poolId) => stakes.all(poolId),
    stake: (poolId, member) => stake.get(poolId, member) ?? null,
    reactions: (poolId, member) => reactions.all(poolId, member),
    reactors: (poolId) => reactors.all(poolId),
    strayReactions: (poolId, limit) => strayReactions.all(poolId, limit),
    excluded: (poolId, member) => excluded.get(poolId, member) !== undefined,
    result(poolId) {
      const stored = result.get(poolId);
      if (stored === undefined) return null;
      const ended = parseJson(file, `the result of pool ${poolId}`, stored) as StoredResult;
      if (ended.status === 'refunded') return ended;
      const paid = payouts.all(poolId).map((payout) => ({ ...payout, bound: payout.bound === 1 }));
      return { ...ended, toHouse: ended.toHouse ?? 0, payouts: paid };
    },
  };
}

type PoolChanges = Pick<
  ChipTransaction,
  'savePool' | 'setStake' | 'setReactions' | 'exclude' | 'saveResult'
> & {
  /** Puts `former`, where there is one, in the place of the member's name. */
  forget: (member: string, former: string | null) => Forgotten;
  /** The pool, open or locked, that the member has a stake in. */
  runningStake: (member: string) => string | undefined;
};

export function poolChanges(db: Db): PoolChanges {
  const savePool = prepare(
    db,
    `INSERT INTO pools (id, about, season, episode, outcomes, status, opened_at_ms, locked_at_ms, seed_chips, house_chips)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET season = excluded.season, episode = excluded.episode, outcomes = excluded.outcomes,
       status = excluded.status, opened_at_ms = excluded.opened_at_ms,
       locked_at_ms = excluded.locked_at_ms, seed_chips = excluded.seed_chips, house_chips = excluded.house_chips`,
  );
  const saveStake = prepare<[string, string, string, number, string]>(
    db,
    `INSERT INTO stakes (pool, member, outcome, chips, origin) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (pool, member) DO UPDATE SET outcome = excluded.outcome, chips = excluded.chips, origin = excluded.origin`,
  );
  const removeStake = prepare<[string, string]>(db, `DELETE FROM stakes WHERE pool = ? AND member = ?`);
  const reactions = prepare<[string, string], string>(
    db,
    `SELECT outcome FROM reactions WHERE pool = ? AND member = ?`,
  ).pluck();
  const dropReaction = prepare<[string, string, string]>(
    db,
    `DELETE FROM reactions WHERE pool = ? AND member = ? AND outcome = ?`,
  );
  const addReaction = prepare<[string, string, string]>(
    db,
    `INSERT INTO reactions (pool, member, outcome) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const exclude = prepare<[string, string]>(
    db,
    `INSERT INTO exclusions (pool, member) VALUES (?, ?) ON CONFLICT DO NOTHING`,
  );
  const saveResult = prepare<[string, string]>(db, `INSERT INTO pool_results (pool, result) VALUES (?, ?)`);
  const savePayout = prepare<[string, string, number, number, number]>(
    db,
    `INSERT INTO payouts (pool, member, chips, streak, bound) VALUES (?, ?, ?, ?, ?)`,
  );
  const endReactions = prepare<[string]>(db, `DELETE FROM reactions WHERE pool = ?`);
  const runningStake = prepare<[string], string>(
    db,
    `SELECT p.id FROM pools p CROSS JOIN stakes s ON s.pool = p.id AND s.member = ?
     WHERE p.status IN ('open', 'locked') LIMIT 1`,
  ).pluck();
  const renameStakes = prepare<[string, string]>(db, `UPDATE stakes SET member = ? WHERE member = ?`);
  const paidIn = prepare<[string], string>(
    db,
    `SELECT pool FROM payouts WHERE member = ? ORDER BY pool`,
  ).pluck();
  const renamePayouts = prepare<[string, string]>(db, `UPDATE payouts SET member = ? WHERE member = ?`);
  const forgetReactions = prepare<[string]>(db, `DELETE FROM reactions WHERE member = ?`);
  const forgetExclusions = prepare<[string]>(db, `DELETE FROM exclusions WHERE member = ?`);

  return {
    savePool(pool) {
      const { id, about, season, episode, outcomes, status, openedAtMs, lockedAtMs, seedChips, houseChips } =
        pool;
      const named = JSON.stringify(outcomes);
      savePool.run(id, about, season, episode, named, status, openedAtMs, lockedAtMs, seedChips, houseChips);
    },
    setStake(poolId, member, stake) {
      if (stake === null) removeStake.run(poolId, member);
      else saveStake.run(poolId, member, stake.outcome, stake.chips, stake.origin);
    },
    setReactions(poolId, member, outcomes) {
      const known = new Set(reactions.all(poolId, member));
      for (const outcome of outcomes) if (!known.delete(outcome)) addReaction.run(poolId, member, outcome);
      for (const gone of known) dropReaction.run(poolId, member, gone);
    },
    exclude(poolId, member) {
      exclude.run(poolId, member);
    },
    saveResult(poolId, result) {
      const { payouts, ...rest } = result.status === 'settled' ? result : { ...result, payouts: [] };
      saveResult.run(poolId, JSON.stringify(rest));
      for (const { member, chips, streak, bound } of payouts)
        savePayout.run(poolId, member, chips, streak, bound ? 1 : 0);
      endReactions.run(poolId);
    },
    runningStake: (member) => runningStake.get(member),
    forget(member, former) {
      const pools = paidIn.all(member);
      if (former !== null) {
        renameStakes.run(former, member);
        renamePayouts.run(former, member);
      }
      const dropped = forgetReactions.run(member).changes + forgetExclusions.run(member).changes;
      return { former, pools, anything: former !== null || dropped > 0 };
    },
  };
}
