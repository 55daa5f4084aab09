/** What a world must meet when it is played again, and what its trace must meet when it is read. */
import { createHash } from 'node:crypto';
import type { PlayedTurn } from './records.ts';

/** Of all that the traders decided and what came of it; times are left out. `equity`: each trader with its cents, in the order of the cast. */
export function worldHash(turns: readonly PlayedTurn[], equity: Iterable<readonly [string, number]>): string {
  const told = turns.map(({ round, trader, room, decision, fumble, refusals, after, probes, testimony }) =>
    JSON.stringify([round, trader, room, decision, fumble, refusals, after, probes, testimony]),
  );
  return createHash('sha256')
    .update(told.join('') + JSON.stringify([...equity]))
    .digest('hex');
}
