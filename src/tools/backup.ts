/**
 * `npm run backup -- SHOW [--data-dir FOLDER] [--to FILE]`: copies a show, also while it is on, into one file that can be carried
 * to another machine and restored there. Without --to it lies in backups/ beside the show.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from '#app/env-file.ts';
import { readFlags } from '#app/flags.ts';
import { mistakeLine } from '#app/mistakes.ts';
import { InputError } from '#lib/input-error.ts';
import { copyShow } from '#store/backup.ts';

const USAGE = 'usage: npm run backup -- SHOW [--data-dir FOLDER] [--to FILE]';

async function main(): Promise<void> {
  const { flags, words, complaints } = readFlags(
    process.argv.slice(2),
    { 'data-dir': 'FOLDER', to: 'FILE' },
    { wordsAllowed: true },
  );
  const [complaint] = flags.has('help') ? [USAGE] : complaints;
  if (complaint !== undefined) throw new InputError(complaint);
  const [show] = words;
  if (show === undefined || words.length > 1) throw new InputError(`one show is copied; ${USAGE}`);
  loadEnvFile(process.env);
  const folder = flags.get('data-dir') ?? (process.env['DATA_DIR'] || 'data/shows');
  const file = path.join(folder, `${show}.sqlite`);
  if (!existsSync(file)) throw new InputError(`there is no show ${file}; name one, or set --data-dir`);
  const stamp = new Date().toISOString().replaceAll(':', '').slice(0, 17);
  const to = flags.get('to') ?? path.join(folder, 'backups', `${show}.${stamp}.sqlite`);
  await copyShow(file, to);
  console.log(`${to} holds the show as it was just now; npm run restore -- ${to} brings it back.`);
}

try {
  await main();
} catch (error) {
  const line = mistakeLine(error);
  if (line === null) throw error;
  console.error(line);
  process.exitCode = 2;
}
