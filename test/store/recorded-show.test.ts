import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { openStore, readShow } from '#store/store.ts';
import { LittleShow, scratch } from './little-show.ts';

test('a show is read while it runs, as it stood when the reading began', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const store = openStore(file);
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(3);

  const recorded = readShow(file);
  t.after(() => recorded.close());
  assert.equal(recorded.show.roundHashes().length, 3);
  show.playRounds(2);
  assert.equal(recorded.show.roundHashes().length, 3, 'what was written since is not in it');
  const actions = [...recorded.show.recording().entries];
  assert.equal(actions.at(-1)?.round, 3);

  const later = readShow(file);
  assert.deepEqual(later.show.roundHashes(), store.show.roundHashes());
  later.close();
});

test('reading leaves a post that is being sent as it is, and writes nothing', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const store = openStore(file);
  t.after(() => store.close());
  LittleShow.found(store.show).playRounds(1);
  const [row] = store.outbox.waiting('tape', 1);
  assert.ok(row);
  store.outbox.sending([row.id]);
  const before = readFileSync(file);
  const recorded = readShow(file);
  assert.equal(recorded.show.load()?.snapshot.round, 1);
  recorded.close();
  assert.deepEqual(readFileSync(file), before);
  store.outbox.sent([row.id], '1');
  assert.deepEqual(store.outbox.unknown('tape'), []);
});

const asRoot = process.getuid?.() === 0 ? 'root may write everywhere' : false;
test('a show in a folder that is read-only is read', { skip: asRoot }, (t) => {
  const folder = scratch(t);
  const file = join(folder, 'show.sqlite');
  const store = openStore(file);
  LittleShow.found(store.show).playRounds(2);
  store.close();
  chmodSync(file, 0o400);
  chmodSync(folder, 0o500);
  t.after(() => chmodSync(folder, 0o700));
  const there = readdirSync(folder);
  const recorded = readShow(file);
  assert.equal(recorded.show.roundHashes().length, 2);
  recorded.close();
  assert.deepEqual(readdirSync(folder), there);
});

test('a show that is not there is not made by reading it', (t) => {
  const file = join(scratch(t), 'nothing', 'show.sqlite');
  assert.throws(() => readShow(file), { name: 'StoreError' });
  assert.equal(existsSync(dirname(file)), false);
  const empty = join(scratch(t), 'show.sqlite');
  openStore(empty).close();
  const { size } = statSync(empty);
  const recorded = readShow(empty);
  assert.equal(recorded.show.load(), null);
  recorded.close();
  assert.equal(statSync(empty).size, size);
});
