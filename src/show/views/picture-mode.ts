/** Whether rounds are shown moving or still, for people whom motion hurts: a setting of the show, in its key-values. */
import type { KeyValues } from '../ports/key-values.ts';

export const PICTURE_MODES = ['moving', 'still'] as const;
export type PictureMode = (typeof PICTURE_MODES)[number];

const KEY = 'pictures';

export function pictureMode(keyValues: Pick<KeyValues, 'get'>): PictureMode {
  return keyValues.get(KEY) === 'still' ? 'still' : 'moving';
}

export function choosePictures(keyValues: Pick<KeyValues, 'set'>, mode: PictureMode): void {
  keyValues.set(KEY, mode);
}
