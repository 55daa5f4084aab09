import type { ChairRank, HandStore, HumanTurn, Seat } from '#show/ports/hand.ts';
import { parseJson, type Db } from '../database.ts';
import { prepare } from '../statements.ts';

type Table = Pick<
  HandStore,
  | 'seat'
  | 'seats'
  | 'lastJudged'
  | 'saveSeat'
  | 'chairRanking'
  | 'consent'
  | 'setConsent'
  | 'keepHumanTurn'
  | 'humanTurns'
  | 'forget'
>;

type HumanRow = Omit<HumanTurn, 'observation' | 'decision'> & { observation: string; decision: string };

export function seatTable(db: Db, file: string): Table {
  const columns = `pool AS poolId, trader, round, member, trade, size, location, own_cents AS ownCents, trader_cents AS traderCents`;
  const one = prepare<[string, string, number], Seat>(
    db,
    `SELECT ${columns} FROM seats WHERE member = ? AND trader = ? AND round = ?`,
  );
  const all = prepare<[string], Seat>(
    db,
    `SELECT ${columns} FROM seats WHERE pool = ? ORDER BY round, trader, member`,
  );
  const lastJudged = prepare<[string], Seat>(
    db,
    `SELECT ${columns} FROM seats WHERE member = ? AND own_cents IS NOT NULL ORDER BY round DESC LIMIT 1`,
  );
  const save = prepare(
    db,
    `INSERT INTO seats (pool, trader, round, member, trade, size, location, own_cents, trader_cents)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (member, round, trader) DO UPDATE SET trade = excluded.trade, size = excluded.size,
       location = excluded.location, own_cents = excluded.own_cents, trader_cents = excluded.trader_cents`,
  );
  const ranking = prepare<[number], ChairRank>(
    db,
    `SELECT member, count(*) AS sat, sum(own_cents > trader_cents) AS beat, sum(own_cents - trader_cents) AS aheadCents
     FROM seats WHERE own_cents IS NOT NULL GROUP BY member ORDER BY beat DESC, aheadCents DESC, member LIMIT ?`,
  );
  const consent = prepare<[string], number>(db, `SELECT agrees FROM chair_consents WHERE member = ?`).pluck();
  const setConsent = prepare<[string, number]>(
    db,
    `INSERT INTO chair_consents (member, agrees) VALUES (?, ?)
     ON CONFLICT (member) DO UPDATE SET agrees = excluded.agrees`,
  );
  const keep = prepare<[number, number, string, string, string, number]>(
    db,
    `INSERT INTO human_turns (season, round, trader, observation, decision, at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const drops = ['seats', 'chair_consents'].map((table) =>
    prepare<[string]>(db, `DELETE FROM ${table} WHERE member = ?`),
  );
  return {
    seat: (member, trader, round) => one.get(member, trader, round) ?? null,
    seats: (poolId) => all.all(poolId),
    lastJudged: (member) => lastJudged.get(member) ?? null,
    saveSeat({ poolId, trader, round, member, trade, size, location, ownCents, traderCents }) {
      save.run(poolId, trader, round, member, trade, size, location, ownCents, traderCents);
    },
    chairRanking: (limit) => ranking.all(limit),
    consent(member) {
      const agrees = consent.get(member);
      return agrees === undefined ? null : agrees === 1;
    },
    setConsent(member, agrees) {
      setConsent.run(member, agrees ? 1 : 0);
    },
    keepHumanTurn({ season, round, trader, observation, decision, atMs }) {
      keep.run(season, round, trader, JSON.stringify(observation), JSON.stringify(decision), atMs);
    },
    humanTurns: humanTurns(db, file),
    forget: (member) => drops.reduce((dropped, drop) => dropped + drop.run(member).changes, 0) > 0,
  };
}

/** Reads what members decided in the chair and let be kept, in the order in which they did. */
export function humanTurns(db: Db, file: string): () => HumanTurn[] {
  const human = prepare<[], HumanRow>(
    db,
    `SELECT season, round, trader, observation, decision, at_ms AS atMs FROM human_turns ORDER BY id`,
  );
  return () =>
    human.all().map((row) => ({
      ...row,
      observation: parseJson(file, 'a turn from the chair', row.observation) as HumanTurn['observation'],
      decision: parseJson(file, 'a turn from the chair', row.decision) as HumanTurn['decision'],
    }));
}
