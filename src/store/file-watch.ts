/**
 * Notices that a show's files were taken away, replaced or emptied while it runs. SQLite goes on writing into what it has
 * opened, and all of that is gone when the process ends.
 */
import { statSync } from 'node:fs';
import { vanished } from './errors.ts';

interface Identity {
  device: bigint;
  inode: bigint;
}

/** Returns the check: cheap enough for every transaction. It throws StoreError `vanished`. */
export function watchFile(file: string): () => void {
  const opened = new Map<string, Identity>();
  const check = (path: string, whose: string, mayBeMissing: boolean): void => {
    const now = statSync(path, { bigint: true, throwIfNoEntry: false });
    const before = opened.get(path);
    if (!now) {
      if (before || !mayBeMissing) throw vanished(file, `${whose} moved or deleted while the show ran`);
      return;
    }
    if (!before) opened.set(path, { device: now.dev, inode: now.ino });
    else if (before.inode !== now.ino || before.device !== now.dev)
      throw vanished(file, `${whose} replaced by another file while the show ran`);
    if (now.size === 0n && !mayBeMissing) throw vanished(file, `${whose} emptied while the show ran`);
  };
  const checkAll = (): void => {
    check(file, 'was', false);
    // The write-ahead log is made by the first write, and is empty after a checkpoint.
    check(`${file}-wal`, 'had its -wal file', true);
  };
  checkAll();
  return checkAll;
}
