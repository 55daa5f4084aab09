import type { HandStore, WhisperRecord } from '#show/ports/hand.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

type Table = Pick<
  HandStore,
  'addWhisper' | 'whisper' | 'whispers' | 'waitingWhispers' | 'endWhisper' | 'forget'
>;

export function whisperTable(db: Db): Table {
  const columns = `id, pool AS poolId, member, trader, text, names, tone, status, heard_round AS heardRound`;
  const insert = prepare<[string, string, string, string, string | null, string]>(
    db,
    `INSERT INTO whispers (pool, member, trader, text, names, tone) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const one = prepare<[number], WhisperRecord>(db, `SELECT ${columns} FROM whispers WHERE id = ?`);
  const all = prepare<[string], WhisperRecord>(
    db,
    `SELECT ${columns} FROM whispers WHERE pool = ? ORDER BY id`,
  );
  const waiting = prepare<[string | null], WhisperRecord>(
    db,
    `SELECT ${columns} FROM whispers WHERE status = 'waiting' AND member = coalesce(?, member) ORDER BY id`,
  );
  const end = prepare<[string, number | null, number]>(
    db,
    `UPDATE whispers SET status = ?, heard_round = ? WHERE id = ? AND status = 'waiting'`,
  );
  const rename = prepare<[string, string]>(db, `UPDATE whispers SET member = ? WHERE member = ?`);
  return {
    addWhisper: ({ poolId, member, trader, text, names, tone }) =>
      Number(insert.run(poolId, member, trader, text, names, tone).lastInsertRowid),
    whisper: (id) => one.get(id) ?? null,
    whispers: (poolId) => all.all(poolId),
    waitingWhispers: (member) => waiting.all(member),
    endWhisper(id, status, heardRound) {
      if (end.run(status, heardRound, id).changes !== 1) throw new Error(`whisper ${id} has ended already`);
    },
    forget: (member, former) => rename.run(former, member).changes > 0,
  };
}
