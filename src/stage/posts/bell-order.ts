/** Places are drained side by side, but nobody is to read how an episode ended before its closing bell was heard on the tape. */
import type { Place } from '#show/ports/outbox.ts';

/** Where it is told what came of an episode. */
const TELLS_THE_ENDING: ReadonlySet<Place> = new Set(['betting', 'floor']);

/** The first row that the place keeps to itself until the tape has told of `bell`, by its row; infinity when it need not wait. */
export function firstRowAfterBell(place: Place, bell: number | null): number {
  return TELLS_THE_ENDING.has(place) ? (bell ?? Infinity) : Infinity;
}
