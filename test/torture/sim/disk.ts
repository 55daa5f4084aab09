/**
 * The disk under a show: a real SQLite database whose process may be killed at any statement and any commit, whose writes
 * may fail, and whose disk may be full. What a kill leaves are the very files of that moment, with the write-ahead log, and
 * perhaps with a torn end, as after a power cut.
 */
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Connect, Db } from '#store/database.ts';
import type { Faults } from './faults.ts';
import type { Kernel } from './kernel.ts';
import type { Life } from './life.ts';

const NO_LIMIT = 2 ** 30;

export class Disk {
  readonly file: string;
  readonly #kernel: Kernel;
  readonly #faults: Faults;
  /** The connections of the life at hand. */
  readonly #open = new Set<Db>();
  #full = false;
  #refusing = false;
  statements = 0;
  commits = 0;
  /** Transactions and statements that failed: nothing of them is stored. */
  undone = 0;

  constructor(file: string, kernel: Kernel, faults: Faults) {
    this.file = file;
    this.#kernel = kernel;
    this.#faults = faults;
  }

  /** How a life opens its database. */
  connectFor(life: Life): Connect {
    return (file, options) => {
      life.assertAlive();
      const db = new Database(file, options);
      this.#open.add(db);
      this.#watch(db, life);
      this.#limit(db);
      return db;
    };
  }

  /** A disk without room takes nothing that needs another page. */
  setFull(full: boolean): void {
    this.#full = full;
    for (const db of this.#open) if (db.open) this.#limit(db);
  }

  /** While `work` runs, every transaction fails as a whole, at its very end. */
  refusing(work: () => void): void {
    this.#refusing = true;
    try {
      work();
    } finally {
      this.#refusing = false;
    }
  }

  /** What a kill would leave: to be called at that moment. */
  freeze(): void {
    for (const suffix of ['', '-wal']) {
      const from = this.file + suffix;
      if (existsSync(from)) copyFileSync(from, `${from}.killed`);
      else rmSync(`${from}.killed`, { force: true });
    }
    const log = `${this.file}-wal.killed`;
    if (existsSync(log) && this.#faults.strike('torn log')) tear(log, this.#faults.size('torn log'));
  }

  /** Puts what the kill left in place, when the old handles are closed. */
  thaw(): void {
    for (const db of this.#open) if (db.open) db.close();
    this.#open.clear();
    rmSync(`${this.file}-shm`, { force: true });
    for (const suffix of ['', '-wal']) {
      const to = this.file + suffix;
      if (existsSync(`${to}.killed`)) renameSync(`${to}.killed`, to);
      else rmSync(to, { force: true });
    }
  }

  #limit(db: Db): void {
    const pages = this.#full ? Number(db.pragma('page_count', { simple: true })) : NO_LIMIT;
    db.pragma(`max_page_count = ${Math.max(1, pages)}`);
  }

  #watch(db: Db, life: Life): void {
    const prepare = db.prepare.bind(db);
    db.prepare = ((sql: string) => {
      life.assertAlive();
      const statement = prepare(sql);
      for (const name of ['run', 'get', 'all'] as const) {
        const real = statement[name].bind(statement);
        const watched = (...args: unknown[]): unknown => {
          this.#statement(life, name === 'run');
          return real(...args);
        };
        Object.defineProperty(statement, name, { value: watched });
      }
      return statement;
    }) as Db['prepare'];
    const transaction = db.transaction.bind(db);
    let depth = 0;
    db.transaction = ((work: (...args: unknown[]) => unknown) => {
      const inner = transaction((...args: unknown[]) => {
        const value = work(...args);
        this.#beforeCommit(life, depth === 1);
        return value;
      });
      const outer =
        (run: (...args: unknown[]) => unknown) =>
        (...args: unknown[]): unknown => {
          life.assertAlive();
          depth += 1;
          let value: unknown;
          try {
            value = run(...args);
          } catch (error) {
            if (depth === 1) this.undone += 1;
            throw error;
          } finally {
            depth -= 1;
          }
          if (depth === 0) this.#afterCommit(life);
          return value;
        };
      return Object.assign(outer(inner), {
        deferred: outer((...args) => inner.deferred(...args)),
        immediate: outer((...args) => inner.immediate(...args)),
        exclusive: outer((...args) => inner.exclusive(...args)),
      });
    }) as Db['transaction'];
  }

  #statement(life: Life, writes: boolean): void {
    life.assertAlive();
    this.statements += 1;
    this.#kernel.activity += 1;
    if (this.#faults.strike('kill at a statement')) life.kill('at a statement');
    life.assertAlive();
    if (writes && this.#faults.strike('failed write')) {
      this.undone += 1;
      throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE');
    }
  }

  #beforeCommit(life: Life, outermost: boolean): void {
    life.assertAlive();
    if (this.#faults.strike('kill before a commit')) life.kill('before a commit');
    life.assertAlive();
    if ((this.#refusing && outermost) || this.#faults.strike('failed commit'))
      throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
  }

  #afterCommit(life: Life): void {
    this.commits += 1;
    if (this.#faults.strike('kill after a commit')) life.kill('after a commit');
    life.assertAlive();
  }
}

/** A power cut in the middle of a write leaves half a frame behind the last whole one: SQLite has to know it for what it is. */
function tear(log: string, size: number): void {
  const whole = readFileSync(log);
  const half = whole.subarray(0, Math.floor(1 + size * 3_000));
  writeFileSync(log, Buffer.concat([whole, half]));
}
