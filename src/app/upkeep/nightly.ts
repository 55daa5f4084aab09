/** Once a night for every show: old details forgotten. node-cron only wakes it. */
import { setImmediate as breathe } from 'node:timers/promises';
import cron from 'node-cron';
import type { Log } from '#show/ports/clock.ts';
import type { Store } from '#store/store.ts';
import { errorText } from '#lib/error-text.ts';

/** At a quiet hour, and not at its full hour, when many programs start. In UTC no night has this time twice, or never. */
const NIGHTLY = '23 4 * * *';
/** Most of a day at the usual pace. What looks back at single turns and deals looks no further than its episode, and awards have counted them. */
export const ROUNDS_KEPT = 5_000;

/** `stores`: those that are open now. `afterwards` runs once all are tidy. Returns the function that ends it, in the middle of a night too. */
export function keepTidy(
  stores: () => readonly Store[],
  afterwards: () => void,
  log: Log,
): () => Promise<void> {
  const ending = new AbortController();
  const night = async (): Promise<void> => {
    await tidyAll(stores, log, ending.signal);
    if (!ending.signal.aborted) afterwards();
  };
  const task = cron.schedule(NIGHTLY, night, { timezone: 'Etc/UTC', noOverlap: true });
  return async () => {
    ending.abort();
    await task.destroy();
  };
}

/** One store after another. Between two of them the process does what waits: members must be answered within 3 s. */
export async function tidyAll(stores: () => readonly Store[], log: Log, signal: AbortSignal): Promise<void> {
  for (const store of stores()) {
    await breathe();
    if (signal.aborted) return;
    // Its show may have been closed meanwhile.
    if (stores().includes(store)) tidy(store, log);
  }
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
