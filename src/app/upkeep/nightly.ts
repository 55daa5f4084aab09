/** Once a night for every show: old details forgotten. node-cron only wakes it. */
import cron from 'node-cron';
import type { Log } from '#show/ports/clock.ts';
import type { Store } from '#store/store.ts';
import { errorText } from '#lib/error-text.ts';

/** At a quiet hour, and not at its full hour, when many programs start. In UTC no night has this time twice, or never. */
const NIGHTLY = '23 4 * * *';
/** About two seasons: enough to prove the books of the one that runs. */
export const ROUNDS_KEPT = 5_000;

/** `afterwards` runs once all stores are tidy. Returns the function that ends it. */
export function keepTidy(
  stores: () => readonly Store[],
  afterwards: () => void,
  log: Log,
): () => Promise<void> {
  const night = (): void => {
    for (const store of stores()) tidy(store, log);
    afterwards();
  };
  const task = cron.schedule(NIGHTLY, night, { timezone: 'Etc/UTC', noOverlap: true });
  return async () => {
    await task.destroy();
  };
}

function tidy(store: Store, log: Log): void {
  try {
    store.prune({ keepRounds: ROUNDS_KEPT });
  } catch (error) {
    // The show goes on with its old details; the operator reads why.
    log.error(
      { file: store.file, error: errorText(error) },
      'a night without tidying; the next try is tomorrow',
    );
  }
}
