import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '#store/database.ts';
import { prepare } from '#store/statements.ts';
import { openStore } from '#store/store.ts';
import { scratch } from './little-show.ts';

test('SQL is compiled when it is first run, and once', (t) => {
  const db = openDatabase(join(scratch(t), 'show.sqlite'), undefined);
  t.after(() => db.close());
  const compile = t.mock.method(db, 'prepare');
  const value = prepare<[string], string>(db, 'SELECT value FROM key_values WHERE name = ?').pluck();
  const names = prepare<[], { name: string }>(db, 'SELECT name FROM key_values ORDER BY name');
  const write = prepare<[string, string]>(db, 'INSERT INTO key_values (name, value) VALUES (?, ?)');
  assert.equal(compile.mock.callCount(), 0);

  assert.equal(write.run('b', 'two').changes, 1);
  assert.equal(write.run('a', 'one').changes, 1);
  assert.equal(value.get('a'), 'one');
  assert.equal(value.get('c'), undefined);
  assert.deepEqual(names.all(), [{ name: 'a' }, { name: 'b' }]);
  assert.equal(compile.mock.callCount(), 3);
});

test('SQL that is wrong says so where it is run', (t) => {
  const db = openDatabase(join(scratch(t), 'show.sqlite'), undefined);
  t.after(() => db.close());
  const wrong = prepare<[]>(db, 'SELECT a FROM nowhere');
  assert.throws(() => wrong.all(), /no such table: nowhere/);
});

test('a show with a tiny page cache stores and reads a round that is larger than it', (t) => {
  const store = openStore(join(scratch(t), 'show.sqlite'));
  t.after(() => store.close());
  const long = 'x'.repeat(300_000);
  store.show.atomically(() => {
    for (const name of ['a', 'b', 'c']) store.keyValues.set(name, `${name}${long}`);
  });
  for (const name of ['a', 'b', 'c']) assert.equal(store.keyValues.get(name), `${name}${long}`);
  assert.throws(
    () =>
      store.show.atomically(() => {
        store.keyValues.set('a', `gone${long}`);
        throw new Error('the round failed');
      }),
    /the round failed/,
  );
  assert.equal(store.keyValues.get('a'), `a${long}`);
});
