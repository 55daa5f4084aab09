/**
 * One process a show. The lock is an exclusive transaction on a small database beside the show's file: the operating
 * system frees it however its process ends, so a kill leaves nothing to clean up, and the empty file that stays behind
 * means nothing. The show's own file stays readable to sqlite3 and the like while the show runs.
 */
import Database from 'better-sqlite3';
import { asStoreError, StoreError } from './errors.ts';

/** Returns the release. Throws StoreError `locked` when another store has the file open, in this process or another. */
export function holdLock(file: string): () => void {
  const lockFile = `${file}.lock`;
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockFile, { timeout: 0 });
    // It holds nothing, and a process may hold hundreds: the pages that SQLite sets aside are as small as they can be.
    lock.pragma('page_size = 512');
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StoreError(
        'locked',
        file,
        `The show in ${file} is already running in another process. Stop that one first, or give this one its own DATA_DIR.`,
        { cause: error },
      );
    }
    throw asStoreError(error, lockFile);
  }
  const held = lock;
  return () => held.close();
}
