/**
 * A show's recording, read while the show goes on writing it: as it was at one moment, without the lock and without a write to
 * its file.
 */
import { copyFileSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openToRead, reporting, type Db } from '../database.ts';
import { asStoreError, StoreError } from '../errors.ts';
import { journal } from './journal.ts';
import type { ChipStore } from '#show/ports/chips.ts';
import type { HandStore } from '#show/ports/hand.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import { formerMembers } from '../chips/chip-store.ts';
import { humanTurns } from '../hand/seats.ts';
import { keyValues } from '../key-values.ts';
import { recordings, type Recordings } from './recordings.ts';
import { snapshots } from './snapshots.ts';

export interface RecordedShow {
  readonly show: Recordings;
  readonly keyValues: Pick<KeyValues, 'get'>;
  /** What members decided in the chair and let be kept. */
  readonly humanTurns: HandStore['humanTurns'];
  readonly formerMembers: ChipStore['formerMembers'];
  close(): void;
}

/** Throws StoreError: `corrupt`, `empty`, `foreign`, `newer`, `unwritable` when the file cannot be read, or `io`. */
export function readShow(file: string): RecordedShow {
  try {
    const path = realpathSync(file);
    return openInPlace(path) ?? openCopy(path);
  } catch (error) {
    throw asStoreError(error, file);
  }
}

/** Null where SQLite may not make the files that it shares with whoever writes: in a folder that is read-only. */
function openInPlace(file: string): RecordedShow | null {
  try {
    return recordedIn(openToRead(file), file, () => {});
  } catch (error) {
    if (error instanceof StoreError && error.code === 'unwritable') return null;
    throw error;
  }
}

function openCopy(file: string): RecordedShow {
  const folder = mkdtempSync(join(tmpdir(), 'open-outcry-reading-'));
  const leave = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'show.sqlite');
    for (const suffix of ['', '-wal'])
      if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
    return recordedIn(openToRead(copy), file, leave);
  } catch (error) {
    leave();
    throw error;
  }
}

function recordedIn(db: Db, file: string, leave: () => void): RecordedShow {
  // All reads from here on see one moment, whatever is written meanwhile.
  db.exec('BEGIN');
  return {
    show: reporting<Recordings>(file, recordings(db, file, journal(db, file), snapshots(db, file))),
    keyValues: keyValues(db, file),
    humanTurns: humanTurns(db, file),
    formerMembers: formerMembers(db),
    close() {
      db.close();
      leave();
    },
  };
}
