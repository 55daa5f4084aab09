/** The simulation's memory: journal, snapshots, and the rows that follow from events, in one transaction an action. */
import type { Action } from '#core/actions/action.ts';
import type { ShowState } from '#core/state.ts';
import type { Instrument } from '#core/vocabulary.ts';
import type { Planned } from '#show/ports/outbox.ts';
import type { AuditRecord, JournalEntry, ShowStore } from '#show/ports/store.ts';
import type { Counters } from './counters.ts';
import { parseJson, reported, reporting, type Db } from './database.ts';
import { factReader } from './facts.ts';
import { planning } from './outbox.ts';
import { projections } from './projections.ts';
import { prepare } from './statements.ts';
import { turnReader } from './turns.ts';

/** Snapshots of the newest closed rounds that are kept: one would do, more are insurance. */
const NEWEST_SNAPSHOTS = 3;
/** A snapshot of every so many rounds is kept for `prune` to begin the recording at. */
const CHECKPOINT_ROUNDS = 64;
/** Journal rows read at once: the connection is never busy with an open cursor, so a replay can go on beside writes. */
const PAGE = 500;

interface JournalRow {
  seq: number;
  round: number;
  action: string;
  at_ms: number;
}

interface SnapshotRow {
  seq: number;
  state: string;
  content_hash: string | null;
}

/**
 * A post's time counts from its round's opening, so that lines are spread like speech however fast they were thought.
 * It is never before the post was made, and a clock that was set back does not put it off.
 */
function dueMs({ afterMs }: Planned, openedMs: number | undefined, atMs: number): number {
  return Math.max(atMs, Math.min(openedMs ?? atMs, atMs) + afterMs);
}

export function showStore(db: Db, file: string, counters: Counters, close: () => void): ShowStore {
  const insertAction = prepare<[number, string, number]>(
    db,
    `INSERT INTO journal (round, action, at_ms) VALUES (?, ?, ?)`,
  );
  const actionsAfter = prepare<[number, number], JournalRow>(
    db,
    `SELECT seq, round, action, at_ms FROM journal WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const saveSnapshot = prepare<[number, number, string, string | null, number]>(
    db,
    `INSERT INTO snapshots (seq, round, state, content_hash, at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (seq) DO UPDATE SET round = excluded.round, state = excluded.state, content_hash = excluded.content_hash,
                                     at_ms = excluded.at_ms`,
  );
  const dropSnapshots = prepare(
    db,
    `DELETE FROM snapshots WHERE content_hash IS NULL AND round % ${CHECKPOINT_ROUNDS} <> 0
       AND seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ${NEWEST_SNAPSHOTS})`,
  );
  const newestSnapshot = prepare<[], SnapshotRow>(
    db,
    `SELECT seq, state, content_hash FROM snapshots ORDER BY seq DESC LIMIT 1`,
  );
  const founding = prepare<[], SnapshotRow>(
    db,
    `SELECT seq, state, content_hash FROM snapshots WHERE content_hash IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  );
  const stateBefore = prepare<[number], SnapshotRow>(
    db,
    `SELECT seq, state, content_hash FROM snapshots
     WHERE round <= ? AND seq >= (SELECT max(seq) FROM snapshots WHERE content_hash IS NOT NULL)
     ORDER BY seq DESC LIMIT 1`,
  );
  const position = prepare<[], { seq: number; round: number }>(
    db,
    `SELECT seq, round FROM (SELECT seq, round FROM journal UNION ALL SELECT seq, round FROM snapshots) ORDER BY seq DESC LIMIT 1`,
  );
  const openedAt = prepare<[number], number>(db, `SELECT opened_at_ms FROM rounds WHERE round = ?`).pluck();
  const closeRound = prepare<[number, string, number]>(
    db,
    `UPDATE rounds SET closed_at_ms = ?, hash = ? WHERE round = ? AND hash IS NULL`,
  );
  const hashes = prepare<[], { round: number; hash: string }>(
    db,
    `SELECT round, hash FROM rounds WHERE hash IS NOT NULL ORDER BY round`,
  );
  const curves = prepare<[number], { round: number; trader: string; equityCents: number }>(
    db,
    `SELECT round, trader, equity_cents AS equityCents FROM equity WHERE round >= ? ORDER BY round, trader`,
  );
  const insertAudit = prepare(
    db,
    `INSERT INTO audit (at_ms, round, by_whom, what, detail) VALUES (?, ?, ?, ?, ?)`,
  );
  const audits = prepare<[string, number], AuditRecord>(
    db,
    `SELECT at_ms AS atMs, round, by_whom AS "by", what, detail FROM audit WHERE what = ? ORDER BY id DESC LIMIT ?`,
  );
  const actsOf = prepare<[string], number>(db, `SELECT count(*) FROM audit WHERE by_whom = ?`).pluck();
  const renameActor = prepare<[string, string]>(db, `UPDATE audit SET by_whom = ? WHERE by_whom = ?`);
  const renameInPosts = prepare<[string, string]>(
    db,
    `UPDATE outbox SET post = json_set(post, '$.member', ?)
     WHERE kind = 'memberBailedOut' AND json_extract(post, '$.member') = ?`,
  );
  const messagesNaming = prepare<[string], string>(
    db,
    `SELECT DISTINCT message_id FROM outbox
     WHERE kind = 'memberBailedOut' AND json_extract(post, '$.member') = ? AND message_id IS NOT NULL`,
  ).pluck();
  const prices = prepare<[number], { round: number; instrument: Instrument; priceCents: number }>(
    db,
    `SELECT round, instrument, price_cents AS priceCents FROM prices WHERE round >= ? ORDER BY round, instrument`,
  );
  const plan = planning(db);
  const project = projections(db, counters);
  const { turns, turn } = turnReader(db, file);

  const record = db.transaction(
    ({ action, state, hash, events, planned, answer, atMs }: Parameters<ShowStore['record']>[0]) => {
      const { round } = state;
      const seq = Number(insertAction.run(round, JSON.stringify(action), atMs).lastInsertRowid);
      for (const event of events) project(event, { seq, round, atMs, answer });
      const inRound = state.roundOpen || action.type === 'closeRound';
      for (const one of planned)
        plan(one, round, dueMs(one, inRound ? openedAt.get(round) : undefined, atMs));
      if (hash === null) return;
      if (closeRound.run(atMs, hash, round).changes !== 1)
        throw new Error(`round ${round} cannot close: it is not open in ${file}`);
      counters.add('rounds', 1);
      saveSnapshot.run(seq, round, JSON.stringify(state), null, atMs);
      dropSnapshots.run();
    },
  );

  const post = db.transaction((planned: Parameters<ShowStore['post']>[0], round: number, atMs: number) => {
    for (const one of planned) plan(one, round, dueMs(one, openedAt.get(round), atMs));
  });

  const found = db.transaction((state: ShowState, contentHash: string, atMs: number) => {
    const last = position.get() ?? { seq: 0, round: 0 };
    if (state.round < last.round)
      throw new Error(`${file} already holds a show at round ${last.round}; a show is not founded over it`);
    saveSnapshot.run(last.seq, state.round, JSON.stringify(state), contentHash, atMs);
  });

  const atomically = db.transaction((work: () => unknown) => work());

  const entryOf = (row: JournalRow): JournalEntry => ({
    seq: row.seq,
    round: row.round,
    action: parseJson(file, `journal row ${row.seq}`, row.action) as Action,
    atMs: row.at_ms,
  });

  function* entriesAfter(seq: number): Generator<JournalEntry> {
    let last = seq;
    for (;;) {
      const page = reported(file, () => actionsAfter.all(last, PAGE));
      for (const row of page) {
        yield entryOf(row);
        last = row.seq;
      }
      if (page.length < PAGE) return;
    }
  }

  const stateOf = (row: SnapshotRow) =>
    parseJson(file, `the snapshot at journal row ${row.seq}`, row.state) as ShowState;

  return reporting<ShowStore>(file, {
    atomically: <T>(work: () => T) => atomically.immediate(work) as T,
    load() {
      const row = newestSnapshot.get();
      return row === undefined ? null : { snapshot: stateOf(row), actions: [...entriesAfter(row.seq)] };
    },
    found: (state, contentHash, atMs) => found.immediate(state, contentHash, atMs),
    record: (entry) => record.immediate(entry),
    post: (planned, round, atMs) => post.immediate(planned, round, atMs),
    recording() {
      const row = founding.get();
      if (row === undefined || row.content_hash === null)
        throw new Error(`${file} holds no show yet: found one first`);
      return {
        founding: stateOf(row),
        contentHash: row.content_hash,
        entries: { [Symbol.iterator]: () => entriesAfter(row.seq) },
      };
    },
    recordingFrom(round) {
      const row = stateBefore.get(round);
      if (row === undefined) return null;
      return { state: stateOf(row), entries: { [Symbol.iterator]: () => entriesAfter(row.seq) } };
    },
    roundHashes: () => hashes.all(),
    turns,
    turn,
    ...factReader(db),
    equityCurves: (sinceRound) => curves.all(sinceRound),
    counts: () => ({
      rounds: counters.get('rounds'),
      turns: counters.get('turns'),
      fumbles: counters.get('fumbles'),
    }),
    audit({ atMs, round, by, what, detail }) {
      insertAudit.run(atMs, round, by, what, detail);
    },
    audits: (what, limit) => audits.all(what, limit),
    actsOf: (user) => actsOf.get(user) ?? 0,
    forget(user, as) {
      const messages = messagesNaming.all(user);
      renameActor.run(as, user);
      renameInPosts.run(as, user);
      return messages;
    },
    priceCurves: (sinceRound) => prices.all(sinceRound),
    close,
  });
}
