/** Turns as they were taken, thoughts included: for the board's /confess and for people who study a show. */
import type { Decision } from '#core/decision.ts';
import type { Fumble } from '#core/vocabulary.ts';
import type { ShowStore, TurnRecord } from '#show/ports/store.ts';
import { parseJson, type Db } from '../database.ts';
import { prepare } from '../statements.ts';

interface TurnRow extends Decision {
  round: number;
  trader: string;
  room: string;
  fumble: Fumble | null;
  refusals: string;
  raw: string;
  ms: number;
}

const COLUMNS = 'round, trader, room, thought, trade, size, speech, location, fumble, refusals, raw, ms';

export function turnReader(db: Db, file: string): Pick<ShowStore, 'turns' | 'turn'> {
  const newest = prepare<[string, number], TurnRow>(
    db,
    `SELECT ${COLUMNS} FROM turns WHERE trader = ? ORDER BY round DESC LIMIT ?`,
  );
  const one = prepare<[string, number], TurnRow>(
    db,
    `SELECT ${COLUMNS} FROM turns WHERE trader = ? AND round = ?`,
  );

  const recordOf = ({
    round,
    trader,
    room,
    fumble,
    refusals,
    raw,
    ms,
    ...decision
  }: TurnRow): TurnRecord => ({
    round,
    trader,
    room,
    decision,
    raw,
    fumble,
    refusals: parseJson(file, `the turn of ${trader} in round ${round}`, refusals) as string[],
    ms,
  });

  return {
    turns: (trader, limit) => newest.all(trader, limit).map(recordOf),
    turn(trader, round) {
      const row = one.get(trader, round);
      return row === undefined ? null : recordOf(row);
    },
  };
}
