import type { KeyValues } from '#show/ports/key-values.ts';
import { reporting, type Db } from './database.ts';
import { prepare } from './statements.ts';

export function keyValues(db: Db, file: string): KeyValues {
  const get = prepare<[string], string>(db, `SELECT value FROM key_values WHERE name = ?`).pluck();
  const set = prepare<[string, string]>(
    db,
    `INSERT INTO key_values (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  const remove = prepare<[string]>(db, `DELETE FROM key_values WHERE name = ?`);
  return reporting<KeyValues>(file, {
    get: (name) => get.get(name) ?? null,
    set(name, value) {
      set.run(name, value);
    },
    delete(name) {
      remove.run(name);
    },
  });
}
