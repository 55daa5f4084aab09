/** A show as it is read back: where it stands, and what a replay applies. */
import type { JournalEntry, ShowStore } from '#show/ports/store.ts';
import type { Db } from '../database.ts';
import type { Journal } from './journal.ts';
import type { Snapshots } from './snapshots.ts';
import { prepare } from '../statements.ts';

export type Recordings = Pick<
  ShowStore,
  'load' | 'recording' | 'recordingFrom' | 'recordingBetween' | 'roundHashes' | 'roundHash' | 'position'
>;

export function recordings(db: Db, file: string, journal: Journal, snapshots: Snapshots): Recordings {
  const hashes = prepare<[], { round: number; hash: string }>(
    db,
    `SELECT round, hash FROM rounds WHERE hash IS NOT NULL ORDER BY round`,
  );
  const hash = prepare<[number], string | null>(db, `SELECT hash FROM rounds WHERE round = ?`).pluck();
  const last = prepare<[], number | null>(db, `SELECT max(seq) FROM journal`).pluck();
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
    position: () => last.get() ?? 0,
    recordingBetween(afterSeq, toSeq) {
      const founding = snapshots.at(afterSeq);
      if (!founding) return null;
      return { founding: founding.state, entries: upTo(journal.after(afterSeq), toSeq) };
    },
    roundHashes: () => hashes.all(),
    roundHash: (round) => hash.get(round) ?? null,
  };
}

function upTo(entries: Iterable<JournalEntry>, seq: number): Iterable<JournalEntry> {
  return {
    *[Symbol.iterator]() {
      for (const entry of entries) {
        if (entry.seq > seq) return;
        yield entry;
      }
    },
  };
}
