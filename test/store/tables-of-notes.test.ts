import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { APPLICATION_ID, MIGRATIONS } from '#store/schema.ts';
import { openStore, type Store } from '#store/store.ts';
import { scratch } from './little-show.ts';

test('results, payouts and exclusions that were notes are found in their tables', (t) => {
  const payouts = [
    { member: '12', chips: 80 },
    { member: '34', chips: 20 },
  ];
  const settled = { status: 'settled', winners: ['alice'], payouts, toJackpot: 1 } as const;
  const refunded = { status: 'refunded', because: 'nobody_staked' } as const;
  const store = openWithNotes(t, 3, {
    'pool-result:s1e1': JSON.stringify(settled),
    'pool-result:s1e2': JSON.stringify(refunded),
    'excluded:s1e1:12': '1',
    'excluded:s1e3:12': '1',
  });
  assert.deepEqual(store.chips.result('s1e1'), {
    ...settled,
    payouts: payouts.map((payout) => ({ ...payout, streak: 0, bound: payout.member === '12' })),
    toHouse: 0,
  });
  assert.deepEqual(store.chips.result('s1e2'), refunded);
  assert.equal(store.chips.result('s1e3'), null);
  assert.ok(store.chips.excluded('s1e3', '12'));
  assert.ok(!store.chips.excluded('s1e3', '34'));

  store.chips.transact((tx) => tx.forget('12'));
  assert.ok(!store.chips.excluded('s1e3', '12'));
});

test('what was noted of channels, webhooks and messages is found in the record of the stage', (t) => {
  const { stage, keyValues } = openWithNotes(t, 4, {
    'channel:category': '10',
    'channel:betting': '11',
    'channel:room:coffee-shop': '12',
    'webhook:coffee-shop:alice': '20/to-ken_1',
    'message:board': '11/30/1772971200123',
    'message:pool:s1e2': '11/31',
    'pace-ms': '3000',
  });
  assert.deepEqual(stage.channels(), [
    { place: 'betting', channelId: '11' },
    { place: 'coffee-shop', channelId: '12' },
  ]);
  assert.deepEqual(stage.webhooks(), [{ room: 'coffee-shop', trader: 'alice', id: '20', token: 'to-ken_1' }]);
  assert.deepEqual(stage.message('board'), { channelId: '11', messageId: '30', postedMs: 1_772_971_200_123 });
  assert.deepEqual(stage.message('pool:s1e2'), { channelId: '11', messageId: '31', postedMs: 0 });
  assert.equal(keyValues.get('category'), '10');
  assert.equal(keyValues.get('pace-ms'), '3000');
  assert.equal(keyValues.get('message:board'), null);
});

/** A show as a version left it whose database had `version` steps and kept these facts as notes. */
function openWithNotes(t: TestContext, version: number, notes: Record<string, string>): Store {
  const file = join(scratch(t), 'show.sqlite');
  const db = new Database(file);
  for (const step of MIGRATIONS.slice(0, version)) db.exec(step);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${version}`);
  const note = db.prepare('INSERT INTO notes (name, value) VALUES (?, ?)');
  for (const [name, value] of Object.entries(notes)) note.run(name, value);
  db.close();
  const store = openStore(file);
  t.after(() => store.close());
  return store;
}
