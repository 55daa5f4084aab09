/** Once a minute every show does what is due. node-cron only wakes it: the database decides what that is. */
import cron from 'node-cron';
import type { Log } from '#show/ports/clock.ts';
import { errorText } from '#lib/error-text.ts';

const EVERY_MINUTE = '* * * * *';
const MINUTE_MS = 60_000;
/** A busy machine is late; a tick that comes within its minute is as good. */
const LATE_MS = 50_000;
const SILENT_MINUTES_MAX = 2;

/** Returns the function that ends it. */
export function tickEachMinute(minuteTick: () => void, log: Log): () => Promise<void> {
  let silentMinutes = 0;
  const beat = (): void => {
    silentMinutes = 0;
    try {
      minuteTick();
    } catch (error) {
      log.error({ error: errorText(error) }, 'a tick failed; the next comes in a minute');
    }
  };
  const task = cron.schedule(EVERY_MINUTE, beat, {
    timezone: 'Etc/UTC',
    noOverlap: true,
    suppressMissedWarning: true,
    missedExecutionTolerance: LATE_MS,
  });
  // node-cron waits for the minute that it planned: when the clock is set back, that is hours away.
  const guard = setInterval(() => {
    silentMinutes += 1;
    if (silentMinutes <= SILENT_MINUTES_MAX) return;
    silentMinutes = 0;
    log.warn({}, 'the clock was set back: ticks are planned again');
    void (async () => {
      await task.stop();
      await task.start();
    })();
  }, MINUTE_MS);
  guard.unref();
  return async () => {
    clearInterval(guard);
    await task.destroy();
  };
}
