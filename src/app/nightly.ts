/** Once a night for every show: a backup beside the database, and old details forgotten. node-cron only wakes them. */
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import cron from 'node-cron';
import type { Log } from '#show/ports/clock.ts';
import type { Store } from '#store/store.ts';
import { errorText } from '#lib/error-text.ts';
import { makeFolder } from '#lib/make-folder.ts';

/** At a quiet hour, and not at its full hour, when many programs start. In UTC no night has this time twice, or never. */
const NIGHTLY = '23 4 * * *';
const BACKUPS_KEPT = 7;
/** About two seasons: enough to prove the books of the one that runs. */
const ROUNDS_KEPT = 5_000;

/** `afterwards` runs once all stores are tidy. Returns the function that ends it. */
export function keepTidy(
  stores: () => readonly Store[],
  afterwards: () => void,
  log: Log,
): () => Promise<void> {
  const night = async (): Promise<void> => {
    await tidyAll(stores(), log);
    afterwards();
  };
  const task = cron.schedule(NIGHTLY, night, { timezone: 'Etc/UTC', noOverlap: true });
  return async () => {
    await task.destroy();
  };
}

async function tidyAll(stores: readonly Store[], log: Log): Promise<void> {
  for (const store of stores) {
    try {
      await tidy(store, new Date());
    } catch (error) {
      // The show goes on without tonight's backup; the operator reads why.
      log.error(
        { file: store.file, error: errorText(error) },
        'a night without backup and tidying; the next try is tomorrow',
      );
    }
  }
}

/** Makes the day's backup if it is not there yet, keeps the newest few, forgets what is old. */
export async function tidy(store: Store, now: Date): Promise<void> {
  const name = path.basename(store.file, '.sqlite');
  const folder = path.join(path.dirname(store.file), 'backups');
  makeFolder(folder);
  const mine = () =>
    readdirSync(folder)
      .filter((file) => file.startsWith(`${name}.`) && file.endsWith('.sqlite'))
      .sort();
  const today = `${name}.${now.toISOString().slice(0, 10)}.sqlite`;
  if (!mine().includes(today)) await store.backup(path.join(folder, today));
  for (const old of mine().slice(0, -BACKUPS_KEPT)) rmSync(path.join(folder, old));
  store.prune({ keepRounds: ROUNDS_KEPT });
}
