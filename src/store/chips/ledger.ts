/** The chips' ledger in double entry: accounts, and entries that are only ever added. */
import {
  assertBalanced,
  HOUSE,
  JACKPOT,
  MINT,
  potOf,
  walletOf,
  type Books,
  type Entry,
  type EntryReason,
} from '#core/betting/ledger.ts';
import type { ChipStore, ChipTransaction } from '#show/ports/chips.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

interface LegRow {
  entry: number;
  reason: EntryReason;
  poolId: string | null;
  atMs: number;
  account: string;
  chips: number;
}

const WALLETS = walletOf('');
const POTS = potOf('');
/** Of members who deleted their data. */
const FORMER = 'former:';

/** The entries of an account, newest first: each leg names the one before. The account's name is asked for twice. */
const ENTRIES_OF = `WITH RECURSIVE mine(entry) AS (
  SELECT last_entry FROM accounts WHERE name = ?
  UNION ALL
  SELECT (SELECT max(l.before) FROM ledger_legs l
          WHERE l.entry = mine.entry AND l.account = (SELECT id FROM accounts WHERE name = ?))
  FROM mine WHERE mine.entry IS NOT NULL
)`;

export function ledgerReads(
  db: Db,
): Pick<ChipStore, 'hasAccount' | 'balance' | 'wallets' | 'history' | 'lastAtMs' | 'ledgerSum' | 'books'> {
  const balance = prepare<[string], number>(db, `SELECT chips FROM accounts WHERE name = ?`).pluck();
  const account = prepare<[string], number>(db, `SELECT 1 FROM accounts WHERE name = ?`).pluck();
  const wallets = prepare<[number], { member: string; chips: number }>(
    db,
    `SELECT substr(name, ${WALLETS.length + 1}) AS member, chips FROM accounts
     WHERE substr(name, 1, ${WALLETS.length}) = '${WALLETS}' ORDER BY chips DESC, id LIMIT ?`,
  );
  const history = prepare<[string, string, number], LegRow>(
    db,
    `${ENTRIES_OF} SELECT e.id AS entry, e.reason, e.pool AS poolId, e.at_ms AS atMs, a.name AS account, l.chips
     FROM (SELECT entry FROM mine WHERE entry IS NOT NULL LIMIT ?) mine
     JOIN ledger_entries e ON e.id = mine.entry
     JOIN ledger_legs l ON l.entry = e.id
     JOIN accounts a ON a.id = l.account
     ORDER BY e.id DESC, l.leg`,
  );
  const lastAtMs = prepare<[string, string, string], number>(
    db,
    `${ENTRIES_OF} SELECT e.at_ms FROM mine JOIN ledger_entries e ON e.id = mine.entry WHERE e.reason = ? LIMIT 1`,
  ).pluck();
  // Legs and balances are counted apart: the sum is zero only when both ways of counting agree.
  const ledgerSum = prepare<[], number>(
    db,
    `SELECT coalesce((SELECT sum(chips) FROM ledger_legs), 0)
            + coalesce((SELECT sum(abs(a.chips - coalesce(legs.chips, 0))) FROM accounts a
                        LEFT JOIN (SELECT account, sum(chips) AS chips FROM ledger_legs GROUP BY account) legs
                          ON legs.account = a.id), 0)`,
  ).pluck();
  const books = prepare<[], Books>(
    db,
    `SELECT ${sumOf(`name GLOB '${WALLETS}*' OR name GLOB '${FORMER}*'`)} AS members,
            ${sumOf(`name GLOB '${POTS}*'`)} AS staked,
            ${sumOf(`name = '${JACKPOT}'`)} AS jackpot,
            ${sumOf(`name = '${HOUSE}'`)} AS house,
            -${sumOf(`name = '${MINT}'`)} AS minted
     FROM accounts`,
  );
  return {
    hasAccount: (name) => account.get(name) !== undefined,
    balance: (account) => balance.get(account) ?? 0,
    wallets: (limit) => wallets.all(limit),
    history: (member, limit) => entriesOf(history.all(walletOf(member), walletOf(member), limit)),
    lastAtMs: (account, reason) => lastAtMs.get(account, account, reason) ?? null,
    ledgerSum: () => ledgerSum.get() ?? 0,
    books: () => books.get() ?? { members: 0, staked: 0, jackpot: 0, house: 0, minted: 0 },
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
  const openAccount = prepare<[string]>(db, `INSERT INTO accounts (name) VALUES (?)`);
  const insertLeg = prepare<[number, number, number, number, number | null]>(
    db,
    `INSERT INTO ledger_legs (entry, leg, account, chips, before) VALUES (?, ?, ?, ?, ?)`,
  );
  const account = prepare<[string], { id: number; chips: number; lastEntry: number | null }>(
    db,
    `SELECT id, chips, last_entry AS lastEntry FROM accounts WHERE name = ?`,
  );
  const renameAccount = prepare<[string, number]>(db, `UPDATE accounts SET name = ? WHERE id = ?`);

  return {
    post(entry) {
      assertBalanced(entry);
      const id = Number(insertEntry.run(entry.reason, entry.poolId, entry.atMs).lastInsertRowid);
      // Givers after takers: an account that does both in one entry is judged by what it has at the end.
      const legs = [...entry.legs.entries()].sort(([, a], [, b]) => b.chips - a.chips);
      for (const [index, leg] of legs) {
        const known = account.get(leg.account);
        const after = (known?.chips ?? 0) + leg.chips;
        if (after < 0 && leg.account !== MINT) {
          throw new Error(
            `${leg.account} lacks ${-after} chips for the ledger entry ${entry.reason} of ${-leg.chips}`,
          );
        }
        const its = known?.id ?? Number(openAccount.run(leg.account).lastInsertRowid);
        // An account that is in an entry twice names the one before at its first leg.
        const before = known?.lastEntry === id ? null : (known?.lastEntry ?? null);
        insertLeg.run(id, index, its, leg.chips, before);
      }
    },
    rename(member) {
      const id = account.get(walletOf(member))?.id;
      if (id === undefined) return null;
      const former = `${FORMER}${id}`;
      renameAccount.run(former, id);
      return former;
    },
  };
}

const sumOf = (accounts: string): string => `coalesce(sum(chips) FILTER (WHERE ${accounts}), 0)`;

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
