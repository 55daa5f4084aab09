import assert from 'node:assert/strict';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import type { Log } from '#show/ports/clock.ts';
import { WEEKDAYS } from '#show/schedule/settings.ts';
import { ShowSupervisor, type SupervisorDeps } from '#app/supervisor.ts';
import { readSettings } from '#app/settings.ts';
import { openShow, type OpenShow } from '#app/open-show.ts';
import { StoreError } from '#store/store.ts';
import { setClock, type SetClock } from '#test/support/clock.ts';
import { content } from '#test/support/floor.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { silentLog } from '#test/support/theatre.ts';

const PACE_MS = 3_000;

const guildIds = (count: number) =>
  Array.from({ length: count }, (_, i) => String(100_000_000_000_000_000n + BigInt(i)));

/** What the operator reads. */
function notebook(): Log & { lines: { level: string; guild: string; message: string; error: string }[] } {
  const lines: { level: string; guild: string; message: string; error: string }[] = [];
  const write = (level: string) => (details: object, message: string) => {
    const { guild = '', error = '' } = details as { guild?: string; error?: string };
    lines.push({ level, guild, message, error });
  };
  return { ...silentLog, lines, warn: write('warn'), error: write('error') };
}

/** Shows on real databases, as on Discord but without a stage. */
function supervisorIn(t: TestContext, folder: string, deps: Partial<SupervisorDeps> = {}) {
  const read = readSettings(
    ['--pace', String(PACE_MS / 1_000), '--episode-rounds', '2', '--picture-every', '0'],
    {},
  );
  assert.ok(read.ok === true);
  const { settings } = read;
  const clock = setClock('2026-07-01T12:00Z');
  const log = notebook();
  const attached = new Set<string>();
  const open = (guildId: string): OpenShow =>
    openShow({
      file: path.join(folder, `${guildId}.sqlite`),
      settings,
      intermissionSeconds: 3,
      season: { days: null, episodes: null },
      content,
      brainFor: (seed) => createScriptedBrain({ cast: content.cast, seed }),
      models: null,
      clock,
      log: silentLog,
      blocks: () => false,
    });
  const supervisor = new ShowSupervisor({
    open,
    stage: {
      attach: async (guildId) => void attached.add(guildId),
      detach: async (guildId) => void attached.delete(guildId),
    },
    clock,
    log,
    ...deps,
  });
  t.after(() => supervisor.close());
  return { supervisor, clock, log, attached, open };
}

/** Lets time pass, a tenth of a second at a time, until something is so. */
async function pass(clock: SetClock, what: () => boolean): Promise<void> {
  for (let i = 0; !what(); i++) {
    assert.ok(i < 5_000, 'it takes too long');
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('twenty shows in one process, one of them broken: nineteen play, the operator reads of one', async (t) => {
  const folder = temporaryFolder(t);
  const ids = guildIds(20);
  const broken = ids[7] ?? '';
  writeFileSync(path.join(folder, `${broken}.sqlite`), 'no database, but long enough to look at '.repeat(50));
  const { supervisor, clock, log, attached } = supervisorIn(t, folder);
  const opened = await Promise.all(ids.map((id) => supervisor.add(id)));
  assert.equal(opened.filter((trouble) => trouble !== null).length, 1);
  assert.ok(opened[7] instanceof StoreError && opened[7].code === 'corrupt');
  assert.equal(supervisor.openShows().length, 19);
  assert.equal(attached.size, 19);

  for (const { show } of supervisor.openShows()) assert.ok(show.start('p').ok);
  await pass(clock, () => supervisor.openShows().every(({ store }) => store.show.counts().rounds >= 2));
  assert.deepEqual(
    log.lines.map(({ level, guild }) => [level, guild]),
    [['error', broken]],
  );
  await supervisor.close();
  assert.equal(attached.size, 0);
});

test('trouble is told once and tried again ever more slowly', async (t) => {
  const [id = ''] = guildIds(1);
  const tries: number[] = [];
  let diskIsFull = true;
  const healthy = supervisorIn(t, temporaryFolder(t));
  const { clock } = healthy;
  const { supervisor, log } = supervisorIn(t, temporaryFolder(t), {
    clock,
    open: (guildId) => {
      tries.push(clock.nowMs());
      if (diskIsFull)
        throw new StoreError('full', 'x.sqlite', 'No room to write x.sqlite; nothing was stored.');
      return healthy.open(guildId);
    },
  });
  assert.equal(supervisor.whyAway(id), null, 'no show was ever there');
  assert.ok((await supervisor.add(id)) instanceof StoreError);
  assert.deepEqual(supervisor.whyAway(id), {
    why: 'No room to write x.sqlite; nothing was stored.',
    retryAtMs: clock.nowMs() + 5_000,
  });
  await pass(clock, () => tries.length === 5);
  const waits = tries.slice(1).map((atMs, i) => Math.round((atMs - (tries[i] ?? 0)) / 1_000));
  assert.deepEqual(waits, [5, 10, 20, 40]);
  assert.equal(log.lines.length, 1);
  diskIsFull = false;
  await pass(clock, () => log.lines.length === 2);
  assert.equal(log.lines[1]?.message, 'this show goes on again');
});

test('a show whose server is back from an outage of Discord does not wait for its next try', async (t) => {
  const [id = ''] = guildIds(1);
  let isAway = true;
  const tries: string[] = [];
  const { supervisor, attached } = supervisorIn(t, temporaryFolder(t), {
    stage: {
      attach: async (guildId) => {
        tries.push(guildId);
        if (isAway) throw new Error(`guild ${guildId} is away at Discord`);
        attached.add(guildId);
      },
      detach: async (guildId) => void attached.delete(guildId),
    },
  });
  await supervisor.add(id);
  while (tries.length === 0) await new Promise((resolve) => setImmediate(resolve));
  isAway = false;
  // Time stands still in this test: no wait is over.
  for (let looks = 0; !attached.has(id); looks++) {
    assert.ok(looks < 5_000, 'it waits');
    await supervisor.add(id);
    await new Promise((resolve) => setImmediate(resolve));
  }
});

test('a show that breaks while it plays is opened again and goes on where it was; the other never stops', async (t) => {
  const { supervisor, clock, log } = supervisorIn(t, temporaryFolder(t));
  const [id = '', other = ''] = guildIds(2);
  await Promise.all([supervisor.add(id), supervisor.add(other)]);
  const rounds = () => supervisor.openShows().map(({ store }) => store.show.counts().rounds);
  for (const { show } of supervisor.openShows()) assert.ok(show.start('p').ok);
  await pass(clock, () => rounds().every((count) => count >= 2));
  const [first] = supervisor.openShows();
  // As when a disk is pulled out: the next round cannot be stored.
  first?.store.close();
  await pass(clock, () => log.lines.length === 1);
  assert.deepEqual([log.lines[0]?.level, log.lines[0]?.guild], ['error', id]);
  await pass(clock, () => supervisor.openShows().length === 2 && rounds().every((count) => count >= 4));
  assert.notEqual(supervisor.openShows()[0], first);
  await pass(clock, () => log.lines.some(({ message }) => message === 'this show goes on again'));
});

test('rounds of many shows are spread over their time', async (t) => {
  const { supervisor, clock } = supervisorIn(t, temporaryFolder(t));
  const ids = guildIds(8);
  await Promise.all(ids.map((id) => supervisor.add(id)));
  const openedMs: number[] = [];
  for (const { show } of supervisor.openShows()) {
    assert.ok(show.start('p').ok);
    show.subscribe((news) => {
      if ('events' in news && news.events.some(({ type }) => type === 'roundOpened'))
        openedMs.push(clock.nowMs());
    });
  }
  await pass(clock, () => openedMs.length >= 8);
  const first = Math.min(...openedMs);
  const offsets = openedMs.slice(0, 8).map((atMs) => atMs - first);
  assert.ok(new Set(offsets).size >= 7, `at ${offsets.join(', ')} ms`);
  assert.ok(Math.max(...offsets) < PACE_MS);
});

test('openings of many shows are spread too, and each happens once', async (t) => {
  const { supervisor, clock } = supervisorIn(t, temporaryFolder(t));
  const ids = guildIds(6);
  await Promise.all(ids.map((id) => supervisor.add(id)));
  const shows = supervisor.openShows().map(({ show }) => show);
  for (const show of shows) {
    assert.ok(
      show.timetable.change({ mode: 'appointment', openings: [{ at: '20:00', days: [...WEEKDAYS] }] }, 'p')
        .ok,
    );
    assert.ok(show.start('p').ok);
  }
  await pass(clock, () => shows.every(({ timetable }) => !timetable.isOpen()));
  clock.set('2026-07-01T20:00Z');
  supervisor.minuteTick();
  supervisor.minuteTick();
  await pass(clock, () => shows.every(({ timetable }) => timetable.isOpen()));
  assert.deepEqual(new Set(shows.map(({ state }) => state.episode)), new Set([1]));
});

test('a guild that leaves frees its file; others stay; it may come back', async (t) => {
  const folder = temporaryFolder(t);
  const [id = '', other = ''] = guildIds(2);
  const { supervisor } = supervisorIn(t, folder);
  await Promise.all([supervisor.add(id), supervisor.add(other), supervisor.add(id)]);
  await supervisor.remove(id);
  assert.equal(supervisor.openShows().length, 1);
  assert.ok(existsSync(path.join(folder, `${id}.sqlite`)));
  const left = supervisor.remove(other);
  await Promise.all([left, supervisor.add(other)]);
  assert.equal(supervisor.has(other), true, 'thrown out and invited again in one breath');
  assert.equal(supervisor.openShows().length, 1);
  const { open } = supervisorIn(t, folder);
  open(id).close();
  assert.equal(await supervisor.add(id), null);
  assert.equal(supervisor.openShows().length, 2);
});

test('a show whose database is lost ends, and is not begun anew until the file, or a backup, is back', async (t) => {
  const [id = '', other = ''] = guildIds(2);
  const folder = temporaryFolder(t);
  const { supervisor, clock, log } = supervisorIn(t, folder);
  for (const each of [id, other]) assert.equal(await supervisor.add(each), null);
  for (const { show } of supervisor.openShows()) assert.ok(show.start('p').ok);
  const file = path.join(folder, `${id}.sqlite`);
  renameSync(file, `${file}.elsewhere`);
  await pass(clock, () => log.lines.some(({ guild }) => guild === id));
  const [told] = log.lines;
  assert.match(told?.error ?? '', /moved or deleted while the show ran.*backup/);
  assert.ok(
    log.lines.every(({ guild }) => guild === id),
    'the other show goes on',
  );

  const lastMs = clock.nowMs();
  await pass(clock, () => clock.nowMs() - lastMs > 60_000);
  assert.equal(existsSync(file), false);
  assert.equal(supervisor.openShows().length, 1);
  renameSync(`${file}.elsewhere`, file);
  await pass(clock, () => supervisor.openShows().length === 2);
  assert.ok(supervisor.openShows().every(({ store }) => store.show.counts().rounds > 0));
});
