/**
 * One download of a file at a time. The lock is an exclusive transaction on an empty database beside the file: the
 * operating system frees it however its process ends, so a kill leaves nothing to clean up.
 */
import Database from 'better-sqlite3';
import { fromDisk, ModelFetchError } from './error.ts';

/** Returns the release; null while this or another process is downloading the file. Throws ModelFetchError where it cannot be written. */
export function holdDownload(file: string): (() => void) | null {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockFile(file), { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    if (error instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY|PERM)/.test(error.code)) {
      const cure = 'let this user write the file and its folder';
      throw new ModelFetchError('unwritable', file, `its folder cannot be written (${error.code})`, cure, {
        cause: error,
      });
    }
    throw fromDisk(error, file) ?? error;
  }
  const held = lock;
  return () => held.close();
}

export const lockFile = (file: string): string => `${file}.lock`;
