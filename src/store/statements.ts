/**
 * SQL that is compiled when it is first run. A show's database has some eighty statements, each of them kilobytes once
 * compiled. A show that nobody asks anything needs only half of them; with hundreds of shows in a process, the other half would
 * be tens of megabytes.
 */
import type Database from 'better-sqlite3';
import type { Db } from './database.ts';

/** Its methods throw what better-sqlite3 throws, for wrong SQL too. */
export class Prepared<Parameters extends unknown[], Row> {
  readonly #db: Db;
  readonly #sql: string;
  #plucks = false;
  #compiled: Database.Statement<Parameters, Row> | null = null;

  constructor(db: Db, sql: string) {
    this.#db = db;
    this.#sql = sql;
  }

  /** From here on a row is its first column. */
  pluck(): this {
    this.#plucks = true;
    return this;
  }

  run(...parameters: Parameters): Database.RunResult {
    return this.#statement().run(...parameters);
  }

  get(...parameters: Parameters): Row | undefined {
    return this.#statement().get(...parameters);
  }

  all(...parameters: Parameters): Row[] {
    return this.#statement().all(...parameters);
  }

  #statement(): Database.Statement<Parameters, Row> {
    if (this.#compiled) return this.#compiled;
    const compiled = this.#db.prepare<Parameters, Row>(this.#sql);
    if (this.#plucks) compiled.pluck();
    this.#compiled = compiled;
    return compiled;
  }
}

export function prepare<Parameters extends unknown[] = unknown[], Row = unknown>(
  db: Db,
  sql: string,
): Prepared<Parameters, Row> {
  return new Prepared(db, sql);
}
