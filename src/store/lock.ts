/**
 * One process for each show. The lock is an exclusive transaction on a small database next to the show's file: the operating
 * system frees it however its process ends, so a kill leaves nothing to clean up. The show's own file stays readable to
 * sqlite3 and the like while the show runs. The file that stays behind says only whether there ever was a show here, so that a
 * show whose file is lost does not silently begin again.
 */
import Database from 'better-sqlite3';
import { asStoreError, StoreError } from './errors.ts';

export interface Lock {
  /** True when a show was kept in the file once. */
  kept(): boolean;
  keep(): void;
  release(): void;
}

/** Throws StoreError `locked` when another store has the file open, in this process or another. */
export function holdLock(file: string): Lock {
  const lockFile = lockFileOf(file);
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockFile, { timeout: 0 });
    // It holds next to nothing, and a process may hold hundreds: the pages that SQLite sets aside are as small as they can be.
    lock.pragma('page_size = 512');
    lock.pragma('locking_mode = EXCLUSIVE');
    // One page is written in one go: no journal is needed, and none is left behind.
    lock.pragma('journal_mode = MEMORY');
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
  const kept = (): boolean => held.pragma('user_version', { simple: true }) === 1;
  return {
    kept,
    keep() {
      if (kept()) return;
      held.pragma('user_version = 1');
      // The mode of locking keeps the file between the two transactions.
      held.exec('COMMIT; BEGIN EXCLUSIVE');
    },
    release: () => held.close(),
  };
}

export const lockFileOf = (file: string): string => `${file}.lock`;
