/** Members' chips: pools, stakes and the append-only ledger in double entry. */
import {
  assertBalanced,
  MINT,
  walletOf,
  type Entry,
  type EntryReason,
  type PoolStatus,
} from '#core/ledger.ts';
import type { ChipStore, ChipTransaction, Pool, Stake } from '#show/ports/chips.ts';
import { parseJson, reporting, type Db } from './database.ts';
import { prepare } from './statements.ts';

interface PoolRow {
  id: string;
  season: number;
  episode: number;
  outcomes: string;
  status: PoolStatus;
  openedAtMs: number;
  lockedAtMs: number | null;
  seedChips: number;
}

interface LegRow {
  entry: number;
  reason: EntryReason;
  poolId: string | null;
  atMs: number;
  account: string;
  chips: number;
}

const WALLETS = walletOf('');

export function chipStore(db: Db, file: string): ChipStore {
  const poolColumns = `id, season, episode, outcomes, status, opened_at_ms AS openedAtMs, locked_at_ms AS lockedAtMs, seed_chips AS seedChips`;
  const pool = prepare<[string], PoolRow>(db, `SELECT ${poolColumns} FROM pools WHERE id = ?`);
  const livePool = prepare<[], PoolRow>(
    db,
    `SELECT ${poolColumns} FROM pools WHERE status IN ('open', 'locked') ORDER BY opened_at_ms DESC, rowid DESC LIMIT 1`,
  );
  const stakes = prepare<[string], Stake>(
    db,
    `SELECT member, outcome, chips, origin FROM stakes WHERE pool = ? ORDER BY member`,
  );
  const stake = prepare<[string, string], Stake>(
    db,
    `SELECT member, outcome, chips, origin FROM stakes WHERE pool = ? AND member = ?`,
  );
  const balance = prepare<[string], number>(db, `SELECT chips FROM accounts WHERE name = ?`).pluck();
  const wallets = prepare<[number], { member: string; chips: number }>(
    db,
    `SELECT substr(name, ${WALLETS.length + 1}) AS member, chips FROM accounts
     WHERE substr(name, 1, ${WALLETS.length}) = '${WALLETS}' ORDER BY chips DESC, id LIMIT ?`,
  );
  const history = prepare<[string, number], LegRow>(
    db,
    `SELECT e.id AS entry, e.reason, e.pool AS poolId, e.at_ms AS atMs, a.name AS account, l.chips
     FROM (SELECT DISTINCT entry FROM ledger_legs WHERE account = (SELECT id FROM accounts WHERE name = ?)
           ORDER BY entry DESC LIMIT ?) mine
     JOIN ledger_entries e ON e.id = mine.entry
     JOIN ledger_legs l ON l.entry = e.id
     JOIN accounts a ON a.id = l.account
     ORDER BY e.id DESC, l.leg`,
  );
  const lastAtMs = prepare<[string, string], number | null>(
    db,
    `SELECT max(e.at_ms) FROM ledger_legs l JOIN ledger_entries e ON e.id = l.entry
       WHERE l.account = (SELECT id FROM accounts WHERE name = ?) AND e.reason = ?`,
  ).pluck();
  // Legs and balances are counted apart: the sum is zero only when both ways of counting agree.
  const ledgerSum = prepare<[], number>(
    db,
    `SELECT coalesce((SELECT sum(chips) FROM ledger_legs), 0)
            + coalesce((SELECT sum(abs(a.chips - (SELECT coalesce(sum(l.chips), 0) FROM ledger_legs l WHERE l.account = a.id)))
                        FROM accounts a), 0)`,
  ).pluck();

  const poolOf = (row: PoolRow | undefined): Pool | null =>
    row === undefined
      ? null
      : { ...row, outcomes: parseJson(file, `pool ${row.id}`, row.outcomes) as string[] };

  const changes = chipChanges(db);
  const transaction = db.transaction((work: (tx: ChipTransaction) => unknown) => {
    const tx = revocable(changes);
    try {
      return work(tx.transaction);
    } finally {
      tx.revoke();
    }
  });

  return reporting<ChipStore>(file, {
    pool: (id) => poolOf(pool.get(id)),
    livePool: () => poolOf(livePool.get()),
    stakes: (poolId) => stakes.all(poolId),
    stake: (poolId, member) => stake.get(poolId, member) ?? null,
    balance: (account) => balance.get(account) ?? 0,
    wallets: (limit) => wallets.all(limit),
    history: (member, limit) => entriesOf(history.all(walletOf(member), limit)),
    lastAtMs: (account, reason) => lastAtMs.get(account, reason) ?? null,
    ledgerSum: () => ledgerSum.get() ?? 0,
    transact: <T>(work: (tx: ChipTransaction) => T) => transaction.immediate(work) as T,
  });
}

function chipChanges(db: Db): ChipTransaction {
  const insertEntry = prepare<[string, string | null, number]>(
    db,
    `INSERT INTO ledger_entries (reason, pool, at_ms) VALUES (?, ?, ?)`,
  );
  const openAccount = prepare<[string]>(
    db,
    `INSERT INTO accounts (name) VALUES (?) ON CONFLICT (name) DO NOTHING`,
  );
  const insertLeg = prepare<[number, number, number, string]>(
    db,
    `INSERT INTO ledger_legs (entry, leg, account, chips) SELECT ?, ?, id, ? FROM accounts WHERE name = ?`,
  );
  const balance = prepare<[string], number>(db, `SELECT chips FROM accounts WHERE name = ?`).pluck();
  const savePool = prepare(
    db,
    `INSERT INTO pools (id, season, episode, outcomes, status, opened_at_ms, locked_at_ms, seed_chips)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET season = excluded.season, episode = excluded.episode, outcomes = excluded.outcomes,
       status = excluded.status, opened_at_ms = excluded.opened_at_ms,
       locked_at_ms = excluded.locked_at_ms, seed_chips = excluded.seed_chips`,
  );
  const saveStake = prepare<[string, string, string, number, string]>(
    db,
    `INSERT INTO stakes (pool, member, outcome, chips, origin) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (pool, member) DO UPDATE SET outcome = excluded.outcome, chips = excluded.chips, origin = excluded.origin`,
  );
  const removeStake = prepare<[string, string]>(db, `DELETE FROM stakes WHERE pool = ? AND member = ?`);
  const runningStake = prepare<[string], string>(
    db,
    `SELECT p.id FROM stakes s JOIN pools p ON p.id = s.pool WHERE s.member = ? AND p.status IN ('open', 'locked') LIMIT 1`,
  ).pluck();
  const account = prepare<[string], number>(db, `SELECT id FROM accounts WHERE name = ?`).pluck();
  const renameAccount = prepare<[string, number]>(db, `UPDATE accounts SET name = ? WHERE id = ?`);
  const renameStakes = prepare<[string, string]>(db, `UPDATE stakes SET member = ? WHERE member = ?`);

  return {
    post(entry) {
      assertBalanced(entry);
      const id = Number(insertEntry.run(entry.reason, entry.poolId, entry.atMs).lastInsertRowid);
      // Givers after takers: an account that does both in one entry is judged by what it has in the end.
      const legs = [...entry.legs.entries()].sort(([, a], [, b]) => b.chips - a.chips);
      for (const [index, leg] of legs) {
        openAccount.run(leg.account);
        const after = (balance.get(leg.account) ?? 0) + leg.chips;
        if (after < 0 && leg.account !== MINT) {
          throw new Error(
            `${leg.account} lacks ${-after} chips for the ledger entry ${entry.reason} of ${-leg.chips}`,
          );
        }
        insertLeg.run(id, index, leg.chips, leg.account);
      }
    },
    savePool(pool) {
      const { id, season, episode, outcomes, status, openedAtMs, lockedAtMs, seedChips } = pool;
      savePool.run(id, season, episode, JSON.stringify(outcomes), status, openedAtMs, lockedAtMs, seedChips);
    },
    setStake(poolId, member, stake) {
      if (stake === null) removeStake.run(poolId, member);
      else saveStake.run(poolId, member, stake.outcome, stake.chips, stake.origin);
    },
    forget(member) {
      const running = runningStake.get(member);
      if (running !== undefined)
        throw new Error(
          `a member with a stake in pool ${running} is forgotten only after it is returned or settled`,
        );
      const id = account.get(walletOf(member));
      if (id === undefined) return null;
      const former = `former:${id}`;
      renameAccount.run(former, id);
      renameStakes.run(former, member);
      return former;
    },
  };
}

/** A transaction that refuses work after its end, so that an `await` in it cannot post outside of it. */
function revocable(changes: ChipTransaction): { transaction: ChipTransaction; revoke: () => void } {
  let ended = false;
  const live = (): ChipTransaction => {
    if (ended) throw new Error('this chip transaction has ended; a transaction never awaits');
    return changes;
  };
  return {
    transaction: {
      post: (entry) => live().post(entry),
      savePool: (pool) => live().savePool(pool),
      setStake: (poolId, member, stake) => live().setStake(poolId, member, stake),
      forget: (member) => live().forget(member),
    },
    revoke: () => {
      ended = true;
    },
  };
}

function entriesOf(rows: readonly LegRow[]): Entry[] {
  const entries = new Map<
    number,
    { reason: EntryReason; poolId: string | null; atMs: number; legs: { account: string; chips: number }[] }
  >();
  for (const { entry, reason, poolId, atMs, account, chips } of rows) {
    const known = entries.get(entry) ?? { reason, poolId, atMs, legs: [] };
    known.legs.push({ account, chips });
    entries.set(entry, known);
  }
  return [...entries.values()];
}
