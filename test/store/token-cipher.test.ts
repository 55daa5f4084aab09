import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openStore } from '#store/store.ts';
import { tokenCipher } from '#store/token-cipher.ts';
import { silentLog } from '#test/support/theatre.ts';
import { scratch } from './little-show.ts';

const KEY = 'a key that nobody knows'.replaceAll(' ', '-');
/** A token like Discord's, that would be seen wherever it turned up. */
const CANARY = 'CANARY-7Zq2mX0bKf9-webhook-token-nobody-may-read-me';
const HOOK = { id: '123456789012345678', token: CANARY };

const bytesOf = (file: string): string =>
  ['', '-wal'].map((suffix) => readFileSync(file + suffix, 'latin1')).join('');

test('with a key no token can be read from the file, and the show speaks through its webhooks as before', (t) => {
  const file = path.join(scratch(t), 'show.sqlite');
  const store = openStore(file, { key: KEY });
  t.after(() => store.close());
  store.stage.setWebhook('news-room', 'mike', HOOK);
  assert.ok(!bytesOf(file).includes(CANARY));
  assert.deepEqual(store.stage.webhook('news-room', 'mike'), HOOK);
  assert.deepEqual(store.stage.webhooks(), [{ ...HOOK, room: 'news-room', trader: 'mike' }]);
  store.close();
  assert.throws(() => openStore(file), /tokens in .*show\.sqlite are encrypted; set DATA_KEY/u);
  assert.throws(() => openStore(file, { key: `${KEY}!` }), /encrypted with another key; set DATA_KEY/u);
  const again = openStore(file, { key: KEY });
  t.after(() => again.close());
  assert.deepEqual(again.stage.webhook('news-room', 'mike'), HOOK);
});

test('with the key lost a show opens on request without the tokens, and keeps all else; a restore needs no key', (t) => {
  const file = path.join(scratch(t), 'show.sqlite');
  const store = openStore(file, { key: KEY });
  store.stage.setWebhook('news-room', 'mike', HOOK);
  store.stage.setChannel('tape', '1');
  store.close();
  const left = openStore(file, { unreadable: 'left' });
  left.stage.setWebhook('news-room', 'alice', HOOK);
  left.close();
  assert.throws(() => openStore(file), /If that key is lost, start once with [^\n]*--forget-webhooks/u);
  const told: object[] = [];
  const log = { ...silentLog, warn: (details: object) => told.push(details) };
  const without = openStore(file, { unreadable: 'forgotten', log });
  t.after(() => without.close());
  assert.deepEqual(told, [{ file: without.file, webhooks: 1 }]);
  assert.deepEqual(without.stage.webhooks(), [{ ...HOOK, room: 'news-room', trader: 'alice' }]);
  assert.equal(without.stage.channel('tape'), '1');
  without.close();
  openStore(file).close();
});

test('tokens of before are encrypted when the show is first opened with a key', (t) => {
  const file = path.join(scratch(t), 'show.sqlite');
  const plain = openStore(file);
  plain.stage.setWebhook('news-room', 'mike', HOOK);
  plain.close();
  const store = openStore(file, { key: KEY });
  t.after(() => store.close());
  assert.deepEqual(store.stage.webhook('news-room', 'mike'), HOOK);
  store.close();
  assert.throws(() => openStore(file), /DATA_KEY/u);
});

test('a token that was moved to another trader’s row, or changed, is not read', () => {
  const cipher = tokenCipher(KEY, 'show.sqlite');
  const sealed = cipher.seal(CANARY, 'news-room/mike');
  assert.notEqual(sealed, cipher.seal(CANARY, 'news-room/mike'), 'the same token looks different each time');
  assert.throws(() => cipher.open(sealed, 'news-room/alice'), /another key/u);
  // Not the last character, of which only some bits count.
  const at = sealed.length - 8;
  const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  assert.throws(() => cipher.open(changed, 'news-room/mike'), /another key/u);
  assert.throws(() => cipher.open('sealed:1:AAAA', 'news-room/mike'), /another key/u);
});

test('the database and its log are for their owner only, also where an earlier version left them open', (t) => {
  const file = path.join(scratch(t), 'show.sqlite');
  openStore(file).close();
  assert.equal(statSync(file).mode & 0o777, 0o600);
  chmodSync(file, 0o644);
  const store = openStore(file);
  t.after(() => store.close());
  store.keyValues.set('a', 'b');
  for (const suffix of ['', '-wal', '-shm'])
    assert.equal(statSync(file + suffix).mode & 0o777, 0o600, suffix);
});
