/** The members' bank, read after every event through a connection of its own: no chip is made or lost, no pool is paid twice. */
import type { Database } from 'better-sqlite3';
import { MINT, potOf, walletOf } from '#core/betting/ledger.ts';
import { must } from './violation.ts';

interface Sums {
  total: number;
  least: number;
}

interface PoolRow {
  id: string;
  about: string;
  status: string;
  stakes: number;
  pot: number;
}

export class ChipChecks {
  readonly #sums: { get(): Sums | undefined };
  readonly #live: { all(): PoolRow[] };
  readonly #ended: { all(seen: number): { nth: number; id: string; status: string; pot: number }[] };
  readonly #paid: { all(pool: string): { account: string; chips: number; reason: string }[] };
  readonly #payouts: { all(pool: string): { member: string; chips: number }[] };
  readonly #books: { get(): { wrong: number } | undefined };
  #seen: number;

  constructor(db: Database, seen: number) {
    const pot = `(SELECT coalesce((SELECT chips FROM accounts WHERE name = 'pool:' || p.id), 0))`;
    this.#seen = seen;
    this.#sums = db.prepare<[], Sums>(
      `SELECT coalesce(sum(chips), 0) AS total, coalesce(min(iif(name = '${MINT}', 0, chips)), 0) AS least FROM accounts`,
    );
    this.#live = db.prepare<[], PoolRow>(
      `SELECT p.id, p.about, p.status, (SELECT coalesce(sum(chips), 0) FROM stakes WHERE pool = p.id) AS stakes, ${pot} AS pot
       FROM pools p WHERE p.status IN ('open', 'locked')`,
    );
    this.#ended = db.prepare(
      `SELECT p.rowid AS nth, p.id, p.status, ${pot} AS pot FROM pools p
       WHERE p.status IN ('settled', 'refunded') AND p.rowid > ? ORDER BY p.rowid`,
    );
    this.#paid = db.prepare(
      `SELECT a.name AS account, l.chips, e.reason FROM ledger_entries e
       JOIN ledger_legs l ON l.entry = e.id JOIN accounts a ON a.id = l.account
       WHERE e.pool = ? AND e.reason IN ('payout', 'refund') AND l.chips > 0`,
    );
    this.#payouts = db.prepare(`SELECT member, chips FROM payouts WHERE pool = ?`);
    this.#books = db.prepare(
      `SELECT count(*) AS wrong FROM accounts a
       WHERE a.chips <> (SELECT coalesce(sum(l.chips), 0) FROM ledger_legs l WHERE l.account = a.id)`,
    );
  }

  /** The last pool that was found to have ended well. */
  get seen(): number {
    return this.#seen;
  }

  /** Cheap: after every event. */
  eachEvent(): void {
    const sums = this.#sums.get() ?? { total: 0, least: 0 };
    must(sums.total === 0, 'chips conserved', () => `all accounts add up to ${sums.total}`);
    must(sums.least >= 0, 'chips conserved', () => `an account holds ${sums.least}`);
    const live = this.#live.all();
    must(new Set(live.map(({ about }) => about)).size === live.length, 'one pool of a kind at a time', () =>
      live.map(({ id }) => id).join(', '),
    );
    for (const { id, stakes, pot } of live)
      must(pot >= stakes, 'stakes are in the pot', () => `${id} holds ${pot} for stakes of ${stakes}`);
    for (const { nth, id, status, pot } of this.#ended.all(this.#seen)) {
      this.#endedWell(id, status, pot);
      this.#seen = nth;
    }
  }

  /** Every entry again: at the close of a round. */
  eachRound(): void {
    const wrong = this.#books.get()?.wrong ?? 0;
    must(wrong === 0, 'chips conserved', () => `${wrong} accounts are not the sum of their entries`);
  }

  #endedWell(id: string, status: string, pot: number): void {
    must(pot === 0, 'a pool is paid out once', () => `${potOf(id)} is ${status} and holds ${pot}`);
    const paid = this.#paid.all(id);
    const accounts = paid.map(({ account }) => account);
    must(
      new Set(accounts).size === accounts.length,
      'a pool is paid out once',
      () => `${id} paid somebody twice: ${accounts.join(', ')}`,
    );
    must(
      new Set(paid.filter(({ account }) => account.startsWith(walletOf(''))).map(({ reason }) => reason))
        .size <= 1,
      'a pool is paid out once',
      () => `${id} was both settled and returned`,
    );
    const results = new Map(this.#payouts.all(id).map(({ member, chips }) => [walletOf(member), chips]));
    for (const { account, chips, reason } of paid) {
      if (reason !== 'payout' || !account.startsWith(walletOf(''))) continue;
      must(
        results.get(account) === chips,
        'a pool is paid as it says',
        () => `${id} paid ${account} ${chips} and says ${results.get(account) ?? 'nothing'}`,
      );
    }
  }
}
