import type { HandStore } from '#show/ports/hand.ts';
import type { Recap } from '#show/ports/hand-views.ts';
import { parseJson, type Db } from '../database.ts';
import { prepare } from '../statements.ts';

export function recapTable(db: Db, file: string): Pick<HandStore, 'saveRecap' | 'recap'> {
  const save = prepare<[number, number, string]>(
    db,
    `INSERT INTO recaps (season, episode, recap) VALUES (?, ?, ?)
     ON CONFLICT (season, episode) DO UPDATE SET recap = excluded.recap`,
  );
  const one = prepare<[number, number | null, number, number | null], string>(
    db,
    `SELECT recap FROM recaps WHERE season <= ? AND (? IS NULL OR (season = ? AND episode = ?))
     ORDER BY season DESC, episode DESC LIMIT 1`,
  ).pluck();
  return {
    saveRecap(recap) {
      save.run(recap.closed.season, recap.closed.episode, JSON.stringify(recap));
    },
    recap(season, episode) {
      const stored = one.get(season, episode, season, episode);
      return stored === undefined ? null : (parseJson(file, 'a recap', stored) as Recap);
    },
  };
}
