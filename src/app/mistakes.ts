/**
 * Which errors a person can mend: a setting, a file, a disk, a port. Those are told in one line; anything else is a fault of
 * the program and shows where it happened.
 */
import { BacklotError } from '#backlot/backlot-error.ts';
import { causeChain, errorLine } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';
import { StoreError } from '#store/store.ts';

/** What the system refused, by its code, and what to do about it. */
const SYSTEM_CURES: Readonly<Record<string, string>> = {
  EACCES: 'Let this user read and write there, or name another place',
  EPERM: 'Let this user read and write there, or name another place',
  EROFS: 'The disk cannot be written; name a folder on another one with --data-dir',
  ENOSPC: 'Free space on this disk, or name a folder on another one with --data-dir',
  EDQUOT: "This user's share of the disk is used up; free some of it, or name another folder with --data-dir",
  EIO: 'The disk fails; name a folder on another one with --data-dir',
  EMFILE: 'The system lets this user open too few files at once; raise the limit (ulimit -n)',
  ENFILE: 'The system has too many files open; close other programs',
  ENOTDIR: 'What should be a folder is a file; move it away or name another folder',
  EISDIR: 'What should be a file is a folder; move it away or name another file',
  ENAMETOOLONG: 'Name a shorter one',
  EADDRINUSE: 'Another program uses the port; name another with --port, or 0 for any free one',
  EADDRNOTAVAIL: 'This machine has no such address',
};
/** The longest line: no terminal shows more at a glance, whatever went into it. */
const LINE_MAX = 1_500;

/** The line for the person who started the program; null for a fault of the program. */
export function mistakeLine(error: unknown): string | null {
  if (error instanceof InputError || error instanceof BacklotError) return cut(errorLine(error));
  // What a rule of the schema refuses, the program should not have asked for.
  if (error instanceof StoreError) return error.code === 'refused' ? null : cut(errorLine(error));
  for (const each of causeChain(error)) {
    const cure = 'syscall' in each && 'code' in each ? SYSTEM_CURES[String(each.code)] : undefined;
    if (cure !== undefined) return `${cut(errorLine(each))}. ${cure}.`;
  }
  return null;
}

function cut(line: string): string {
  return line.length <= LINE_MAX ? line : `${line.slice(0, LINE_MAX)}…`;
}
