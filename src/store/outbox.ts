/**
 * Posts that wait to be shown. A row is written with its action, so nothing that happened can be lost; it is marked
 * `sending` before the request, so that after a crash nobody posts twice without looking first.
 */
import type { Outbox, OutboxRow, Planned, Post } from '#show/ports/outbox.ts';
import type { Counters } from './counters.ts';
import { parseJson, reporting, type Db } from './database.ts';
import { prepare } from './statements.ts';

interface Row {
  id: number;
  round: number;
  place: string;
  post: string;
  after_ms: number;
  due_ms: number;
  status: string;
}

/** As the index says it, word for word, or SQLite does not see that the index will do. */
const WAITING = `status IN ('planned', 'sending', 'unknown')`;

const SENT_KIND = 'sent:';

/** What a post is counted as: the event's type, or the post's own kind. */
const kindOf = (post: Post): string => (post.kind === 'event' ? post.event.type : post.kind);

export type Plan = (planned: Planned, round: number, dueMs: number) => void;

export function planning(db: Db): Plan {
  const insert = prepare(
    db,
    `INSERT INTO outbox (round, place, kind, post, after_ms, due_ms, status) VALUES (?, ?, ?, ?, ?, ?, 'planned')`,
  );
  return ({ place, post, afterMs }, round, dueMs) => {
    insert.run(round, place, kindOf(post), JSON.stringify(post), Math.round(afterMs), Math.round(dueMs));
  };
}

/** Rows that were being sent when the last process ended may have arrived or not. Returns how many there were. */
export function markInterrupted(db: Db): number {
  return prepare(db, `UPDATE outbox SET status = 'unknown' WHERE status = 'sending'`).run().changes;
}

export function outbox(db: Db, file: string, counters: Counters): Outbox {
  const due = prepare<[number, number], Row>(
    db,
    `SELECT id, round, place, post, after_ms, due_ms, status FROM outbox INDEXED BY outbox_waiting
     WHERE ${WAITING} AND status <> 'sending' AND due_ms <= ? ORDER BY id LIMIT ?`,
  );
  const kindOfRow = prepare<[number], string>(db, `SELECT kind FROM outbox WHERE id = ?`).pluck();
  const move = prepare<[string, string | null, number, string], never>(
    db,
    `UPDATE outbox SET status = ?, message_id = ?
     WHERE id = ? AND status IN (SELECT value FROM json_each(?))`,
  );
  const shownIn = prepare<[string], Pick<Row, 'id' | 'place' | 'post' | 'after_ms'>>(
    db,
    `SELECT id, place, post, after_ms FROM outbox WHERE message_id = ? ORDER BY due_ms, id`,
  );
  const pending = prepare<[], number>(
    db,
    `SELECT count(*) FROM outbox INDEXED BY outbox_waiting WHERE ${WAITING}`,
  ).pluck();

  /** Moves a row on. A step that its status does not allow is a mistake of the program. */
  function step(id: number, from: readonly string[], to: string, messageId: string | null = null): void {
    const { changes } = move.run(to, messageId, id, JSON.stringify(from));
    if (changes !== 1)
      throw new Error(`outbox row ${id} is not ${from.join(' or ')}, so it cannot become ${to}`);
  }

  const sent = db.transaction((id: number, messageId: string) => {
    step(id, ['sending', 'unknown', 'planned'], 'sent', messageId);
    counters.add('sent', 1);
    counters.add(`${SENT_KIND}${kindOfRow.get(id) ?? ''}`, 1);
  });

  const folded = db.transaction((ids: readonly number[]) => {
    for (const id of ids) step(id, ['planned', 'unknown', 'sending'], 'folded');
  });

  const plannedOf = (row: Pick<Row, 'id' | 'place' | 'post' | 'after_ms'>): Planned => ({
    place: row.place,
    post: parseJson(file, `outbox row ${row.id}`, row.post) as Post,
    afterMs: row.after_ms,
  });

  return reporting<Outbox>(file, {
    due: (nowMs, limit) =>
      due.all(nowMs, limit).map((row) => ({
        ...plannedOf(row),
        id: row.id,
        round: row.round,
        dueMs: row.due_ms,
        status: row.status as OutboxRow['status'],
      })),
    sending: (id) => step(id, ['planned', 'unknown', 'sending'], 'sending'),
    failed: (id, mayHavePosted) => step(id, ['sending'], mayHavePosted ? 'unknown' : 'planned'),
    sent: (id, messageId) => sent.immediate(id, messageId),
    folded: (ids) => folded.immediate(ids),
    shownIn: (messageId) => shownIn.all(messageId).map((row) => plannedOf(row)),
    pending: () => pending.get() ?? 0,
    counts: () => ({ sent: counters.get('sent'), byKind: counters.withPrefix(SENT_KIND) }),
  });
}
