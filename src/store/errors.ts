/** What the store refuses or cannot do, in one line: the cause, the place, the cure. */
import Database from 'better-sqlite3';
import { errorLine, rootCode } from '#lib/error-text.ts';

export type StoreErrorCode =
  /** Another process holds the show. */
  | 'locked'
  /** Damaged, cut short, or not a database at all. */
  | 'corrupt'
  /** Written by a later version of the program. */
  | 'newer'
  /** A sound SQLite database of some other program. */
  | 'foreign'
  /** There is an empty file where the show should be. */
  | 'empty'
  /** The show's file was taken away, replaced or emptied, while it ran or since. Nothing more was stored. */
  | 'vanished'
  /** No room left on the disk. Nothing of the transaction was stored. */
  | 'full'
  /** The file or its folder may not be written. */
  | 'unwritable'
  /** The operating system failed to read or write. Nothing of the transaction was stored. */
  | 'io'
  /** A rule of the schema says no: append-only, no overdraft, one row each. A mistake of the program. */
  | 'refused';

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly file: string;
  constructor(code: StoreErrorCode, file: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
    this.file = file;
  }
}

/** `what` may be many lines of findings: the message shows the first. */
export function corrupt(file: string, what: string, cause?: unknown): StoreError {
  const cure =
    'Stop the show, move this file and its -wal, -shm and .lock files away, and put a backup in their place, ' +
    'or start without them for a new show.';
  const [finding = ''] = what.replace(/^\*\*\*.*\n/u, '').split('\n');
  return new StoreError(
    'corrupt',
    file,
    `The show's database ${file} is damaged: ${finding.trim()}. ${cure}`,
    {
      cause,
    },
  );
}

export function empty(file: string): StoreError {
  return new StoreError(
    'empty',
    file,
    `${file} is empty, so it holds no show, and it is not overwritten. Put a backup in its place, or delete it and its .lock file for a new show.`,
  );
}

export function foreign(file: string): StoreError {
  return new StoreError(
    'foreign',
    file,
    `${file} is a database of another program, not a show. Name another file, or set DATA_DIR.`,
  );
}

/** `how` says what happened to the file: "was emptied". */
export function vanished(file: string, how: string): StoreError {
  return new StoreError(
    'vanished',
    file,
    `The show's database ${file} ${how}. Nothing more is stored. ` +
      `Put it, or a backup, back in its place and start again, or delete ${file}.lock too for a new show.`,
  );
}

/** `kept`: the name under which the show lies here still. */
export function movedAway(file: string, kept: string): StoreError {
  return new StoreError(
    'vanished',
    file,
    `The show of ${file} was handed over and plays on another machine; here it is only kept, as ${kept}. Start it there, or name a new show.`,
  );
}

/** Says what SQLite or the file system meant; anything else passes through unchanged. */
export function asStoreError(error: unknown, file: string): unknown {
  if (error instanceof Database.SqliteError) return fromSqlite(error.code, errorLine(error), file, error);
  if (error instanceof Error && 'syscall' in error)
    return fromSystem(rootCode(error), errorLine(error), file, error);
  return error;
}

function fromSystem(code: string, message: string, file: string, cause: unknown): StoreError {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fromSqlite('SQLITE_FULL', message, file, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ENOENT':
      return fromSqlite('SQLITE_PERM', message, file, cause);
    default:
      return fromSqlite(code, message, file, cause);
  }
}

function fromSqlite(code: string, message: string, file: string, cause: unknown): StoreError {
  const fail = (kind: StoreErrorCode, text: string) => new StoreError(kind, file, text, { cause });
  // Extended codes (SQLITE_IOERR_WRITE) begin with their primary code.
  const primary = code.split('_').slice(0, 2).join('_');
  switch (primary) {
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return corrupt(file, message, cause);
    case 'SQLITE_FULL':
      return fail(
        'full',
        `No room to write ${file} (${message}); nothing was stored. Free disk space, then resume the show.`,
      );
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
      return fail(
        'unwritable',
        `Cannot write ${file} (${message}). Let this user write the file and its folder, or set DATA_DIR to one that it may write.`,
      );
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return fail('locked', `Another program is writing to ${file} (${message}). Close it, then try again.`);
    case 'SQLITE_ERROR':
      // The program's own statements are sound: what they name was taken away.
      if (/^no such (?:table|column|index|trigger)/u.test(message)) return corrupt(file, message, cause);
      return failedIo(code, message, file, cause);
    case 'SQLITE_CONSTRAINT':
      return fail('refused', `The database ${file} refused the change: ${message}.`);
    default:
      return failedIo(code, message, file, cause);
  }
}

function failedIo(code: string, message: string, file: string, cause: unknown): StoreError {
  const text = `Reading or writing ${file} failed (${code}: ${message}); nothing was stored. Check the disk and its free space.`;
  return new StoreError('io', file, text, { cause });
}
