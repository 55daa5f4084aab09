/** Puts a backup in a show's place. The show must not be on; what stood there is kept under another name. */
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { openToRead, OWNER_ONLY } from './database.ts';
import { asStoreError, corrupt } from './errors.ts';
import { holdLock } from './lock.ts';

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
 * Returns the name under which the former show is kept; null where there was none. `stamp` is part of that name. Throws StoreError
 * `locked` while the show is on.
 */
export function replaceShow(file: string, backup: string, stamp: string): string | null {
  const lock = holdLock(file);
  try {
    const unfinished = `${file}.unfinished`;
    copyFileSync(backup, unfinished);
    chmodSync(unfinished, OWNER_ONLY);
    const kept = existsSync(file) ? `${file}.before-${stamp}` : null;
    for (const suffix of ['', '-wal']) {
      if (kept !== null && existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
    }
    rmSync(`${file}-shm`, { force: true });
    renameSync(unfinished, file);
    return kept;
  } catch (error) {
    throw asStoreError(error, file);
  } finally {
    lock.release();
  }
}
