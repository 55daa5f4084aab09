/**
 * Posts that wait to be shown. A row is written with its action, so nothing that happened can be lost; it is marked
 * `sending` before the request, so that after a crash nobody posts twice without looking first.
 */
import type {
  LostLines,
  Outbox,
  OutboxRow,
  Planned,
  Post,
  PostKind,
  WaitingRow,
} from '#show/ports/outbox.ts';
import type { Counters } from './counters.ts';
import { parseJson, reporting, type Db } from './database.ts';
import { latestMessageFinder, messageFinder, rowFinder } from './message-finder.ts';
import { prepare } from './statements.ts';

interface Head {
  id: number;
  round: number;
  place: string;
  kind: string;
  due_ms: number;
  status: string;
  message: number | null;
}

interface Body {
  id: number;
  place: string;
  post: string;
  after_ms: number;
}

const HEAD = `id, round, place, kind, due_ms, status, message`;
/** Word for word as in the index, or SQLite does not see that it can use the index. */
const WAITING = `status IN ('planned', 'sending', 'unknown')`;
const IN_PLACE = `FROM outbox INDEXED BY outbox_waiting WHERE ${WAITING} AND place = ?`;

const SENT_KIND = 'sent:';

const kindOf = (post: Post): PostKind => (post.kind === 'event' ? post.event.type : post.kind);

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

/**
 * A round opens before the one before it has shown all that was spread over its time, as after a restart or a change of the pace:
 * what is left is due at once, so that it comes before what is planned now.
 */
export function hurrying(db: Db): (atMs: number) => void {
  const hurry = prepare<[{ at: number }], never>(
    db,
    `UPDATE outbox INDEXED BY outbox_waiting SET due_ms = @at WHERE ${WAITING} AND due_ms > @at`,
  );
  return (atMs) => void hurry.run({ at: atMs });
}

/** Rows that were being sent when the last process ended may have arrived or not. Returns how many there were. */
export function markInterrupted(db: Db): number {
  return prepare(db, `UPDATE outbox SET status = 'unknown' WHERE status = 'sending'`).run().changes;
}

export function outbox(db: Db, file: string, counters: Counters): Outbox {
  const { read, shownIn } = bodyReader(db, file);
  const pending = prepare<[], number>(
    db,
    `SELECT count(*) FROM outbox INDEXED BY outbox_waiting WHERE ${WAITING}`,
  ).pluck();
  // With what is due now comes all that is due before it in its place: a post of the round before, which was hurried, is due
  // when this round opened, and would not seem too far off.
  const setBack = prepare<[{ now: number }], never>(
    db,
    `UPDATE outbox INDEXED BY outbox_waiting SET due_ms = @now
     WHERE ${WAITING} AND due_ms > @now AND due_ms <=
       (SELECT max(late.due_ms) FROM outbox AS late INDEXED BY outbox_waiting
        WHERE ${WAITING} AND late.place = outbox.place AND late.due_ms > @now + late.after_ms)`,
  );
  const unheardBell = prepare<[string], Pick<WaitingRow, 'id' | 'dueMs'>>(
    db,
    `SELECT id, due_ms AS dueMs ${IN_PLACE} AND kind = 'bell' ORDER BY id LIMIT 1`,
  );
  return reporting<Outbox>(file, {
    unheardBell: () => unheardBell.get('tape') ?? null,
    clockSetBack: (nowMs) => setBack.run({ now: nowMs }).changes,
    ...headReader(db),
    ...messageMarks(db, counters),
    ...lostLines(db),
    messageOf: messageFinder(db, file),
    messageOfRow: rowFinder(db),
    latestOf: latestMessageFinder(db),
    read,
    shownIn,
    pending: () => pending.get() ?? 0,
    counts: () => ({ sent: counters.get('sent'), byKind: counters.withPrefix(SENT_KIND) }),
  });
}

/** Looks at what waits without reading the posts themselves: a picture's view is some kilobytes. */
function headReader(
  db: Db,
): Pick<Outbox, 'places' | 'waiting' | 'unknown' | 'overdue' | 'surplus' | 'waitingBefore'> {
  // Goes from place to place through the index, without walking through what waits in each.
  const places = prepare<[], string>(
    db,
    `WITH RECURSIVE found (place) AS (
       SELECT min(place) FROM outbox INDEXED BY outbox_waiting WHERE ${WAITING}
       UNION ALL
       SELECT (SELECT min(place) FROM outbox INDEXED BY outbox_waiting WHERE ${WAITING} AND place > found.place)
       FROM found WHERE found.place IS NOT NULL)
     SELECT place FROM found WHERE place IS NOT NULL`,
  ).pluck();
  const waiting = prepare<[string, number], Head>(
    db,
    `SELECT ${HEAD} ${IN_PLACE} AND status <> 'sending' ORDER BY due_ms, id LIMIT ?`,
  );
  const unknown = prepare<[string], Head>(
    db,
    `SELECT ${HEAD} FROM outbox INDEXED BY outbox_unknown WHERE status = 'unknown' AND place = ?
     ORDER BY coalesce(message, id), id`,
  );
  const overdueByRound = prepare<[string, number, string], Head>(
    db,
    `SELECT ${HEAD} ${IN_PLACE} AND status = 'planned' AND round <= ?
     AND kind NOT IN (SELECT value FROM json_each(?)) ORDER BY due_ms, id`,
  );
  const overdueByTime = prepare<[string, number, string], Head>(
    db,
    `SELECT ${HEAD} ${IN_PLACE} AND status = 'planned' AND due_ms <= ?
     AND kind NOT IN (SELECT value FROM json_each(?)) ORDER BY due_ms, id`,
  );
  const surplus = prepare<[string, string], Head>(
    db,
    `SELECT waiting.* FROM (
       SELECT ${HEAD}, row_number() OVER (PARTITION BY kind ORDER BY due_ms DESC, id DESC) AS nth
       ${IN_PLACE} AND status = 'planned') AS waiting
     JOIN json_each(?) AS newest ON newest.key = waiting.kind AND waiting.nth > newest.value
     ORDER BY waiting.due_ms, waiting.id`,
  );
  const before = prepare<[string, number], Head>(
    db,
    `SELECT ${HEAD} ${IN_PLACE} AND status = 'planned' ORDER BY due_ms DESC, id DESC LIMIT -1 OFFSET ?`,
  );
  return {
    places: () => places.all(),
    waiting: (place, limit) => waiting.all(place, limit).map(headOf),
    unknown: (place) => unknown.all(place).map(headOf),
    overdue: (place, by, but) => {
      const kinds = JSON.stringify(but);
      const rows =
        'round' in by
          ? overdueByRound.all(place, by.round, kinds)
          : overdueByTime.all(place, by.dueMs, kinds);
      return rows.map(headOf);
    },
    waitingBefore: (place, newest) => before.all(place, newest).map(headOf).toReversed(),
    surplus: (place, newest) => surplus.all(place, JSON.stringify(newest)).map(headOf),
  };
}

function headOf({ id, round, place, kind, due_ms, status, message }: Head): WaitingRow {
  return {
    id,
    round,
    place,
    kind: kind as PostKind,
    dueMs: due_ms,
    status: status as WaitingRow['status'],
    message,
  };
}

function bodyReader(db: Db, file: string): Pick<Outbox, 'read' | 'shownIn'> {
  const body = prepare<[number], Body>(db, `SELECT id, place, post, after_ms FROM outbox WHERE id = ?`);
  const shownIn = prepare<[string], Body>(
    db,
    `SELECT id, place, post, after_ms FROM outbox INDEXED BY outbox_by_message WHERE message_id = ? ORDER BY due_ms, id`,
  );
  const plannedOf = ({ id, place, post, after_ms }: Body): Planned => ({
    place,
    post: parseJson(file, `outbox row ${id}`, post) as Post,
    afterMs: after_ms,
  });
  return {
    read: (rows) =>
      rows.map((row): OutboxRow => {
        const found = body.get(row.id);
        if (!found) throw new Error(`there is no outbox row ${row.id}`);
        return { ...row, ...plannedOf(found) };
      }),
    shownIn: (messageId) => shownIn.all(messageId).map(plannedOf),
  };
}

/** Marks the outcome of a message: all its rows in one transaction, or none. */
function messageMarks(db: Db, counters: Counters): Pick<Outbox, 'sending' | 'failed' | 'sent' | 'folded'> {
  const kindOfRow = prepare<[number], string>(db, `SELECT kind FROM outbox WHERE id = ?`).pluck();
  const move = prepare<
    [
      {
        to: string;
        message: number | null;
        messageId: string | null;
        lost: string | null;
        id: number;
        from: string;
      },
    ],
    never
  >(
    db,
    `UPDATE outbox SET status = @to, message = @message, message_id = @messageId, lost = @lost
     WHERE id = @id AND status IN (SELECT value FROM json_each(@from))`,
  );
  /** Moves rows on. A step that a row's status does not allow is a mistake of the program. */
  const step = (
    ids: readonly number[],
    from: readonly string[],
    to: string,
    {
      message = null,
      messageId = null,
      lost = null,
    }: { message?: number | null; messageId?: string | null; lost?: string | null } = {},
  ): void => {
    for (const id of ids) {
      const { changes } = move.run({ to, message, messageId, lost, id, from: JSON.stringify(from) });
      if (changes !== 1)
        throw new Error(`outbox row ${id} is not ${from.join(' or ')}, so it cannot become ${to}`);
    }
  };
  const sent = db.transaction((ids: readonly number[], messageId: string) => {
    step(ids, ['sending', 'unknown', 'planned'], 'sent', { messageId });
    counters.add('sent', ids.length);
    for (const id of ids) counters.add(`${SENT_KIND}${kindOfRow.get(id) ?? ''}`, 1);
  });
  const moved = db.transaction(step);
  return {
    sending: (ids) =>
      moved.immediate(ids, ['planned', 'unknown', 'sending'], 'sending', { message: Math.min(...ids) }),
    failed: (ids, mayHavePosted) =>
      mayHavePosted
        ? moved.immediate(ids, ['sending'], 'unknown', { message: Math.min(...ids) })
        : moved.immediate(ids, ['sending'], 'planned'),
    sent: (ids, messageId) => sent.immediate(ids, messageId),
    folded: (ids, why) =>
      moved.immediate(
        ids,
        ['planned', 'unknown', 'sending'],
        'folded',
        why === 'nothing' ? {} : { lost: why },
      ),
  };
}

function lostLines(db: Db): Pick<Outbox, 'lost' | 'lostTold' | 'shows' | 'newestIn'> {
  const lost = prepare<
    [string],
    { lines: number; from_ms: number; to_ms: number; first: number; last: number; late: number }
  >(
    db,
    `SELECT count(*) AS lines, min(due_ms) AS from_ms, max(due_ms) AS to_ms, min(id) AS first, max(id) AS last,
            sum(lost = 'late') AS late
     FROM outbox INDEXED BY outbox_lost WHERE lost IS NOT NULL AND place = ?`,
  );
  const told = prepare<[string, number]>(
    db,
    `UPDATE outbox SET lost = NULL WHERE lost IS NOT NULL AND place = ? AND id <= ?`,
  );
  const shows = prepare<[string], number>(
    db,
    `SELECT 1 FROM outbox INDEXED BY outbox_by_message WHERE message_id = ? LIMIT 1`,
  ).pluck();
  // Ids of messages are numbers of 64 bits in order of time; they leave as text, since JavaScript would round them.
  const newest = prepare<[string], string | null>(
    db,
    `SELECT CAST(max(CAST(message_id AS INTEGER)) AS TEXT) FROM outbox INDEXED BY outbox_sent
     WHERE message_id IS NOT NULL AND place = ?`,
  ).pluck();
  return {
    lost: (place) => {
      const row = lost.get(place);
      return row === undefined || row.lines === 0 ? null : lostOf(row);
    },
    lostTold: (place, { lastRow }) => {
      told.run(place, lastRow);
    },
    shows: (messageId) => shows.get(messageId) !== undefined,
    newestIn: (place) => newest.get(place) ?? null,
  };
}

function lostOf(row: {
  lines: number;
  from_ms: number;
  to_ms: number;
  first: number;
  last: number;
  late: number;
}): LostLines {
  return {
    lines: row.lines,
    fromMs: row.from_ms,
    toMs: row.to_ms,
    firstRow: row.first,
    lastRow: row.last,
    quiet: row.late === 0,
  };
}
