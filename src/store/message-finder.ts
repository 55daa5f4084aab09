/**
 * Finds the message that shows a post: a highlight links what it tells of, a ballot is closed where it was posted, a line that names
 * somebody who was forgotten is reworded.
 */
import type { Outbox, Post } from '#show/ports/outbox.ts';
import { parseJson, type Db } from './database.ts';
import { prepare } from './statements.ts';

export function latestMessageFinder(db: Db): Outbox['latestOf'] {
  const latest = prepare<[string, string], string>(
    db,
    `SELECT message_id FROM outbox INDEXED BY outbox_sent
     WHERE place = ? AND message_id IS NOT NULL AND kind = ? ORDER BY CAST(message_id AS INTEGER) DESC LIMIT 1`,
  ).pluck();
  return (place, kind) => latest.get(place, kind) ?? null;
}

export function rowFinder(db: Db): Outbox['messageOfRow'] {
  const message = prepare<[number], string | null>(db, `SELECT message_id FROM outbox WHERE id = ?`).pluck();
  return (row) => message.get(row) ?? null;
}

export function messageFinder(db: Db, file: string): Outbox['messageOf'] {
  const shown = prepare<
    [number, string, string],
    { id: number; kind: string; post: string; message_id: string }
  >(
    db,
    `SELECT id, kind, post, message_id FROM outbox INDEXED BY outbox_by_round
     WHERE round = ? AND place = ? AND message_id IS NOT NULL AND kind IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  return ({ place, round, kinds, trader }) => {
    const rows = shown.all(round, place, JSON.stringify(kinds)).map((row) => {
      const post = parseJson(file, `outbox row ${row.id}`, row.post) as Post;
      return { ...row, about: post.kind === 'event' ? post.event : post };
    });
    const fitting = rows.filter(({ about }) => !('trader' in about) || about.trader === trader);
    return kinds.flatMap((kind) => fitting.find((row) => row.kind === kind) ?? [])[0]?.message_id ?? null;
  };
}
