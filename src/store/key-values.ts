import type { KeyValues } from '#show/ports/key-values.ts';
import { reporting, type Db } from './database.ts';
import { prepare } from './statements.ts';

export function keyValues(db: Db, file: string): KeyValues {
  const get = prepare<[string], string>(db, `SELECT value FROM notes WHERE name = ?`).pluck();
  const set = prepare<[string, string]>(
    db,
    `INSERT INTO notes (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  const remove = prepare<[string]>(db, `DELETE FROM notes WHERE name = ?`);
  const entries = prepare<[string, string], { name: string; value: string }>(
    db,
    `SELECT name, value FROM notes WHERE substr(name, 1, length(?)) = ? ORDER BY name`,
  );
  return reporting<KeyValues>(file, {
    get: (name) => get.get(name) ?? null,
    set(name, value) {
      set.run(name, value);
    },
    delete(name) {
      remove.run(name);
    },
    entries: (prefix) => entries.all(prefix, prefix),
  });
}
