/** Opens a show's database: checked, migrated, durable. Everything else in the store works on what this returns. */
import { chmodSync, existsSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Log } from '#show/ports/clock.ts';
import { errorText } from '#lib/error-text.ts';
import { asStoreError, corrupt, empty, foreign, StoreError } from './errors.ts';
import { makeFolder } from '#lib/make-folder.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

export type Db = Database.Database;

export const IN_MEMORY = ':memory:';

/** Memory for pages. Reads that need more come from the system's cache. */
export const CACHE_KIB = 64;
/** After a checkpoint the write-ahead log is cut to this many bytes. */
const JOURNAL_SIZE_LIMIT_BYTES = 16 * 2 ** 20;
/** How long to wait for somebody's sqlite3 shell to finish a write. */
const BUSY_TIMEOUT_MS = 2_000;

export const OWNER_ONLY = 0o600;
/** Rights of the group and of all others. */
const OTHERS = 0o077;

/** Opens SQLite's own handle; a test opens one that fails. */
export type Connect = (file: string, options: Database.Options) => Db;

/** The file's one true path, its folder made: two names for one file must meet at one lock. Throws StoreError. */
export function locate(file: string): string {
  if (file === IN_MEMORY) return file;
  try {
    makeFolder(dirname(file));
    return existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));
  } catch (error) {
    const why = errorText(error);
    throw new StoreError(
      'unwritable',
      file,
      `Cannot make the folder of ${file} (${why}). Set DATA_DIR to one that can be written.`,
      { cause: error },
    );
  }
}

/**
 * An existing file is opened as it is, and never overwritten; a new one is made only where there is none. Throws StoreError
 * `corrupt`, `empty`, `foreign`, `newer`, `unwritable`, `full` or `io`; then nothing stays open.
 */
export function openDatabase(file: string, log: Log | undefined, open: Connect = connect): Db {
  let db: Db | undefined;
  try {
    if (file !== IN_MEMORY && !existsSync(file)) makeDatabase(file, open);
    db = open(file, { timeout: BUSY_TIMEOUT_MS });
    if (file !== IN_MEMORY) prove(db, file);
    if (file !== IN_MEMORY) closeToOthers(file, log);
    configure(db, file);
    migrate(db, file, MIGRATIONS, log);
    return db;
  } catch (error) {
    db?.close();
    throw asStoreError(error, file);
  }
}

/** What members did and webhooks' tokens are in it, and in what SQLite keeps beside it: that is for its owner only. */
function closeToOthers(file: string, log: Log | undefined): void {
  if (process.platform === 'win32') return;
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = statSync(each, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & OTHERS) === 0) continue;
    try {
      chmodSync(each, OWNER_ONLY);
    } catch (error) {
      log?.warn(
        { file: each, error: errorText(error) },
        'others on this machine may read this show: set its mode to 600',
      );
    }
  }
}

/** For reading while the show runs, without its lock. Nothing is written or migrated. Throws as `openDatabase` does. */
export function openToRead(file: string): Db {
  let db: Db | undefined;
  try {
    db = connect(file, { timeout: BUSY_TIMEOUT_MS, readonly: true, fileMustExist: true });
    prove(db, file);
    return db;
  } catch (error) {
    db?.close();
    throw asStoreError(error, file);
  }
}

function connect(file: string, options: Database.Options): Db {
  return new Database(file, options);
}

/** Made under another name first, so that a process that is killed meanwhile leaves no half-made database in its place. */
function makeDatabase(file: string, open: Connect): void {
  const unfinished = `${file}.unfinished`;
  for (const old of [unfinished, `${unfinished}-journal`]) rmSync(old, { force: true });
  const db = open(unfinished, { timeout: BUSY_TIMEOUT_MS });
  try {
    migrate(db, unfinished, MIGRATIONS);
  } finally {
    db.close();
  }
  renameSync(unfinished, file);
}

/** Nothing is written before the file is known to be a sound show of a version that this program knows. */
function prove(db: Db, file: string): void {
  if (statSync(file).size === 0) throw empty(file);
  const findings = db.pragma('quick_check(1)', { simple: true });
  if (findings !== 'ok') throw corrupt(file, String(findings));
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw foreign(file);
  const version = versionOf(db);
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'newer',
      file,
      `The show in ${file} was written by a newer version (schema ${version}, this program knows ${MIGRATIONS.length}). ` +
        'Update the program, or restore a backup from before.',
    );
  }
}

function configure(db: Db, file: string): void {
  const mode = db.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal' && file !== IN_MEMORY) {
    throw new StoreError(
      'io',
      file,
      `The disk of ${file} cannot hold a write-ahead log (a network drive?). Set DATA_DIR to a local disk.`,
    );
  }
  // FULL: a committed round survives a power cut, not only a killed process.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // What is deleted is overwritten: a member's id must not stay in the file's free space.
  db.pragma('secure_delete = ON');
  // So that INSERT OR REPLACE cannot delete past the ledger's triggers.
  db.pragma('recursive_triggers = ON');
  // One process may hold hundreds of shows; better-sqlite3 would let each keep 16 MB of pages.
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`);
}

function versionOf(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Brings the schema to `migrations.length`; each step is a transaction. Migration i leads from version i to i + 1. */
export function migrate(db: Db, file: string, migrations: readonly string[], log?: Log): void {
  for (const [from, sql] of migrations.entries()) {
    if (from < versionOf(db)) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${from + 1}`);
    }).immediate();
    if (from > 0) log?.info({ file, schema: from + 1 }, 'database migrated');
  }
}

/** A port whose methods report what SQLite throws as StoreError. `methods` are plain functions of an object literal. */
export function reporting<T extends object>(file: string, methods: T): T {
  const wrapped = Object.entries(methods).map(([name, method]) => [
    name,
    (...args: unknown[]) => reported(file, () => method(...args)),
  ]);
  return Object.fromEntries(wrapped) as T;
}

export function reported<R>(file: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw asStoreError(error, file);
  }
}

/** A stored JSON text. `where` names the row, for the message when it is damaged. */
export function parseJson(file: string, where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw corrupt(file, `${where} is not JSON`, error);
  }
}
