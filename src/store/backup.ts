/** A copy of a running show's database, whole and consistent, under a name that did not exist before. */
import { chmodSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { openToRead, OWNER_ONLY, type Db } from './database.ts';
import { asStoreError, corrupt, StoreError } from './errors.ts';
import { holdLock } from './lock.ts';
import { makeFolder } from '#lib/make-folder.ts';

/**
 * Rejects with StoreError. It never overwrites: a write-ahead log left under that name by an older database would be read into
 * the copy and ruin it.
 */
export async function backUp(db: Db, to: string): Promise<void> {
  for (const taken of [to, `${to}-wal`, `${to}-shm`]) {
    if (existsSync(taken))
      throw new StoreError(
        'unwritable',
        to,
        `${taken} already exists; a backup never overwrites. Name another file.`,
      );
  }
  const unfinished = `${to}.unfinished`;
  try {
    makeFolder(dirname(to));
    rmSync(unfinished, { force: true });
    await db.backup(unfinished);
    prove(unfinished);
    // It holds what members did, and the webhooks' tokens.
    chmodSync(unfinished, OWNER_ONLY);
    renameSync(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw asStoreError(error, to);
  }
}

/** Copies the show in `file`, also while another process has it on. Rejects as `backUp` does. */
export async function copyShow(file: string, to: string): Promise<void> {
  const db = openToRead(file);
  try {
    await backUp(db, to);
  } finally {
    db.close();
  }
}

/** Under this name a copy says that the show was stopped for it and does not go on where it was. */
export const HANDED_OVER_KEY = 'handed-over';
/** What stands in the name of a show that was handed over, behind that of its file: it plays elsewhere. */
const MOVED = '.moved-';

/**
 * Copies a show that is to go on elsewhere, and takes it away here: it can go on in one place only. Returns the name under which
 * it is kept. Rejects as `backUp` does, and with StoreError `locked` while the show is on.
 */
export async function handOver(file: string, to: string, stamp: string): Promise<string> {
  const lock = holdLock(file);
  try {
    await copyShow(file, to);
    markHandedOver(to, stamp);
    const kept = `${file}${MOVED}${stamp}`;
    for (const suffix of ['', '-wal'])
      if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
    rmSync(`${file}-shm`, { force: true });
    return kept;
  } catch (error) {
    throw asStoreError(error, file);
  } finally {
    lock.release();
  }
}

/** Where the show that stood in `file` was handed over, and so plays elsewhere: the name under which it is kept. */
export function handedOverAs(file: string): string | null {
  return keptOf(file).at(-1) ?? null;
}

/**
 * A show lies in `file` again, so it plays here: what was kept when it was handed over says no longer that it plays elsewhere, under
 * a name that tells so. Returns that of the latest; null where nothing was kept. Throws the system's error.
 */
export function cameBack(file: string): string | null {
  let latest: string | null = null;
  for (const kept of keptOf(file)) {
    latest = `${file}.returned-${basename(kept).slice(basename(file).length + MOVED.length)}`;
    for (const suffix of ['-wal', ''])
      if (existsSync(kept + suffix)) renameSync(kept + suffix, latest + suffix);
  }
  return latest;
}

/** What hand-overs kept, the latest last. */
function keptOf(file: string): string[] {
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  const begin = `${basename(file)}${MOVED}`;
  const kept = readdirSync(folder).filter((name) => name.startsWith(begin) && !name.endsWith('-wal'));
  return kept.toSorted().map((name) => join(folder, name));
}

function markHandedOver(copy: string, stamp: string): void {
  const db = new Database(copy);
  try {
    db.prepare('INSERT OR REPLACE INTO key_values (name, value) VALUES (?, ?)').run(HANDED_OVER_KEY, stamp);
  } finally {
    db.close();
  }
}

/** Also leaves the copy without a write-ahead log, so that there is only one file to carry away. */
function prove(file: string): void {
  const copy = new Database(file);
  try {
    copy.pragma('journal_mode = DELETE');
    const findings = copy.pragma('integrity_check(1)', { simple: true });
    if (findings !== 'ok') throw corrupt(file, String(findings));
  } finally {
    copy.close();
  }
}
