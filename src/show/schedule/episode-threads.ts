/** Whether each episode gets a thread in which members talk about it: a setting of the show, in its key-values; off unless somebody wants it. */
import type { KeyValues } from '../ports/key-values.ts';

const KEY = 'episode-threads';

export function hasEpisodeThreads(keyValues: Pick<KeyValues, 'get'>): boolean {
  return keyValues.get(KEY) === 'on';
}

export function setEpisodeThreads(keyValues: Pick<KeyValues, 'set' | 'delete'>, on: boolean): void {
  if (on) keyValues.set(KEY, 'on');
  else keyValues.delete(KEY);
}
