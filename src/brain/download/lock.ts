/**
 * One download of a file at a time. The lock is an exclusive transaction on an empty database beside the file: the
 * operating system frees it however its process ends, so a kill leaves nothing to clean up.
 */
import Database from 'better-sqlite3';
import { fromDisk, ModelFetchError } from './error.ts';

/** Returns the release. Throws ModelFetchError `locked` when this or another process is downloading the file. */
export function holdDownload(file: string): () => void {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockFile(file), { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      const cure = 'wait for it to end, then start again';
      throw new ModelFetchError('locked', file, 'another process is downloading it', cure, { cause: error });
    }
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
