import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { StoreError } from '#store/errors.ts';
import { openStore, type Store } from '#store/store.ts';
import { LittleShow, scratch } from './little-show.ts';

function failure(work: () => unknown): StoreError {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

function running(t: TestContext): { file: string; store: Store; show: LittleShow } {
  const file = join(scratch(t), 'show.sqlite');
  const store = openStore(file);
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(2);
  return { file, store, show };
}

/** One line that names the file and a cure. */
function assertLine(error: StoreError, code: string, file: string): void {
  assert.equal(error.code, code);
  assert.ok(!error.message.includes('\n'), error.message);
  assert.ok(error.message.includes(file), error.message);
  assert.match(error.message, /backup/);
}

const TAKEN_AWAY: Record<string, (file: string) => void> = {
  deleted: (file) => rmSync(file),
  'moved away': (file) => renameSync(file, `${file}.elsewhere`),
  emptied: (file) => truncateSync(file, 0),
  'put in the place of another': (file) => {
    copyFileSync(file, `${file}.copy`);
    renameSync(`${file}.copy`, file);
  },
  'left without its write-ahead log': (file) => rmSync(`${file}-wal`),
};

for (const [how, takeAway] of Object.entries(TAKEN_AWAY)) {
  test(`a database that is ${how} while its show runs ends the show within the round`, (t) => {
    const { file, show } = running(t);
    takeAway(file);
    assertLine(
      failure(() => show.playRound()),
      'vanished',
      file,
    );
  });
}

test('a show whose database is gone is not begun anew in silence', (t) => {
  const { file, store } = running(t);
  store.close();
  copyFileSync(file, `${file}.backup`);
  rmSync(file);
  const error = failure(() => openStore(file));
  assertLine(error, 'vanished', file);
  assert.equal(existsSync(file), false);

  copyFileSync(`${file}.backup`, file);
  const again = openStore(file);
  assert.equal(again.show.load()?.snapshot.round, 2, 'with its backup it goes on');
  again.close();

  rmSync(file);
  rmSync(`${file}.lock`);
  const anew = openStore(file);
  assert.equal(anew.show.load(), null, 'without a trace of it a new show may begin');
  anew.close();
});

test('an empty file is not overwritten', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  writeFileSync(file, '');
  assertLine(
    failure(() => openStore(file)),
    'empty',
    file,
  );
  assert.equal(readFileSync(file).length, 0);
});

for (const [what, sql] of [
  ['a database of another program', 'CREATE TABLE recipes (name TEXT)'],
  ['one that holds no table', 'PRAGMA user_version = 7'],
] as const) {
  test(`nor is ${what}`, (t) => {
    const file = join(scratch(t), 'show.sqlite');
    const other = new Database(file);
    other.exec(sql);
    other.close();
    const before = readFileSync(file);
    assert.equal(failure(() => openStore(file)).code, 'foreign');
    assert.deepEqual(readFileSync(file), before);
  });
}

test('a database that could not be finished leaves nothing in the show’s place', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  writeFileSync(`${file}.unfinished`, 'cut short');
  const store = openStore(file);
  t.after(() => store.close());
  assert.equal(existsSync(`${file}.unfinished`), false);
  assert.equal(store.show.load(), null);
});

const procfs = existsSync('/proc/self') ? false : 'no /proc here';
test('a folder that can be asked for but not made is refused at once', { skip: procfs }, () => {
  const error = failure(() => openStore('/proc/x/y/show.sqlite'));
  assert.equal(error.code, 'unwritable');
  assert.match(error.message, /DATA_DIR/);
});

const NONSENSE: Record<string, string> = {
  'no JSON': '{"version":1,',
  'a bare number': '7',
  'an empty object': '{}',
  'a state without traders': '{"version":1,"seed":7,"rules":{},"round":1,"season":1,"episode":0}',
};

for (const [what, state] of Object.entries(NONSENSE)) {
  test(`a snapshot that is ${what} is called damaged, in one line`, (t) => {
    const { file, store } = running(t);
    const hand = new Database(file);
    hand.prepare('UPDATE snapshots SET state = ?').run(state);
    hand.close();
    const error = failure(() => store.show.load());
    assertLine(error, 'corrupt', file);
    assert.match(error.message, /the snapshot at journal row \d+/);
  });
}

test('so is an action that no show knows, by its place', (t) => {
  const { file, store } = running(t);
  const hand = new Database(file);
  hand.exec(`UPDATE journal SET action = '{"type":"toString"}' WHERE seq = 1`);
  hand.close();
  const error = failure(() => [...store.show.recording().entries]);
  assertLine(error, 'corrupt', file);
  assert.match(error.message, /journal row 1 is no action of a show/);
});

test('damage of many findings is told in one line', (t) => {
  const { file, store, show } = running(t);
  show.playRounds(60);
  store.close();
  const bytes = readFileSync(file);
  for (let page = 3; page < 40; page += 2) bytes.fill(0, page * 4_096 + 8, page * 4_096 + 900);
  writeFileSync(file, bytes);
  assertLine(
    failure(() => openStore(file)),
    'corrupt',
    file,
  );
});
