import type { HandStore } from '#show/ports/hand.ts';
import type { Vote } from '#show/ports/hand-views.ts';
import { parseJson, type Db } from '../database.ts';
import { prepare } from '../statements.ts';

type Table = Pick<HandStore, 'openVote' | 'votes' | 'cast' | 'closeVote' | 'forget'>;

interface VoteRow {
  nth: number;
  question: string;
  won: string | null;
  countedRound: number | null;
  first: number;
  second: number;
}

const WON: Readonly<Record<string, Vote['won']>> = { first: 0, second: 1, tie: 'tie' };

export function voteTable(db: Db, file: string): Table {
  const open = prepare<[string, number, string]>(
    db,
    `INSERT INTO votes (pool, nth, question) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const all = prepare<[string], VoteRow>(
    db,
    `SELECT v.nth, v.question, v.won, v.counted_round AS countedRound, count(b.answer) FILTER (WHERE b.answer = 0) AS first,
            count(b.answer) FILTER (WHERE b.answer = 1) AS second
     FROM votes v LEFT JOIN ballots b ON b.pool = v.pool AND b.nth = v.nth
     WHERE v.pool = ? GROUP BY v.nth ORDER BY v.nth`,
  );
  const cast = prepare<[string, number, string, number]>(
    db,
    `INSERT INTO ballots (pool, nth, member, answer) VALUES (?, ?, ?, ?)
     ON CONFLICT (pool, nth, member) DO UPDATE SET answer = excluded.answer`,
  );
  const close = prepare<[string, number, string, number]>(
    db,
    `UPDATE votes SET won = ?, counted_round = ? WHERE pool = ? AND nth = ? AND won IS NULL`,
  );
  const rename = prepare<[string, string]>(db, `UPDATE ballots SET member = ? WHERE member = ?`);
  const drop = prepare<[string]>(db, `DELETE FROM ballots WHERE member = ?`);
  const takeBack = prepare<[string]>(
    db,
    `DELETE FROM ballots WHERE member = ? AND EXISTS
       (SELECT 1 FROM votes v WHERE v.pool = ballots.pool AND v.nth = ballots.nth AND v.won IS NULL)`,
  );
  return {
    openVote(poolId, nth, question) {
      open.run(poolId, nth, JSON.stringify(question));
    },
    votes: (poolId) =>
      all.all(poolId).map(({ nth, question, won, countedRound, first, second }) => ({
        poolId,
        nth,
        question: parseJson(file, `vote ${nth} of ${poolId}`, question) as Vote['question'],
        counts: [first, second],
        won: won === null ? null : (WON[won] ?? null),
        countedRound,
      })),
    cast(poolId, nth, member, answer) {
      cast.run(poolId, nth, member, answer);
    },
    closeVote(poolId, nth, won, round) {
      close.run(won === 'tie' ? 'tie' : won === 0 ? 'first' : 'second', round, poolId, nth);
    },
    // A vote that was counted stays counted, under no name; whoever never had an account leaves none to stand for it. What is
    // still to be counted is taken back: the member may vote again, and would count twice.
    forget(member, former) {
      const takenBack = takeBack.run(member).changes;
      const forgotten = former.includes(':') ? rename.run(former, member) : drop.run(member);
      return takenBack + forgotten.changes > 0;
    },
  };
}
