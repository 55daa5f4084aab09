import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Departures, GRACE_DAYS } from '#app/departures.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const DAY_MS = 86_400_000;
const GUILD = '100000000000000001';
const OTHER = '100000000000000002';

function folderWithShows(folder: string): Departures {
  for (const each of ['backups', 'archives']) mkdirSync(path.join(folder, each));
  for (const guild of [GUILD, OTHER, 'backlot']) {
    for (const suffix of ['', '-wal', '-shm', '.lock'])
      writeFileSync(path.join(folder, `${guild}.sqlite${suffix}`), '');
    for (const kept of ['before-2026-06-01T120000', 'moved-2026-06-02T120000', 'returned-2026-06-03T120000'])
      writeFileSync(path.join(folder, `${guild}.sqlite.${kept}`), '');
    writeFileSync(path.join(folder, 'backups', `${guild}.2026-07-01.sqlite`), '');
    writeFileSync(path.join(folder, 'archives', `${guild}.season-1.jsonl.gz`), '');
  }
  return new Departures(folder);
}

test('a show is kept for thirty days after its server removed the bot, then all of it is deleted, and nothing else', (t) => {
  const folder = temporaryFolder(t);
  const departures = folderWithShows(folder);
  const leftMs = Date.parse('2026-07-01T12:00Z');
  departures.note(GUILD, leftMs);
  departures.note(GUILD, leftMs + 5 * DAY_MS);
  assert.equal(departures.deleteIfOverdue(GUILD, leftMs + GRACE_DAYS * DAY_MS - 1), false);
  assert.equal(departures.deleteIfOverdue(GUILD, leftMs + GRACE_DAYS * DAY_MS), true);
  assert.equal(departures.deleteIfOverdue(OTHER, leftMs + GRACE_DAYS * DAY_MS), false);
  assert.deepEqual(departures.guilds(), [OTHER], 'a show with another name is no guild');
  const left = readdirSync(folder, { recursive: true }).map(String);
  assert.equal(left.filter((file) => file.includes(GUILD)).length, 0);
  assert.equal(left.filter((file) => file.includes(OTHER)).length, 9);
  assert.equal(left.filter((file) => file.includes('backlot')).length, 9);
});

test('a server that comes back within the grace goes on; a later departure has a grace of its own', (t) => {
  const folder = temporaryFolder(t);
  const departures = folderWithShows(folder);
  const leftMs = Date.parse('2026-07-01T12:00Z');
  departures.note(GUILD, leftMs);
  departures.forget(GUILD);
  assert.equal(departures.deleteIfOverdue(GUILD, leftMs + 100 * DAY_MS), false);
  departures.note(GUILD, leftMs + 99 * DAY_MS);
  assert.equal(departures.deleteIfOverdue(GUILD, leftMs + 100 * DAY_MS), false);
});

test('a departure of a server without a show leaves nothing; a marker that says nothing deletes nothing', (t) => {
  const folder = temporaryFolder(t);
  const departures = new Departures(path.join(folder, 'none-yet'));
  departures.note(GUILD, 0);
  assert.equal(departures.deleteIfOverdue(GUILD, Number.MAX_SAFE_INTEGER), false);
  const shows = folderWithShows(folder);
  writeFileSync(path.join(folder, `${GUILD}.departed`), 'soon\n');
  assert.equal(shows.deleteIfOverdue(GUILD, Number.MAX_SAFE_INTEGER), false);
  assert.ok(existsSync(path.join(folder, `${GUILD}.sqlite`)));
});
