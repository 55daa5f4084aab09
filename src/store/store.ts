/** A show's database: one file, one process, and a part for each port that needs memory. */
import { existsSync } from 'node:fs';
import type { ChipStore } from '#show/ports/chips.ts';
import type { Log } from '#show/ports/clock.ts';
import type { HandStore } from '#show/ports/hand.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Outbox } from '#show/ports/outbox.ts';
import type { StageRecord } from '#show/ports/stage-record.ts';
import type { ShowStore } from '#show/ports/store.ts';
import { backUp, cameBack, handedOverAs } from './backup.ts';
import { chipStore } from './chips/chip-store.ts';
import { counters } from './counters.ts';
import { IN_MEMORY, locate, openDatabase, reported, type Connect, type Db } from './database.ts';
import { asStoreError, movedAway, vanished } from './errors.ts';
import { watchFile } from './file-watch.ts';
import { handStore } from './hand/hand-store.ts';
import { holdLock } from './lock.ts';
import { keyValues } from './key-values.ts';
import { markInterrupted, outbox } from './outbox.ts';
import { pruning, type Pruned } from './show/prune.ts';
import { showStore } from './show/show-store.ts';
import { stageRecord, type Unreadable } from './stage-record.ts';
import { tokenCipher } from './token-cipher.ts';

export { StoreError } from './errors.ts';
export { readShow, type RecordedShow } from './show/recorded-show.ts';
export type { Pruned } from './show/prune.ts';

export interface Store {
  /** The database's own path, symbolic links resolved. */
  readonly file: string;
  readonly show: ShowStore;
  readonly chips: ChipStore;
  readonly hand: HandStore;
  readonly keyValues: KeyValues;
  readonly outbox: Outbox;
  readonly stage: StageRecord;
  /** Copies the running show to a new file. Rejects with StoreError; never overwrites. */
  backup(to: string): Promise<void>;
  /** Forgets old rounds' details; a replay then begins later. See prune.ts for what stays. */
  prune(options: { keepRounds: number }): Pruned;
  /** Once is enough; more do no harm. */
  close(): void;
}

interface StoreOptions {
  log?: Log | undefined;
  connect?: Connect;
  key?: string | null;
  unreadable?: Unreadable;
}

/**
 * Opens or makes the show in `file`; ':memory:' keeps it in memory only. Rows that were being sent when the last process
 * ended become `unknown`. A new show is made only where no file lies and none ever was. Throws StoreError: `locked`, `corrupt`,
 * `empty`, `foreign`, `vanished`, `newer`, `unwritable`, `full` or `io`, and InputError for a key that does not fit. `key`: webhooks'
 * tokens are encrypted with it; null stores them in the clear. `unreadable`: what becomes of those that it does not open.
 */
export function openStore(
  file: string,
  { log, connect, key = null, unreadable = 'refused' }: StoreOptions = {},
): Store {
  const path = locate(file);
  const lock = path === IN_MEMORY ? null : holdLock(path);
  let db: Db | undefined;
  const close = () => {
    db?.close();
    lock?.release();
  };
  try {
    if (lock?.kept() === true && !existsSync(path)) {
      const elsewhere = handedOverAs(path);
      throw elsewhere === null
        ? vanished(path, 'is missing, though a show was kept in it')
        : movedAway(path, elsewhere);
    }
    const opened = (db = openDatabase(path, log, connect));
    lock?.keep();
    if (lock) cameBack(path);
    const interrupted = reported(path, () => markInterrupted(opened));
    // Nothing is wrong: the stage looks them up.
    if (interrupted > 0)
      log?.info({ file: path, posts: interrupted }, 'posts were being sent when the show last ended');
    const check = path === IN_MEMORY ? () => {} : watchFile(path);
    const forgot = (webhooks: number): void =>
      log?.warn(
        { file: path, webhooks },
        'webhooks whose tokens this key does not open were forgotten; the show asks Discord for them where a trader speaks, or /setup does at once',
      );
    const stage = stageRecord(opened, path, tokenCipher(key, path), { unreadable, forgot });
    return assemble({ db: opened, file: path, stage }, check, close);
  } catch (error) {
    close();
    throw asStoreError(error, path);
  }
}

function assemble(
  { db, file, stage }: { db: Db; file: string; stage: StageRecord },
  check: () => void,
  close: () => void,
): Store {
  const totals = counters(db);
  const prune = pruning(db);
  return {
    file,
    show: showStore({ db, file, counters: totals, check, close }),
    chips: chipStore(db, file),
    hand: handStore(db, file),
    keyValues: keyValues(db, file),
    outbox: outbox(db, file, totals),
    stage,
    backup: (to) => backUp(db, to),
    prune: (options) => reported(file, () => prune(options)),
    close,
  };
}
