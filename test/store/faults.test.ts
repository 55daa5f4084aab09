import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { MINT, transfer, walletOf } from '#core/betting/ledger.ts';
import { CACHE_KIB, migrate } from '#store/database.ts';
import { asStoreError, StoreError } from '#store/errors.ts';
import { MIGRATIONS } from '#store/schema.ts';
import { openStore } from '#store/store.ts';
import { hashOf, LittleShow, replay, scratch } from './little-show.ts';

const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** Starts the writer and waits for the first thing it says. */
async function startWriter(t: TestContext, file: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, said };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function failure(work: () => unknown): StoreError {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

test('killed in the middle of writing, a show loses nothing that it had stored', async (t) => {
  const file = join(scratch(t), 'show.sqlite');
  let rounds = 0;
  for (const afterMs of [40, 90, 150]) {
    const { child, said } = await startWriter(t, file);
    assert.equal(said, 'playing');
    await delay(afterMs);
    await kill(child);

    const store = openStore(file);
    const stored = store.show.roundHashes();
    assert.ok(stored.length > rounds, 'the show went on');
    rounds = stored.length;
    // The journal is a prefix of what was played: without a gap, and it leads to the very hashes that were stored.
    const { hashes, state } = replay(store.show);
    assert.deepEqual(new Map(stored.map(({ round, hash }) => [round, hash])), hashes);
    const seqs = [...store.show.recording().entries].map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      Array.from(seqs, (_, i) => i + 1),
    );
    assert.equal(hashOf(LittleShow.resume(store.show).state), hashOf(state));
    const reader = new Database(file, { readonly: true });
    assert.equal(reader.pragma('integrity_check', { simple: true }), 'ok');
    assert.deepEqual(reader.pragma('foreign_key_check'), []);
    reader.close();
    store.close();
  }
});

test('two processes do not write one show', async (t) => {
  const folder = scratch(t);
  const file = join(folder, 'show.sqlite');
  const { child, said } = await startWriter(t, file);
  assert.equal(said, 'playing');
  const error = failure(() => openStore(file));
  assert.equal(error.code, 'locked');
  assert.ok(error.message.includes(file) && error.message.includes('Stop that one'), error.message);
  symlinkSync(file, join(folder, 'other-name.sqlite'));
  assert.equal(failure(() => openStore(join(folder, 'other-name.sqlite'))).code, 'locked');

  await kill(child);
  const store = openStore(file);
  const second = await startWriter(t, file);
  assert.equal(second.said, 'locked');
  assert.equal(failure(() => openStore(file)).code, 'locked', 'nor does one process twice');
  store.close();
  openStore(file).close();
});

test('a show of a newer version is refused and left as it is', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const store = openStore(file);
  LittleShow.found(store.show);
  store.close();
  const hand = new Database(file);
  hand.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  hand.close();
  const before = readFileSync(file);
  const error = failure(() => openStore(file));
  assert.equal(error.code, 'newer');
  assert.match(error.message, /newer version .*Update the program/);
  assert.deepEqual(readFileSync(file), before);
});

test('a migration is done whole or not at all', () => {
  const db = new Database(':memory:');
  const steps = [
    'CREATE TABLE first (a)',
    'ALTER TABLE first ADD COLUMN b; CREATE TABLE second (a); CREATE TABLE second (a)',
  ];
  assert.throws(() => migrate(db, ':memory:', steps), /already exists/);
  assert.equal(db.pragma('user_version', { simple: true }), 1);
  assert.deepEqual(db.prepare('SELECT name FROM sqlite_schema').pluck().all(), ['first']);
  assert.equal(db.prepare('SELECT * FROM first').columns().length, 1);
  migrate(db, ':memory:', [steps[0] ?? '', 'CREATE TABLE second (a)']);
  assert.equal(db.pragma('user_version', { simple: true }), 2);
  db.close();
});

test('a file that is cut short, scribbled over or no database is called damaged', (t) => {
  const folder = scratch(t);
  const whole = join(folder, 'whole.sqlite');
  const store = openStore(whole);
  LittleShow.found(store.show).playRounds(30);
  store.close();
  const size = statSync(whole).size;

  const cut = join(folder, 'cut.sqlite');
  copyFileSync(whole, cut);
  truncateSync(cut, Math.floor(size / 2));
  const scribbled = join(folder, 'scribbled.sqlite');
  const bytes = readFileSync(whole);
  bytes.fill(0xa5, 8 * 4_096, 12 * 4_096);
  writeFileSync(scribbled, bytes);
  const text = join(folder, 'text.sqlite');
  writeFileSync(text, 'Dear diary, today the market fell. '.repeat(100));

  for (const file of [cut, scribbled, text]) {
    const error = failure(() => openStore(file));
    assert.equal(error.code, 'corrupt', file);
    assert.ok(
      error.message.includes(`${file} is damaged: `) && error.message.includes('backup'),
      error.message,
    );
    assert.equal(failure(() => openStore(file)).code, 'corrupt', 'and it does not stay locked');
  }
});

test('a stored state that is no longer JSON is called damaged, by its place', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const store = openStore(file);
  t.after(() => store.close());
  LittleShow.found(store.show);
  const hand = new Database(file);
  hand.exec(`UPDATE snapshots SET state = substr(state, 1, 50)`);
  hand.close();
  const error = failure(() => store.show.load());
  assert.equal(error.code, 'corrupt');
  assert.match(error.message, /the snapshot at journal row 0 is not JSON/);
});

test('a place that cannot be written is named', (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, 'file'), '');
  const inFile = failure(() => openStore(join(folder, 'file', 'show.sqlite')));
  assert.equal(inFile.code, 'unwritable');
  assert.match(inFile.message, /DATA_DIR/);
  mkdirSync(join(folder, 'show.sqlite'));
  assert.equal(failure(() => openStore(join(folder, 'show.sqlite'))).code, 'unwritable');
});

const asRoot = process.getuid?.() === 0 ? 'root may write everywhere' : false;
test('a folder without permission is named', { skip: asRoot }, (t) => {
  const folder = scratch(t);
  chmodSync(folder, 0o500);
  t.after(() => chmodSync(folder, 0o700));
  assert.equal(failure(() => openStore(join(folder, 'show.sqlite'))).code, 'unwritable');
});

test('what SQLite says of a full disk or a read-only file becomes one clear line', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const small = new Database(file);
  small.exec('CREATE TABLE t (a)');
  small.pragma('max_page_count = 3');
  const full = failure(() => {
    try {
      small.prepare('INSERT INTO t VALUES (zeroblob(100000))').run();
    } catch (error) {
      throw asStoreError(error, file);
    }
  });
  assert.equal(full.code, 'full');
  assert.match(full.message, /No room to write .*nothing was stored\. Free disk space/);
  small.close();

  const closed = new Database(file, { readonly: true });
  const readOnly = failure(() => {
    try {
      closed.exec('DELETE FROM t');
    } catch (error) {
      throw asStoreError(error, file);
    }
  });
  assert.equal(readOnly.code, 'unwritable');
  assert.ok(readOnly.message.includes(file));
  closed.close();
});

const noLimits = process.platform === 'win32' ? 'no ulimit' : false;
test('a disk that refuses in the middle leaves the last whole action', { skip: noLimits }, async (t) => {
  const folder = scratch(t);
  const file = join(folder, 'show.sqlite');
  // ulimit counts in 512 or 1024 bytes, by shell: either way the log hits the wall within some rounds.
  const child = spawn(
    'sh',
    ['-c', `ulimit -f 1400; exec "$0" "$@"`, process.execPath, WRITER, file, '2000'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  t.after(() => child.kill('SIGKILL'));
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) said.push(line);
  assert.deepEqual(said.slice(0, 2), ['playing', 'io']);
  assert.match(said[2] ?? '', /nothing was stored\. Check the disk/);

  const store = openStore(file);
  t.after(() => store.close());
  const stored = new Map(store.show.roundHashes().map(({ round, hash }) => [round, hash]));
  assert.ok(stored.size > 0);
  assert.deepEqual(replay(store.show).hashes, stored);
});

test('a backup of a running show is a show of its own', async (t) => {
  const folder = scratch(t);
  const store = openStore(join(folder, 'show.sqlite'));
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(20);
  store.chips.transact((tx) => tx.post(transfer(MINT, walletOf('ada'), 100, 'welcome', null, 1)));
  const to = join(folder, 'backups', 'monday.sqlite');
  const copying = store.backup(to);
  show.playRounds(5);
  await copying;
  assert.deepEqual(readdirSync(join(folder, 'backups')), ['monday.sqlite']);

  const copy = openStore(to);
  t.after(() => copy.close());
  const resumed = LittleShow.resume(copy.show);
  const { round } = resumed.state;
  assert.ok(round >= 20);
  assert.equal(hashOf(resumed.state), store.show.roundHashes()[round - 1]?.hash);
  assert.equal(copy.chips.balance(walletOf('ada')), 100);
  resumed.playRounds(2);
  const before = readFileSync(to);
  await assert.rejects(store.backup(to), { code: 'unwritable', message: /never overwrites/ });
  assert.deepEqual(readFileSync(to), before);
});

test('what is stored does not look undone because the room that it took could not be given back', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const store = openStore(file, {
    connect: (at, options) => {
      const db = new Database(at, options);
      const prepare = db.prepare.bind(db);
      db.prepare = ((sql: string) => {
        const statement = prepare(sql);
        if (sql === `PRAGMA cache_size = -${CACHE_KIB}`)
          statement.run = () => {
            throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_READ');
          };
        return statement;
      }) as typeof db.prepare;
      return db;
    },
  });
  t.after(() => store.close());
  store.show.atomically(() =>
    store.chips.transact((tx) => tx.post(transfer(MINT, walletOf('ann'), 5, 'welcome', null, 1))),
  );
  assert.equal(store.chips.balance(walletOf('ann')), 5);
});
