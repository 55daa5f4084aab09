/** Writing to the disk, with one line for a person when it cannot be done. */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BacklotError, systemCode } from './backlot-error.ts';

/** A guild's file holds the bot's token and what its people wrote. */
const OWNER_ONLY = 0o600;

/**
 * Writes a file, for its owner only, beside its place and moves it there, so that it is whole at every instant; after a failure
 * nothing half written stays behind. Throws a `BacklotError` that names the file.
 */
export async function writeWhole(file: string, data: string | Buffer): Promise<void> {
  const beside = `${file}.new`;
  try {
    await writeFile(beside, data, { mode: OWNER_ONLY });
    // One that was left there by a kill keeps the mode that it had.
    await chmod(beside, OWNER_ONLY);
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw unwritable(file, cause);
  }
}

export function unwritable(file: string, cause: unknown): BacklotError {
  return new BacklotError('fileUnwritable', `The backlot cannot write ${file}: ${reason(cause)}`, { cause });
}

/** What the system refused, and what to do about it. */
export function reason(cause: unknown): string {
  switch (systemCode(cause)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full. Make room, or name a file on another disk.';
    case 'EACCES':
    case 'EPERM':
      return 'access to it is denied. Change its permissions, or name another file.';
    case 'EROFS':
      return 'the disk is read-only. Name a file on another disk.';
    case 'ENOENT':
      return 'its folder is missing, or takes no files. Make the folder, or name another file.';
    case 'EISDIR':
      return 'it is a folder. Name a file, in that folder for example.';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'part of its path is a file, where a folder is needed. Name another file.';
    default:
      return `${cause instanceof Error ? cause.message : String(cause)}. Name another file.`;
  }
}

/**
 * Makes a folder and those above it; one that is there already is fine. (Node's own `recursive` goes round for ever below
 * places such as /proc, where nothing can be made.)
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST' && statSync(folder).isDirectory()) return;
    const above = path.dirname(folder);
    if (systemCode(cause) !== 'ENOENT' || above === folder || existsSync(above)) throw cause;
    makeFolder(above);
    mkdirSync(folder);
  }
}

/** Removes a folder with all that is in it. Anything else that lies in its place stays. */
export function dropFolder(folder: string): void {
  try {
    if (existsSync(folder) && statSync(folder).isDirectory()) rmSync(folder, { recursive: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}
