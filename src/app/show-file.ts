/** What a show may be called where people name it, and the file that keeps it. */
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import { quoted } from '#lib/quoted.ts';

export const SHOW_NAME = { pattern: /^[A-Za-z0-9-]{1,40}$/, allowed: 'letters, digits, dashes, at most 40' };

/** Where shows are kept when nobody names a folder; once .env is read. */
export const ownDataDir = (): string => process.env['DATA_DIR'] || 'data/shows';

/** The show that a backup is of, by its file's name: guild.2026-03-01.sqlite is of guild. */
export const nameInBackup = (file: string): string => path.basename(file).split('.')[0] ?? '';

/** @throws InputError for what is no name, a path for instance. `cure` says where to give one. */
export function showFile(folder: string, name: string, cure: string): string {
  if (!SHOW_NAME.pattern.test(name))
    throw new InputError(`a show cannot be called ${quoted(name)}: ${cure} (${SHOW_NAME.allowed})`);
  return path.join(folder, `${name}.sqlite`);
}
