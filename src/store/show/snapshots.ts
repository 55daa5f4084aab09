/** States of the show to start from: of the newest closed rounds, and those that recordings begin with. */
import { z } from 'zod';
import type { ShowState } from '#core/state.ts';
import { PHASES } from '#core/vocabulary.ts';
import { parseJson, type Db } from '../database.ts';
import { corrupt } from '../errors.ts';
import { prepare } from '../statements.ts';

/** Snapshots of the newest closed rounds that are kept: one would do, more are insurance. */
const NEWEST = 3;
/** The snapshot of each round whose number this divides is kept, for `prune` to begin the recording at. */
const CHECKPOINT_ROUNDS = 64;

const SHAPE = z.looseObject({
  version: z.literal(1),
  seed: z.number(),
  rules: z.record(z.string(), z.number()),
  round: z.int(),
  season: z.int(),
  episode: z.int(),
  phase: z.enum(PHASES),
  phaseRound: z.int(),
  roundOpen: z.boolean(),
  market: z.looseObject({ regime: z.string(), priceCents: z.record(z.string(), z.number()) }),
  headlines: z.array(z.looseObject({ text: z.string() })),
  pendingHeadlines: z.array(z.looseObject({ text: z.string() })),
  speakers: z.record(z.string(), z.array(z.string())),
  traders: z.record(
    z.string(),
    z.looseObject({ id: z.string(), book: z.looseObject({ cashCents: z.int() }) }),
  ),
  lines: z.array(z.looseObject({ text: z.string() })),
  turnsTaken: z.array(z.string()),
});

interface SnapshotRow {
  seq: number;
  state: string;
  content_hash: string | null;
}

export interface Snapshot {
  /** The journal row after which the snapshot was taken. */
  seq: number;
  state: ShowState;
}

export interface Snapshots {
  /** `contentHash`: a recording begins here. */
  save(seq: number, state: ShowState, contentHash: string | null, atMs: number): void;
  /** Drops what neither a start nor `prune` needs. */
  thin(): void;
  newest(): Snapshot | null;
  /** Where the newest recording begins. */
  founding(): (Snapshot & { contentHash: string }) | null;
  /** The one that was taken there. */
  at(seq: number): Snapshot | null;
  /** The newest of the close of `round` or before, within the newest recording. */
  before(round: number): Snapshot | null;
}

export function snapshots(db: Db, file: string): Snapshots {
  const columns = 'seq, state, content_hash';
  const save = prepare<[number, number, string, string | null, number]>(
    db,
    `INSERT INTO snapshots (seq, round, state, content_hash, at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (seq) DO UPDATE SET round = excluded.round, state = excluded.state, content_hash = excluded.content_hash,
                                     at_ms = excluded.at_ms`,
  );
  const thin = prepare(
    db,
    `DELETE FROM snapshots WHERE content_hash IS NULL AND round % ${CHECKPOINT_ROUNDS} <> 0
       AND seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ${NEWEST})`,
  );
  const newest = prepare<[], SnapshotRow>(db, `SELECT ${columns} FROM snapshots ORDER BY seq DESC LIMIT 1`);
  const at = prepare<[number], SnapshotRow>(db, `SELECT ${columns} FROM snapshots WHERE seq = ?`);
  const founding = prepare<[], SnapshotRow>(
    db,
    `SELECT ${columns} FROM snapshots WHERE content_hash IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  );
  const before = prepare<[number], SnapshotRow>(
    db,
    `SELECT ${columns} FROM snapshots
     WHERE round <= ? AND seq >= (SELECT max(seq) FROM snapshots WHERE content_hash IS NOT NULL)
     ORDER BY seq DESC LIMIT 1`,
  );
  const snapshotOf = (row: SnapshotRow | undefined): Snapshot | null =>
    row === undefined ? null : { seq: row.seq, state: stateOf(file, row) };
  return {
    save(seq, state, contentHash, atMs) {
      save.run(seq, state.round, JSON.stringify(state), contentHash, atMs);
    },
    thin() {
      thin.run();
    },
    newest: () => snapshotOf(newest.get()),
    founding() {
      const row = founding.get();
      if (row === undefined || row.content_hash === null) return null;
      return { seq: row.seq, state: stateOf(file, row), contentHash: row.content_hash };
    },
    at: (seq) => snapshotOf(at.get(seq)),
    before: (round) => snapshotOf(before.get(round)),
  };
}

function stateOf(file: string, { seq, state }: SnapshotRow): ShowState {
  const where = `the snapshot at journal row ${seq}`;
  const parsed = parseJson(file, where, state);
  const shape = SHAPE.safeParse(parsed);
  if (!shape.success) {
    const at = shape.error.issues[0]?.path.join('.') ?? '';
    throw corrupt(file, `${where} is no state of a show${at === '' ? '' : ` (at ${at})`}`);
  }
  return parsed as ShowState;
}
