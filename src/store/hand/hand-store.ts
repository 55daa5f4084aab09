/** The audience's hand in the show: tips, leaks, votes, calls of a bluff, and who sat in whose chair. Every write is a part of the transaction that is open. */
import type { HandStore } from '#show/ports/hand.ts';
import { reporting, type Db } from '../database.ts';
import { bluffTable } from './bluffs.ts';
import { leakTable } from './leaks.ts';
import { prepare } from '../statements.ts';
import { recapTable } from './recaps.ts';
import { seatTable } from './seats.ts';
import { voteTable } from './votes.ts';
import { whisperTable } from './whispers.ts';

/** Where a member's id stands. */
const TABLES = [
  'whispers',
  'pledges',
  'seats',
  'chair_consents',
  'ballots',
  'bluff_calls',
  'bluff_calls_ahead',
];

export function handStore(db: Db, file: string): HandStore {
  const whispers = whisperTable(db);
  const leaks = leakTable(db);
  const seats = seatTable(db, file);
  const votes = voteTable(db, file);
  const bluffs = bluffTable(db);
  const named = prepare<string[], number>(
    db,
    TABLES.map((table) => `SELECT 1 FROM ${table} WHERE member = ?`).join(' UNION ALL ') + ' LIMIT 1',
  ).pluck();
  return reporting<HandStore>(file, {
    ...whispers,
    ...leaks,
    ...seats,
    ...votes,
    ...bluffs,
    ...recapTable(db, file),
    knows: (member) => named.get(...Array.from({ length: TABLES.length }, () => member)) !== undefined,
    forget(member, former) {
      const known = [whispers, leaks, seats, votes, bluffs].map((table) => table.forget(member, former));
      return known.some((any) => any);
    },
  });
}
