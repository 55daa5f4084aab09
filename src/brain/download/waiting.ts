/** While another process downloads the same file: it brings it for all, or leaves the rest to the next. */
import { stat } from 'node:fs/promises';
import { ModelFetchError } from './error.ts';
import { holdDownload, lockFile } from './lock.ts';

export interface Waiting {
  /** The file's final name. */
  path: string;
  /** Its name while it is coming. */
  part: string;
  /** Between two looks whether the other has done. Rejects where nobody waits any more. */
  pause: () => Promise<void>;
  pauseMs: number;
  /** Told at the first look and then each minute. */
  onWait?: (() => void) | undefined;
}

const TELL_EVERY_MS = 60_000;
/** While the other reads the file for its sum, nothing moves: ten minutes for 12 GB from a disk that gives 20 MB a second. */
const PATIENCE_MS = 900_000;

/**
 * Resolves with the release. Time is counted in pauses, so that whoever was stopped itself does not take that for the other's.
 * @throws ModelFetchError `locked` when the other brings nothing any more
 */
export async function holdWhenFree({ path, part, pause, pauseMs, onWait }: Waiting): Promise<() => void> {
  let seen = '';
  let stillMs = 0;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const release = holdDownload(path);
    if (release) return release;
    const sees = `${await stateOf(part)}, ${await stateOf(path)}`;
    stillMs = sees === seen ? stillMs + pauseMs : 0;
    seen = sees;
    if (stillMs >= PATIENCE_MS) throw standsStill(path);
    if (waitedMs % TELL_EVERY_MS < pauseMs) onWait?.();
    await pause();
  }
}

async function stateOf(file: string): Promise<string> {
  const there = await stat(file).catch(() => null);
  return there ? `${there.size} bytes of ${there.mtimeMs}` : 'not there';
}

/** SQLite calls a lock busy, too, where the disk has none, as some network drives have. */
function standsStill(file: string): ModelFetchError {
  return new ModelFetchError(
    'locked',
    file,
    `another process holds ${lockFile(file)} and has brought nothing for ${PATIENCE_MS / 60_000} minutes`,
    'end it (Ctrl+Z only stops one) and start again; where there is none, as on a network drive without locks, put the file there by hand',
  );
}
