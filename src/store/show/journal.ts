/** The show's actions, in the order in which they happened. */
import { RULES, type Action } from '#core/actions/action.ts';
import type { JournalEntry } from '#show/ports/store.ts';
import { parseJson, reported, type Db } from '../database.ts';
import { corrupt } from '../errors.ts';
import { prepare } from '../statements.ts';

/** How many rows are read at once. No cursor stays open and keeps the connection busy, so a replay can go on during writes. */
const PAGE = 500;

interface JournalRow {
  seq: number;
  round: number;
  action: string;
  at_ms: number;
}

export interface Journal {
  /** Returns the action's place in the journal. */
  append(round: number, action: Action, atMs: number): number;
  /** Can be iterated again and again, each time from the beginning. */
  after(seq: number): Iterable<JournalEntry>;
}

export function journal(db: Db, file: string): Journal {
  const insert = prepare<[number, string, number]>(
    db,
    `INSERT INTO journal (round, action, at_ms) VALUES (?, ?, ?)`,
  );
  const page = prepare<[number, number], JournalRow>(
    db,
    `SELECT seq, round, action, at_ms FROM journal WHERE seq > ? ORDER BY seq LIMIT ?`,
  );

  function* entriesAfter(seq: number): Generator<JournalEntry> {
    for (let last = seq; ;) {
      const rows = reported(file, () => page.all(last, PAGE));
      for (const row of rows) {
        yield entryOf(file, row);
        last = row.seq;
      }
      if (rows.length < PAGE) return;
    }
  }

  return {
    append: (round, action, atMs) => Number(insert.run(round, JSON.stringify(action), atMs).lastInsertRowid),
    after: (seq) => ({ [Symbol.iterator]: () => entriesAfter(seq) }),
  };
}

function entryOf(file: string, { seq, round, action: text, at_ms }: JournalRow): JournalEntry {
  const where = `journal row ${seq}`;
  const action = parseJson(file, where, text);
  if (!isAction(action)) throw corrupt(file, `${where} is no action of a show`);
  return { seq, round, action, atMs: at_ms };
}

function isAction(value: unknown): value is Action {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return typeof value.type === 'string' && Object.hasOwn(RULES, value.type);
}
