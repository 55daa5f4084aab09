/** A show's database: one file, one process, and a part for each port that needs memory. */
import type { ChipStore } from '#show/ports/chips.ts';
import type { Log } from '#show/ports/clock.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Outbox } from '#show/ports/outbox.ts';
import type { ShowStore } from '#show/ports/store.ts';
import { backUp } from './backup.ts';
import { chipStore } from './chip-store.ts';
import { counters } from './counters.ts';
import { IN_MEMORY, locate, openDatabase, reported, type Db } from './database.ts';
import { holdLock } from './lock.ts';
import { keyValues } from './key-values.ts';
import { markInterrupted, outbox } from './outbox.ts';
import { pruning, type Pruned } from './prune.ts';
import { showStore } from './show-store.ts';

export { StoreError } from './errors.ts';
export type { Pruned } from './prune.ts';

export interface Store {
  /** The database's own path, symbolic links resolved. */
  readonly file: string;
  readonly show: ShowStore;
  readonly chips: ChipStore;
  readonly keyValues: KeyValues;
  readonly outbox: Outbox;
  /** Copies the running show to a new file. Rejects with StoreError; never overwrites. */
  backup(to: string): Promise<void>;
  /** Forgets old rounds' details; a replay then begins later. See prune.ts for what stays. */
  prune(options: { keepRounds: number }): Pruned;
  /** Once is enough; more do no harm. */
  close(): void;
}

/**
 * Opens or makes the show in `file`; ':memory:' keeps it in memory only. Rows that were being sent when the last process
 * ended become `unknown`. Throws StoreError: `locked`, `corrupt`, `foreign`, `newer`, `unwritable`, `full` or `io`.
 */
export function openStore(file: string, { log }: { log?: Log | undefined } = {}): Store {
  const path = locate(file);
  const release = path === IN_MEMORY ? () => {} : holdLock(path);
  let db: Db;
  try {
    db = openDatabase(path, log);
  } catch (error) {
    release();
    throw error;
  }
  const close = () => {
    db.close();
    release();
  };
  try {
    const interrupted = reported(path, () => markInterrupted(db));
    if (interrupted > 0)
      log?.warn({ file: path, posts: interrupted }, 'posts were being sent when the show last ended');
    return assemble(db, path, close);
  } catch (error) {
    close();
    throw error;
  }
}

function assemble(db: Db, file: string, close: () => void): Store {
  const totals = counters(db);
  const prune = pruning(db);
  return {
    file,
    show: showStore(db, file, totals, close),
    chips: chipStore(db, file),
    keyValues: keyValues(db, file),
    outbox: outbox(db, file, totals),
    backup: (to) => backUp(db, to),
    prune: (options) => reported(file, () => prune(options)),
    close,
  };
}
