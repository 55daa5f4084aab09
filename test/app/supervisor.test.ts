import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import type { Log } from '#show/ports/ports.ts';
import { WEEKDAYS } from '#show/schedule/settings.ts';
import { Company, type CompanyParts } from '#app/supervisor.ts';
import { readSettings } from '#app/settings.ts';
import { openProduction, type Production } from '#app/open-show.ts';
import { StoreError } from '#store/store.ts';
import { setClock, type SetClock } from '#test/support/clock.ts';
import { content } from '#test/support/floor.ts';
import { temporaryFolder } from '#test/support/house.ts';
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
function companyIn(t: TestContext, folder: string, parts: Partial<CompanyParts> = {}) {
  const read = readSettings(
    ['--pace', String(PACE_MS / 1_000), '--episode-rounds', '2', '--picture-every', '0'],
    {},
  );
  assert.ok(read.ok === true);
  const { settings } = read;
  const clock = setClock('2026-07-01T12:00Z');
  const log = notebook();
  const attached = new Set<string>();
  const open = (guildId: string): Production =>
    openProduction({
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
  const company = new Company({
    open,
    stage: {
      attach: async (guildId) => void attached.add(guildId),
      detach: async (guildId) => void attached.delete(guildId),
    },
    clock,
    log,
    ...parts,
  });
  t.after(() => company.close());
  return { company, clock, log, attached, open };
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
  const { company, clock, log, attached } = companyIn(t, folder);
  const opened = await Promise.all(ids.map((id) => company.enter(id)));
  assert.equal(opened.filter((trouble) => trouble !== null).length, 1);
  assert.ok(opened[7] instanceof StoreError && opened[7].code === 'corrupt');
  assert.equal(company.productions().length, 19);
  assert.equal(attached.size, 19);

  for (const { show } of company.productions()) assert.ok(show.start('p').ok);
  await pass(clock, () => company.productions().every(({ store }) => store.show.counts().rounds >= 2));
  assert.deepEqual(
    log.lines.map(({ level, guild }) => [level, guild]),
    [['error', broken]],
  );
  await company.close();
  assert.equal(attached.size, 0);
});

test('trouble is told once and tried again ever more slowly', async (t) => {
  const [id = ''] = guildIds(1);
  const tries: number[] = [];
  let diskIsFull = true;
  const healthy = companyIn(t, temporaryFolder(t));
  const { clock } = healthy;
  const { company, log } = companyIn(t, temporaryFolder(t), {
    clock,
    open: (guildId) => {
      tries.push(clock.nowMs());
      if (diskIsFull)
        throw new StoreError('full', 'x.sqlite', 'No room to write x.sqlite; nothing was stored.');
      return healthy.open(guildId);
    },
  });
  assert.ok((await company.enter(id)) instanceof StoreError);
  await pass(clock, () => tries.length === 5);
  const waits = tries.slice(1).map((atMs, i) => Math.round((atMs - (tries[i] ?? 0)) / 1_000));
  assert.deepEqual(waits, [5, 10, 20, 40]);
  assert.equal(log.lines.length, 1);
  diskIsFull = false;
  await pass(clock, () => log.lines.length === 2);
  assert.equal(log.lines[1]?.message, 'this show goes on again');
});

test('a show that breaks while it plays is opened again and goes on where it was; the other never stops', async (t) => {
  const { company, clock, log } = companyIn(t, temporaryFolder(t));
  const [id = '', other = ''] = guildIds(2);
  await Promise.all([company.enter(id), company.enter(other)]);
  const rounds = () => company.productions().map(({ store }) => store.show.counts().rounds);
  for (const { show } of company.productions()) assert.ok(show.start('p').ok);
  await pass(clock, () => rounds().every((count) => count >= 2));
  const [first] = company.productions();
  // As when a disk is pulled out: the next round cannot be stored.
  first?.store.close();
  await pass(clock, () => log.lines.length === 1);
  assert.deepEqual([log.lines[0]?.level, log.lines[0]?.guild], ['error', id]);
  await pass(clock, () => company.productions().length === 2 && rounds().every((count) => count >= 4));
  assert.notEqual(company.productions()[0], first);
  await pass(clock, () => log.lines.some(({ message }) => message === 'this show goes on again'));
});

test('rounds of many shows are spread over their time', async (t) => {
  const { company, clock } = companyIn(t, temporaryFolder(t));
  const ids = guildIds(8);
  await Promise.all(ids.map((id) => company.enter(id)));
  const openedMs: number[] = [];
  for (const { show } of company.productions()) {
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
  const { company, clock } = companyIn(t, temporaryFolder(t));
  const ids = guildIds(6);
  await Promise.all(ids.map((id) => company.enter(id)));
  const shows = company.productions().map(({ show }) => show);
  for (const show of shows) {
    assert.ok(
      show.timetable.change({ mode: 'appointment', openings: [{ at: '20:00', days: [...WEEKDAYS] }] }, 'p')
        .ok,
    );
    assert.ok(show.start('p').ok);
  }
  await pass(clock, () => shows.every(({ timetable }) => !timetable.isOpen()));
  clock.set('2026-07-01T20:00Z');
  company.nudge();
  company.nudge();
  await pass(clock, () => shows.every(({ timetable }) => timetable.isOpen()));
  assert.deepEqual(new Set(shows.map(({ state }) => state.episode)), new Set([1]));
});

test('a guild that leaves frees its file; others stay; it may come back', async (t) => {
  const folder = temporaryFolder(t);
  const [id = '', other = ''] = guildIds(2);
  const { company } = companyIn(t, folder);
  await Promise.all([company.enter(id), company.enter(other), company.enter(id)]);
  await company.leave(id);
  assert.equal(company.productions().length, 1);
  assert.ok(existsSync(path.join(folder, `${id}.sqlite`)));
  const left = company.leave(other);
  await Promise.all([left, company.enter(other)]);
  assert.equal(company.has(other), true, 'thrown out and invited again in one breath');
  assert.equal(company.productions().length, 1);
  const { open } = companyIn(t, folder);
  open(id).close();
  assert.equal(await company.enter(id), null);
  assert.equal(company.productions().length, 2);
});
