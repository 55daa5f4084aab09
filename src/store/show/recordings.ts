/** A show as it is read back: where it stands, and what a replay applies. */
import type { ShowStore } from '#show/ports/store.ts';
import type { Db } from '../database.ts';
import type { Journal } from './journal.ts';
import type { Snapshots } from './snapshots.ts';
import { prepare } from '../statements.ts';

export type Recordings = Pick<ShowStore, 'load' | 'recording' | 'recordingFrom' | 'roundHashes'>;

export function recordings(db: Db, file: string, journal: Journal, snapshots: Snapshots): Recordings {
  const hashes = prepare<[], { round: number; hash: string }>(
    db,
    `SELECT round, hash FROM rounds WHERE hash IS NOT NULL ORDER BY round`,
  );
  return {
    load() {
      const newest = snapshots.newest();
      return newest && { snapshot: newest.state, actions: [...journal.after(newest.seq)] };
    },
    recording() {
      const founding = snapshots.founding();
      if (!founding) throw new Error(`${file} holds no show yet: found one first`);
      const { seq, state, contentHash } = founding;
      return { founding: state, contentHash, entries: journal.after(seq) };
    },
    recordingFrom(round) {
      const before = snapshots.before(round);
      return before && { state: before.state, entries: journal.after(before.seq) };
    },
    roundHashes: () => hashes.all(),
  };
}
