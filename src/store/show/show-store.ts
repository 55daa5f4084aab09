/** The simulation's memory: journal, snapshots, and the rows that follow from events, in one transaction for each action. */
import type { ShowState } from '#core/state.ts';
import type { Planned } from '#show/ports/outbox.ts';
import type { ShowStore } from '#show/ports/store.ts';
import { auditLog } from './audit.ts';
import type { Counters } from '../counters.ts';
import { reporting, type Db } from '../database.ts';
import { factReader } from './facts.ts';
import { journal as journalOf, type Journal } from './journal.ts';
import { hurrying, planning } from '../outbox.ts';
import { projections } from './projections.ts';
import { recordings } from './recordings.ts';
import { snapshots as snapshotsOf, type Snapshots } from './snapshots.ts';
import { prepare } from '../statements.ts';
import { transactions } from '../transactions.ts';
import { turnReader } from './turns.ts';

export interface ShowStoreDeps {
  db: Db;
  file: string;
  counters: Counters;
  /** Throws StoreError when the file is not the one that was opened. */
  check: () => void;
  close: () => void;
}

export function showStore({ db, file, counters, check, close }: ShowStoreDeps): ShowStore {
  const journal = journalOf(db, file);
  const snapshots = snapshotsOf(db, file);
  return reporting<ShowStore>(file, {
    ...writer({ db, file, counters, check }, journal, snapshots),
    ...recordings(db, file, journal, snapshots),
    ...turnReader(db, file),
    ...factReader(db),
    ...auditLog(db),
    counts: () => ({
      rounds: counters.get('rounds'),
      turns: counters.get('turns'),
      fumbles: counters.get('fumbles'),
    }),
    close,
  });
}

function writer(
  { db, file, counters, check }: Omit<ShowStoreDeps, 'close'>,
  journal: Journal,
  snapshots: Snapshots,
): Pick<ShowStore, 'atomically' | 'found' | 'record' | 'post'> {
  const position = prepare<[], { seq: number; round: number }>(
    db,
    `SELECT seq, round FROM (SELECT seq, round FROM journal UNION ALL SELECT seq, round FROM snapshots) ORDER BY seq DESC LIMIT 1`,
  );
  const openedAt = prepare<[number], number>(db, `SELECT opened_at_ms FROM rounds WHERE round = ?`).pluck();
  const closeRound = prepare<[number, string, number]>(
    db,
    `UPDATE rounds SET closed_at_ms = ?, hash = ? WHERE round = ? AND hash IS NULL`,
  );
  const plan = planning(db);
  const hurry = hurrying(db);
  const project = projections(db, counters);

  const record = ({
    action,
    state,
    hash,
    events,
    planned,
    answer,
    atMs,
  }: Parameters<ShowStore['record']>[0]) => {
    const { round } = state;
    const seq = journal.append(round, action, atMs);
    if (action.type === 'openRound') hurry(atMs);
    for (const event of events) project(event, { seq, round, atMs, answer });
    const inRound = state.roundOpen || action.type === 'closeRound';
    for (const one of planned) plan(one, round, dueMs(one, inRound ? openedAt.get(round) : undefined, atMs));
    if (hash === null) return;
    if (closeRound.run(atMs, hash, round).changes !== 1)
      throw new Error(`round ${round} cannot close: it is not open in ${file}`);
    counters.add('rounds', 1);
    snapshots.save(seq, state, null, atMs);
    snapshots.thin();
  };

  const post = (planned: readonly Planned[], round: number, atMs: number) => {
    for (const one of planned) plan(one, round, dueMs(one, openedAt.get(round), atMs));
  };

  const found = (state: ShowState, contentHash: string, atMs: number) => {
    const last = position.get() ?? { seq: 0, round: 0 };
    if (state.round < last.round)
      throw new Error(`${file} already holds a show at round ${last.round}; a show is not founded over it`);
    snapshots.save(last.seq, state, contentHash, atMs);
  };

  const transaction = transactions(db);
  const atomically = <T>(work: () => T): T => {
    // Within a transaction the file was checked when that one began.
    if (!db.inTransaction) check();
    return transaction(work);
  };
  return {
    atomically,
    found: (...args) => atomically(() => found(...args)),
    record: (entry) => atomically(() => record(entry)),
    post: (...args) => atomically(() => post(...args)),
  };
}

/**
 * A post's time counts from its round's opening, so that lines are spread like speech however fast they were thought.
 * It is never before the post was made, and a clock that was set back does not put it off.
 */
function dueMs({ afterMs }: Planned, openedMs: number | undefined, atMs: number): number {
  return Math.max(atMs, Math.min(openedMs ?? atMs, atMs) + afterMs);
}
