import assert from 'node:assert/strict';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { backUpShow, keptOf } from '#app/upkeep/backups.ts';
import { readShow } from '#store/store.ts';
import { theatre } from '#test/support/theatre.ts';

const hour = (day: number, of: number): Date => new Date(Date.UTC(2026, 2, day, of, 41));
const nameOf = (at: Date): string => `show.${at.toISOString().slice(0, 13)}.sqlite`;

test('after ten days of backups there is one an hour for a day, and one a day for a week', () => {
  const now = hour(11, 12);
  const files = Array.from({ length: 10 * 24 }, (_, nth) =>
    nameOf(new Date(now.getTime() - nth * 3_600_000)),
  );
  const kept = keptOf('show', files, now);
  const hourly = files.slice(0, 24);
  assert.ok(hourly.every((file) => kept.has(file)));
  const older = [...kept].filter((file) => !hourly.includes(file));
  assert.deepEqual(
    older.toSorted(),
    [5, 6, 7, 8, 9].map((day) => nameOf(hour(day, 23))),
  );
});

test('other files are not touched: another show, a copy by hand, what an earlier version made counts as the backup of its day', () => {
  const files = [
    'show.2026-03-10.sqlite',
    'show.2026-01-01.sqlite',
    'show2.2020-01-01.sqlite',
    'show.before-lunch.sqlite',
  ];
  assert.deepEqual(
    [...keptOf('show', files, hour(10, 12))],
    ['show.2026-01-01.sqlite', 'show.2026-03-10.sqlite'],
  );
});

test('a show that plays is copied each hour, one that rests is not, and each copy is a sound show', async (t) => {
  const playing = theatre(t, { onDisk: true });
  const folder = path.join(path.dirname(playing.store.file), 'backups');
  await playing.play(2);
  await backUpShow(playing.store, hour(1, 8));
  await backUpShow(playing.store, hour(1, 9));
  assert.deepEqual(readdirSync(folder), ['show.2026-03-01T08.sqlite']);
  assert.equal(statSync(path.join(folder, 'show.2026-03-01T08.sqlite')).mode & 0o777, 0o600);
  // As if it had been made a moment earlier than what is played now.
  utimesSync(path.join(folder, 'show.2026-03-01T08.sqlite'), 1_000, 1_000);
  await playing.play(1);
  writeFileSync(path.join(folder, 'note.txt'), 'mine');
  await backUpShow(playing.store, hour(1, 10));
  assert.deepEqual(readdirSync(folder).toSorted(), [
    'note.txt',
    'show.2026-03-01T08.sqlite',
    'show.2026-03-01T10.sqlite',
  ]);
  const copy = readShow(path.join(folder, 'show.2026-03-01T10.sqlite'));
  t.after(() => copy.close());
  assert.equal(copy.show.roundHashes().at(-1)?.round, 3);
});
