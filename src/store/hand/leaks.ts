import type { HandStore, Leak, Pledge } from '#show/ports/hand.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

type Table = Pick<
  HandStore,
  'leak' | 'leaks' | 'openLeaks' | 'saveLeak' | 'pledges' | 'openPledges' | 'setPledge' | 'forget'
>;

export function leakTable(db: Db): Table {
  const columns = `pool AS poolId, trader, round, status, told_round AS toldRound, told_room AS toldIn`;
  const one = prepare<[string, number], Leak>(
    db,
    `SELECT ${columns} FROM leaks WHERE trader = ? AND round = ?`,
  );
  const all = prepare<[string], Leak>(
    db,
    `SELECT ${columns} FROM leaks WHERE pool = ? ORDER BY round, trader`,
  );
  const open = prepare<[], Leak>(
    db,
    `SELECT ${columns} FROM leaks WHERE status = 'open' ORDER BY round, trader`,
  );
  const save = prepare<[string, string, number, string, number | null, string | null]>(
    db,
    `INSERT INTO leaks (pool, trader, round, status, told_round, told_room) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (trader, round) DO UPDATE SET pool = excluded.pool, status = excluded.status,
       told_round = excluded.told_round, told_room = excluded.told_room`,
  );
  const pledges = prepare<[string, number], Pledge>(
    db,
    `SELECT trader, round, member, chips FROM pledges WHERE trader = ? AND round = ? ORDER BY member`,
  );
  const openPledges = prepare<[string], Pledge>(
    db,
    `SELECT p.trader, p.round, p.member, p.chips FROM leaks l
     JOIN pledges p ON p.trader = l.trader AND p.round = l.round
     WHERE l.status = 'open' AND p.member = ? AND p.chips > 0`,
  );
  const pledge = prepare<[string, number, string, number]>(
    db,
    `INSERT INTO pledges (trader, round, member, chips) VALUES (?, ?, ?, ?)
     ON CONFLICT (trader, round, member) DO UPDATE SET chips = excluded.chips`,
  );
  const rename = prepare<[string, string]>(db, `UPDATE pledges SET member = ? WHERE member = ?`);
  return {
    leak: (trader, round) => one.get(trader, round) ?? null,
    leaks: (poolId) => all.all(poolId),
    openLeaks: () => open.all(),
    saveLeak({ poolId, trader, round, status, toldRound, toldIn }) {
      save.run(poolId, trader, round, status, toldRound, toldIn);
    },
    pledges: (trader, round) => pledges.all(trader, round),
    openPledges: (member) => openPledges.all(member),
    setPledge({ trader, round, member, chips }) {
      pledge.run(trader, round, member, chips);
    },
    forget: (member, former) => rename.run(former, member).changes > 0,
  };
}
