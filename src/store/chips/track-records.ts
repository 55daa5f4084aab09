/** How members' settled stakes went: sums that grow with each, so that no board has to read the whole history. */
import { tenthOf, type Calibration, type Judged, type TrackRecord } from '#core/betting/forecast.ts';
import type { ChipStore, RankedMember } from '#show/ports/chips.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

const COLUMNS =
  'forecasts, won, streak, best_streak AS bestStreak, brier_ppm AS brierPpm, even_ppm AS evenPpm';

export function trackRecordReads(db: Db): Pick<ChipStore, 'trackRecord' | 'ranking' | 'calibration'> {
  const record = prepare<[string], TrackRecord>(db, `SELECT ${COLUMNS} FROM track_records WHERE member = ?`);
  const ranking = prepare<[number, number], RankedMember>(
    db,
    `SELECT member, ${COLUMNS} FROM track_records WHERE forecasts >= ? AND member NOT GLOB 'former:*'
     ORDER BY CAST(brier_ppm AS REAL) / even_ppm, forecasts DESC, member LIMIT ?`,
  );
  const own = prepare<[string], Calibration>(
    db,
    `SELECT tenth, forecasts, won FROM calibration WHERE member = ? ORDER BY tenth`,
  );
  const all = prepare<[], Calibration>(
    db,
    `SELECT tenth, sum(forecasts) AS forecasts, sum(won) AS won FROM calibration GROUP BY tenth ORDER BY tenth`,
  );
  return {
    trackRecord: (member) => record.get(member) ?? null,
    ranking: (forecastsAtLeast, limit) => ranking.all(forecastsAtLeast, limit),
    calibration: (member) => (member === null ? all.all() : own.all(member)),
  };
}

export interface TrackRecordChanges {
  save: (judged: Judged, record: TrackRecord) => void;
  rename: (member: string, former: string) => void;
}

export function trackRecordChanges(db: Db): TrackRecordChanges {
  const save = prepare<[string, number, number, number, number, number, number]>(
    db,
    `INSERT INTO track_records (member, forecasts, won, streak, best_streak, brier_ppm, even_ppm) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (member) DO UPDATE SET forecasts = excluded.forecasts, won = excluded.won, streak = excluded.streak,
       best_streak = excluded.best_streak, brier_ppm = excluded.brier_ppm, even_ppm = excluded.even_ppm`,
  );
  const count = prepare<[string, number, number]>(
    db,
    `INSERT INTO calibration (member, tenth, forecasts, won) VALUES (?, ?, 1, ?)
     ON CONFLICT (member, tenth) DO UPDATE SET forecasts = forecasts + 1, won = won + excluded.won`,
  );
  const renames = ['track_records', 'calibration'].map((table) =>
    prepare<[string, string]>(db, `UPDATE ${table} SET member = ? WHERE member = ?`),
  );
  return {
    save({ member, won, sharePpm }, record) {
      const { forecasts, streak, bestStreak, brierPpm, evenPpm } = record;
      save.run(member, forecasts, record.won, streak, bestStreak, brierPpm, evenPpm);
      count.run(member, tenthOf(sharePpm), won ? 1 : 0);
    },
    rename(member, former) {
      for (const rename of renames) rename.run(former, member);
    },
  };
}
