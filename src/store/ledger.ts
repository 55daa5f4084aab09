/** The chips' ledger in double entry: accounts, and entries that are only ever added. */
import { assertBalanced, MINT, walletOf, type Entry, type EntryReason } from '#core/ledger.ts';
import type { ChipStore, ChipTransaction } from '#show/ports/chips.ts';
import type { Db } from './database.ts';
import { prepare } from './statements.ts';

interface LegRow {
  entry: number;
  reason: EntryReason;
  poolId: string | null;
  atMs: number;
  account: string;
  chips: number;
}

const WALLETS = walletOf('');

export function ledgerReads(
  db: Db,
): Pick<ChipStore, 'balance' | 'wallets' | 'history' | 'lastAtMs' | 'ledgerSum'> {
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
  return {
    balance: (account) => balance.get(account) ?? 0,
    wallets: (limit) => wallets.all(limit),
    history: (member, limit) => entriesOf(history.all(walletOf(member), limit)),
    lastAtMs: (account, reason) => lastAtMs.get(account, reason) ?? null,
    ledgerSum: () => ledgerSum.get() ?? 0,
  };
}

/** `rename` puts another name on a member's account and returns it; null when there is none. */
export function ledgerChanges(
  db: Db,
): Pick<ChipTransaction, 'post'> & { rename: (member: string) => string | null } {
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
  const account = prepare<[string], number>(db, `SELECT id FROM accounts WHERE name = ?`).pluck();
  const renameAccount = prepare<[string, number]>(db, `UPDATE accounts SET name = ? WHERE id = ?`);

  return {
    post(entry) {
      assertBalanced(entry);
      const id = Number(insertEntry.run(entry.reason, entry.poolId, entry.atMs).lastInsertRowid);
      // Givers after takers: an account that does both in one entry is judged by what it has at the end.
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
    rename(member) {
      const id = account.get(walletOf(member));
      if (id === undefined) return null;
      const former = `former:${id}`;
      renameAccount.run(former, id);
      return former;
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
