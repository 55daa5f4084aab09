import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { APPLICATION_ID, MIGRATIONS } from '#store/schema.ts';
import { openStore } from '#store/store.ts';
import { scratch } from './little-show.ts';

/** As shows of before had it: results and exclusions were notes. */
const BEFORE = 3;

test('results, payouts and exclusions that were notes are found in their tables', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const db = new Database(file);
  for (const step of MIGRATIONS.slice(0, BEFORE)) db.exec(step);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${BEFORE}`);
  const note = db.prepare('INSERT INTO notes (name, value) VALUES (?, ?)');
  const payouts = [
    { member: '12', chips: 80 },
    { member: '34', chips: 20 },
  ];
  const settled = { status: 'settled', winners: ['alice'], payouts, toJackpot: 1 } as const;
  const refunded = { status: 'refunded', because: 'nobody_staked' } as const;
  note.run('pool-result:s1e1', JSON.stringify(settled));
  note.run('pool-result:s1e2', JSON.stringify(refunded));
  note.run('excluded:s1e3:12', '1');
  note.run('channel:betting', '99');
  db.close();

  const store = openStore(file);
  t.after(() => store.close());
  assert.deepEqual(store.chips.result('s1e1'), settled);
  assert.deepEqual(store.chips.result('s1e2'), refunded);
  assert.equal(store.chips.result('s1e3'), null);
  assert.ok(store.chips.excluded('s1e3', '12'));
  assert.ok(!store.chips.excluded('s1e3', '34'));
  assert.deepEqual(store.keyValues.entries(''), [{ name: 'channel:betting', value: '99' }]);

  store.chips.transact((tx) => tx.forget('12'));
  assert.ok(!store.chips.excluded('s1e3', '12'));
});
