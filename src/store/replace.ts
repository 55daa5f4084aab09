/** Puts a backup in a show's place. The show must not be on; what stood there is kept under another name. */
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { cameBack } from './backup.ts';
import { openToRead, OWNER_ONLY } from './database.ts';
import { asStoreError, corrupt } from './errors.ts';
import { holdLock, lockFileOf } from './lock.ts';

/** Throws StoreError when the file is no sound backup of a show; nothing is changed. */
export function assertSound(backup: string): void {
  const db = openToRead(backup);
  try {
    const findings = db.pragma('integrity_check(1)', { simple: true });
    if (findings !== 'ok') throw corrupt(backup, String(findings));
  } catch (error) {
    throw asStoreError(error, backup);
  } finally {
    db.close();
  }
}

/**
 * `prepare` opens a copy of the backup and makes of it what is to play on; only then does it take the show's place. `stamp` is part
 * of the name under which the former show is kept, be it the one that was handed over: null where there was none. Throws StoreError `locked` while the show is on, and
 * what `prepare` throws; then nothing has changed.
 */
export function replaceShow<T>(
  file: string,
  backup: string,
  stamp: string,
  prepare: (copy: string) => T,
): { kept: string | null; prepared: T } {
  const lock = holdLock(file);
  const copy = `${file}.restoring`;
  try {
    leaveNothing(copy);
    copyFileSync(backup, copy);
    chmodSync(copy, OWNER_ONLY);
    const prepared = prepare(copy);
    const kept = existsSync(file) ? `${file}.before-${stamp}` : null;
    for (const suffix of ['', '-wal']) {
      if (kept !== null && existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
    }
    rmSync(`${file}-shm`, { force: true });
    renameSync(copy, file);
    lock.keep();
    const returned = cameBack(file);
    return { kept: kept ?? returned, prepared };
  } catch (error) {
    throw asStoreError(error, file);
  } finally {
    leaveNothing(copy);
    lock.release();
  }
}

function leaveNothing(copy: string): void {
  for (const each of [copy, `${copy}-wal`, `${copy}-shm`, lockFileOf(copy)]) rmSync(each, { force: true });
}
