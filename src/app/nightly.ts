/** Once a night for every show: a backup beside the database, and old details forgotten. node-cron only wakes them. */
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '#lib/make-folder.ts';
import cron from 'node-cron';
import type { Log } from '#show/ports/clock.ts';
import type { Store } from '#store/store.ts';
import { errorText } from '#lib/error-text.ts';

/** A quiet hour, and no round number: many programs start at full hours. UTC: no night has two of it or none. */
const NIGHTLY = '23 4 * * *';
const BACKUPS_KEPT = 7;
/** About two seasons: enough to prove the books of the one that runs. */
const ROUNDS_KEPT = 5_000;

/** `afterwards` is done once all stores are tidy. Answers the function that ends it. */
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
      log.error({ file: store.file, error: errorText(error) }, 'housekeeping failed');
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
