/** Totals that outlive the rows they count. */
import type { Db } from './database.ts';
import { prepare } from './statements.ts';

export interface Counters {
  add(name: string, by: number): void;
  get(name: string): number;
  /** By name without the prefix. */
  withPrefix(prefix: string): Record<string, number>;
}

export function counters(db: Db): Counters {
  const add = prepare<[string, number]>(
    db,
    `INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value`,
  );
  const get = prepare<[string], number>(db, `SELECT value FROM counters WHERE name = ?`).pluck();
  const starting = prepare<[string, string], { name: string; value: number }>(
    db,
    `SELECT name, value FROM counters WHERE substr(name, 1, length(?)) = ? ORDER BY name`,
  );
  return {
    add(name, by) {
      add.run(name, by);
    },
    get: (name) => get.get(name) ?? 0,
    withPrefix: (prefix) =>
      Object.fromEntries(
        starting.all(prefix, prefix).map(({ name, value }) => [name.slice(prefix.length), value]),
      ),
  };
}
