/** Once a minute everybody is asked to do what is due. node-cron only nudges: the database decides. */
import cron from 'node-cron';
import type { Log } from '#show/ports.ts';

const EVERY_MINUTE = '* * * * *';

/** Answers the function that ends it. */
export function nudgeEachMinute(nudge: () => void, log: Log): () => Promise<void> {
  const beat = (): void => {
    try {
      nudge();
    } catch (error) {
      log.error(
        { error: error instanceof Error ? error.message : String(error) },
        'a nudge failed; the next comes in a minute',
      );
    }
  };
  const task = cron.schedule(EVERY_MINUTE, beat, {
    timezone: 'Etc/UTC',
    noOverlap: true,
    suppressMissedWarning: true,
  });
  return async () => {
    await task.destroy();
  };
}
