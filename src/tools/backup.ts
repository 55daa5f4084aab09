/**
 * `npm run backup -- SHOW [--data-dir FOLDER] [--to FILE] [--hand-over]`: copies a show, also while it is on, into one file from which
 * `npm run restore` brings it back. Without --to it lies in backups/ beside the show. With --hand-over a stopped show moves to another
 * machine: it goes on exactly where it was there, and no longer here.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from '#app/env-file.ts';
import { sayWhy } from '#app/exit.ts';
import { nameInBackup, ownDataDir, showFile } from '#app/show-file.ts';
import { InputError } from '#lib/input-error.ts';
import { copyShow, handedOverAs, handOver } from '#store/backup.ts';
import { movedAway } from '#store/errors.ts';
import { toolArguments } from './command-line.ts';

const USAGE = 'npm run backup -- SHOW [--data-dir FOLDER] [--to FILE] [--hand-over]';

async function main(): Promise<void> {
  const { flags, words, refuse } = toolArguments(
    USAGE,
    { 'data-dir': 'FOLDER', to: 'FILE', 'hand-over': '' },
    { wordsAllowed: true },
  );
  const [show] = words;
  if (show === undefined || words.length > 1) throw refuse('one show is copied');
  loadEnvFile(process.env);
  const folder = flags.get('data-dir') ?? ownDataDir();
  const file = showFile(folder, show, 'name one as it is in the data folder, and the folder with --data-dir');
  if (!existsSync(file)) {
    const kept = handedOverAs(file);
    if (kept !== null) throw movedAway(file, kept);
    throw new InputError(`there is no show ${file}; name one, or set --data-dir`);
  }
  const stamp = new Date().toISOString().replaceAll(':', '').slice(0, 17);
  const to = flags.get('to') ?? path.join(folder, 'backups', `${show}.${stamp}.sqlite`);
  if (flags.has('hand-over')) {
    const kept = await handOver(file, to, stamp);
    console.log(
      `${to} is the show to carry to another machine; npm run restore -- ${path.basename(to)} --show ${show} goes on with it there. ` +
        `Here it is kept as ${kept} and plays no more.`,
    );
    return;
  }
  await copyShow(file, to);
  console.log(
    `${to} holds the show as it was just now; once the show is stopped, ${restoreCommand(to, show, folder)} brings it back.`,
  );
}

/** As it has to be typed, here, for the show to come back where it was copied from. */
function restoreCommand(backup: string, show: string, folder: string): string {
  const words = [
    backup,
    ...(nameInBackup(backup) === show ? [] : ['--show', show]),
    ...(path.resolve(folder) === path.resolve(ownDataDir()) ? [] : ['--data-dir', folder]),
  ];
  return `npm run restore -- ${words.map((word) => (/\s/u.test(word) ? `"${word}"` : word)).join(' ')}`;
}

try {
  await main();
} catch (error) {
  sayWhy(error);
}
