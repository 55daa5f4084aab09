import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import type { OutboxRow } from '#show/ports/outbox.ts';
import { restoreShow } from '#app/upkeep/restoring.ts';
import { copyShow, handOver } from '#store/backup.ts';
import { openStore } from '#store/store.ts';
import { launch } from '#test/support/process.ts';
import { content } from '#test/support/floor.ts';
import { dueRows } from '#test/support/outbox.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { theatre } from '#test/support/theatre.ts';

const spokenIn = (rows: readonly OutboxRow[]): OutboxRow[] =>
  rows.filter(({ post }) => post.kind === 'event' && post.event.type === 'spoke');

const RULES = { intermissionRounds: 1, episodeRounds: 4 };

test('in mid-season a show goes back to its backup, and plans nothing again that may stand in Discord', async (t) => {
  const first = theatre(t, { onDisk: true, rules: RULES });
  await first.play(5);
  const { file } = first.store;
  const backup = path.join(temporaryFolder(t), 'monday.sqlite');
  await copyShow(file, backup);
  await first.play(3);
  // All of it may have been shown after the backup was made.
  assert.ok(spokenIn(dueRows(first.store.outbox)).length > 0);
  first.store.close();

  const restored = restoreShow(backup, file, content, new Date());
  assert.equal(restored.backupRound, 5);
  assert.equal(restored.formerRound, 8);
  assert.ok(restored.dropped > 0);
  const again = first.restart();
  const waits = dueRows(again.store.outbox).map(({ post }) => post.kind);
  assert.ok(
    waits.every((kind) => kind === 'poolOpened' || kind === 'poolClosed'),
    waits.join(', '),
  );
  await again.play(4);
  const said = spokenIn(dueRows(again.store.outbox));
  assert.ok(said.length > 0, 'the show goes on');
  assert.ok(
    said.every(({ round }) => round > 8),
    'with no line of a round that was played before',
  );
  assert.equal(again.show.audience.ledgerSum(), 0);
});

test('a show is copied while it is on, taken to another folder, and goes on there; what it replaces is kept', async (t) => {
  const here = theatre(t, { onDisk: true, rules: RULES });
  await here.play(6);
  const there = temporaryFolder(t);
  const backup = path.join(there, 'show.monday.sqlite');
  const folder = path.dirname(here.store.file);
  const copied = launch(t, 'src/tools/backup.ts', ['show', '--data-dir', folder, '--to', backup], {});
  assert.equal((await copied.ended).code, 0, copied.err);
  assert.equal(statSync(backup).mode & 0o777, 0o600, 'for its owner only');
  await here.play(2);

  const first = launch(t, 'src/tools/restore.ts', [backup, '--data-dir', there], {});
  assert.equal((await first.ended).code, 0, first.err);
  assert.match(first.out, /as it was at the end of round 6[^]*No round is lost/u);

  const held = launch(t, 'src/tools/restore.ts', [backup, '--data-dir', folder], {});
  assert.equal((await held.ended).code, 4);
  assert.match(held.err, /already running in another process/u);
  here.store.close();
  const back = launch(t, 'src/tools/restore.ts', [backup, '--data-dir', folder], {});
  assert.equal((await back.ended).code, 0, back.err);
  assert.match(back.out, /Lost: rounds 7 to 8[^]*The former show is kept as .*before-/u);
  const again = here.restart();
  await again.play(1);
  assert.ok(again.show.state.round > 8, 'a round that was lost is not played again under its number');
  const replayed = launch(t, 'src/tools/replay.ts', ['show', '--data-dir', folder], {});
  assert.equal((await replayed.ended).code, 0, replayed.err);
  assert.match(replayed.out, /6 earlier rounds are not compared: this recording begins after round 9,/u);
  assert.match(replayed.out, /1 rounds the same, 0 different/u);
});

test('a backup names nobody again who deleted their data since, but who has chips on a pool that is shut in it', async (t) => {
  const GONE = '200000000000000001';
  const STAYS = '200000000000000002';
  const first = theatre(t, { onDisk: true, started: true, rules: RULES });
  const { show, store } = first;
  const copy = async (name: string): Promise<string> => {
    const to = path.join(temporaryFolder(t), name);
    await copyShow(store.file, to);
    return to;
  };
  while (show.audience.pool()?.status !== 'open') await first.play(1);
  for (const member of [GONE, STAYS]) assert.ok(show.audience.stake(member, 'alice', 50).ok);
  const open = await copy('open.sqlite');
  while (show.audience.pool()?.status === 'open') await first.play(1);
  const shut = await copy('shut.sqlite');
  while (show.audience.stakeOf(GONE) !== null) await first.play(1);
  assert.ok(show.forget(GONE).ok);
  const { file } = store;
  store.close();

  const names = (member: string): boolean => readFileSync(file).includes(member);
  assert.deepEqual([names(GONE), names(STAYS)], [false, true], 'not even in the free space of the file');
  const toShut = restoreShow(shut, file, content, new Date());
  assert.deepEqual([toShut.forgotten, toShut.stillNamed, names(GONE)], [0, 1, true]);
  // The show that was deleted from is the one that was kept.
  copyFileSync(toShut.kept ?? '', file);
  const toOpen = restoreShow(open, file, content, new Date());
  assert.deepEqual([toOpen.forgotten, toOpen.stillNamed], [1, 0]);
  assert.deepEqual([names(GONE), names(STAYS)], [false, true]);
  const again = first.restart();
  assert.equal(again.show.audience.ledgerSum(), 0);
  assert.equal(again.show.audience.stakeOf(STAYS)?.chips, 50, 'whoever stays has the stake of that time');
  assert.equal(again.show.audience.wallet(GONE).chips, 0, 'and nobody is welcomed twice');
});

test('what is no sound backup changes nothing, and the line names it', async (t) => {
  const show = theatre(t, { onDisk: true, rules: RULES });
  await show.play(2);
  const { file } = show.store;
  const folder = path.dirname(file);
  const damaged = path.join(folder, 'show.damaged.sqlite');
  await copyShow(file, damaged);
  const garbled = path.join(folder, 'show.garbled.sqlite');
  await copyShow(file, garbled);
  for (const [copy, change] of [
    [damaged, `UPDATE snapshots SET state = '{"round":'`],
    [garbled, `UPDATE outbox SET post = '{"kind":'`],
  ] as const) {
    const db = new Database(copy);
    assert.ok(db.prepare(change).run().changes > 0);
    db.close();
  }
  show.store.close();
  const diary = path.join(folder, 'show.diary.sqlite');
  writeFileSync(diary, 'Dear diary, today the market fell. '.repeat(100));
  const nothing = path.join(folder, 'show.nothing.sqlite');
  writeFileSync(nothing, '');
  // Reading a show may leave the two files by which SQLite's readers share it.
  const filesThere = (): string[] => readdirSync(folder).filter((name) => !/-(?:wal|shm)$/.test(name));
  const before = { bytes: readFileSync(file), files: filesThere() };
  for (const [backup, why] of [
    [diary, 'it is damaged, or no database'],
    [damaged, 'it is damaged, or no database'],
    [garbled, 'it is damaged, or no database'],
    [nothing, 'it is empty'],
    [folder, 'it cannot be read'],
  ] as const) {
    const tool = launch(t, 'src/tools/restore.ts', [backup, '--show', 'show', '--data-dir', folder], {});
    assert.equal((await tool.ended).code, 2, backup);
    assert.equal(
      tool.err,
      `${backup} cannot be restored: ${why}. Nothing was changed; name another backup.\n`,
    );
    assert.deepEqual(readFileSync(file), before.bytes);
    assert.deepEqual(filesThere(), before.files);
  }
  assert.equal(show.restart().show.state.round, 2);
});

test('a show is named as npm start would name it, and never a path', async (t) => {
  const show = theatre(t, { onDisk: true, rules: RULES });
  await show.play(1);
  const { file } = show.store;
  show.store.close();
  const folder = path.dirname(file);
  for (const [tool, words] of [
    ['restore', [file, '--show', '../x', '--data-dir', folder]],
    ['restore', [file, '--show', 'a b', '--data-dir', folder]],
    ['backup', [`../${path.basename(folder)}/show`, '--data-dir', folder]],
  ] as const) {
    const refused = launch(t, `src/tools/${tool}.ts`, [...words], {});
    assert.equal((await refused.ended).code, 2);
    assert.match(refused.err, /^a show cannot be called "[^\n]* \(letters, digits, dashes, at most 40\)\n$/u);
  }
});

test('a show that moves to another machine loses no post that waited, plays the same round next, and no longer plays here', async (t) => {
  const here = theatre(t, { onDisk: true, rules: RULES });
  await here.play(6);
  const waited = dueRows(here.store.outbox).length;
  const { state } = here.show;
  const folder = path.dirname(here.store.file);
  const there = temporaryFolder(t);
  const copy = path.join(there, 'show.carried.sqlite');
  const words = ['show', '--hand-over', '--data-dir', folder, '--to', copy];
  const early = launch(t, 'src/tools/backup.ts', words, {});
  assert.equal((await early.ended).code, 4, 'it is on');
  here.store.close();
  const carried = launch(t, 'src/tools/backup.ts', words, {});
  assert.equal((await carried.ended).code, 0, carried.err);
  assert.throws(
    () => openStore(here.store.file),
    /was handed over and plays on another machine; here it is only kept/u,
  );
  const twice = launch(t, 'src/tools/backup.ts', words, {});
  assert.equal((await twice.ended).code, 2);
  assert.match(twice.err, /^The show of [^\n]* was handed over[^\n]*\n$/u);

  const restored = launch(t, 'src/tools/restore.ts', [copy, '--data-dir', there], {});
  assert.equal((await restored.ended).code, 0, restored.err);
  assert.match(restored.out, /handed over after round 6, and goes on exactly there/u);
  const store = openStore(path.join(there, 'show.sqlite'));
  t.after(() => store.close());
  assert.equal(dueRows(store.outbox).length, waited);
  assert.equal(store.show.load()?.snapshot.round, state.round);
});

test('a show that came back from another machine plays here: if its file is lost then, nothing sends anybody to that machine', async (t) => {
  const here = theatre(t, { onDisk: true, rules: RULES });
  await here.play(3);
  const { file } = here.store;
  here.store.close();
  const away = path.join(temporaryFolder(t), 'show.sqlite');
  const copy = path.join(path.dirname(away), 'show.carried.sqlite');
  const lose = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  };

  await handOver(file, copy, '2026-03-02T1200');
  assert.throws(() => openStore(file), /handed over and plays on another machine/u);
  restoreShow(copy, away, content, new Date());
  const back = `${away}.back`;
  await handOver(away, back, '2026-03-02T1300');
  const { kept, handedOver } = restoreShow(back, file, content, new Date());
  assert.ok(handedOver);
  assert.equal(kept, `${file}.returned-2026-03-02T1200`);
  lose();
  assert.throws(
    () => openStore(file),
    /is missing, though a show was kept in it[^\n]*a backup, back in its place/u,
  );

  // Or somebody puts it back by hand, as the message says.
  copyFileSync(back, file);
  await handOver(file, `${back}.again`, '2026-03-02T1400');
  copyFileSync(back, file);
  openStore(file).close();
  lose();
  assert.throws(() => openStore(file), /is missing, though a show was kept in it/u);
});

test('a backup says how it is restored: where it was copied from, once the show is stopped, and typed as it stands it works', async (t) => {
  const at = theatre(t, { onDisk: true, rules: RULES });
  await at.play(2);
  const folder = path.dirname(at.store.file);
  const copyAs = async (to: string, env: Record<string, string>, ...words: string[]): Promise<string> => {
    const copied = launch(t, 'src/tools/backup.ts', ['show', '--to', path.join(folder, to), ...words], env);
    assert.equal((await copied.ended).code, 0, copied.err);
    return (
      /; once the show is stopped, npm run restore -- (.+) brings it back\.\n$/u.exec(copied.out)?.[1] ?? ''
    );
  };
  const here = (name: string): string => path.join(folder, name);
  assert.equal(
    await copyAs('show.monday.sqlite', { DATA_DIR: folder }),
    here('show.monday.sqlite'),
    'the restore reads the same variable',
  );
  assert.equal(
    await copyAs('show.my copy.sqlite', { DATA_DIR: folder }),
    `"${here('show.my copy.sqlite')}"`,
    'a shell takes it for one word',
  );
  const typed = await copyAs('monday.sqlite', {}, '--data-dir', folder);
  assert.equal(typed, `${here('monday.sqlite')} --show show --data-dir ${folder}`);

  await at.play(1);
  at.store.close();
  const restored = launch(t, 'src/tools/restore.ts', typed.split(' '), {});
  assert.equal((await restored.ended).code, 0, restored.err);
  assert.ok(restored.out.startsWith(`${at.store.file} is as it was at the end of round 2.\n`), restored.out);
});

test('help is asked for, and is no mistake', async (t) => {
  for (const tool of ['backup', 'restore']) {
    const asked = launch(t, `src/tools/${tool}.ts`, ['--help'], {});
    assert.equal((await asked.ended).code, 0);
    assert.match(asked.out + asked.err, new RegExp(`usage: npm run ${tool} -- `, 'u'));
  }
});
