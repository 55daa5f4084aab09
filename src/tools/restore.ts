/**
 * `npm run restore -- FILE [--show NAME] [--data-dir FOLDER]`: puts a backup in a show's place. The show must be stopped; what
 * stood there is kept beside it. NAME is read from the backup's name when it is left out: guild.2026-03-01.sqlite is of guild.
 */
import { existsSync } from 'node:fs';
import { loadContent } from '#app/content.ts';
import { loadEnvFile } from '#app/env-file.ts';
import { sayWhy } from '#app/exit.ts';
import { restoreShow } from '#app/upkeep/restoring.ts';
import { nameInBackup, ownDataDir, showFile } from '#app/show-file.ts';
import { InputError } from '#lib/input-error.ts';
import { toolArguments } from './command-line.ts';

const USAGE = 'npm run restore -- FILE [--show NAME] [--data-dir FOLDER]';

function main(): void {
  const { flags, words, refuse } = toolArguments(
    USAGE,
    { 'data-dir': 'FOLDER', show: 'NAME' },
    { wordsAllowed: true },
  );
  const [backup] = words;
  if (backup === undefined || words.length > 1) throw refuse('one backup is restored');
  if (!existsSync(backup)) throw new InputError(`there is no file ${backup}; name a backup`);
  loadEnvFile(process.env);
  const folder = flags.get('data-dir') ?? ownDataDir();
  const name = flags.get('show') ?? nameInBackup(backup);
  const file = showFile(folder, name, 'give a name with --show');
  const { backupRound, formerRound, kept, dropped, forgotten, stillNamed, handedOver } = restoreShow(
    backup,
    file,
    loadContent(),
    new Date(),
  );
  if (handedOver) {
    console.log(
      `${file} was handed over after round ${backupRound}, and goes on exactly there. Start the bot on this machine only.`,
    );
    if (kept !== null) console.log(`As it stood here when it was handed over it is kept as ${kept}.`);
    return;
  }
  const lost = formerRound === null ? 0 : Math.max(0, formerRound - backupRound);
  console.log(`${file} is as it was at the end of round ${backupRound}.`);
  console.log(
    lost === 0
      ? 'No round is lost.'
      : `Lost: rounds ${backupRound + 1} to ${formerRound}, with the trades, stakes and chips of that time.`,
  );
  if (dropped > 0)
    console.log(`${dropped} posts that waited then are not shown: they may have been shown since.`);
  if (forgotten > 0)
    console.log(
      `${forgotten} of the members whom it named had deleted their data since: their names are out of it again.`,
    );
  if (stillNamed > 0)
    console.log(
      `${stillNamed} more had, and have chips on a pool that is shut: ask members to run /delete-my-data after the bell.`,
    );
  if (kept !== null)
    console.log(
      `The former show is kept as ${kept}. It names whom it named: delete it once you are content.`,
    );
}

try {
  main();
} catch (error) {
  sayWhy(error);
}
