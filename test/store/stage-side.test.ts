import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Planned } from '#show/ports/outbox.ts';
import { openStore, type Store } from '#store/store.ts';
import { LittleShow, SECOND, scratch } from './little-show.ts';

const line = (text: string, afterMs: number): Planned => ({
  place: 'pit',
  post: {
    kind: 'event',
    event: { type: 'spoke', round: 2, trader: 'alex', room: 'pit', text, heardBy: ['alex'] },
  },
  afterMs,
});

const quiet = () => {};

/** A round that opened at second 200, with two lines to be shown after 0 and 10 seconds. */
function twoLines(store: Store): void {
  const show = LittleShow.found(store.show);
  show.nowMs = 100 * SECOND;
  show.playRound();
  const waiting = store.outbox.due(Infinity, 100).map(({ id }) => id);
  store.outbox.folded(waiting);
  show.nowMs = 200 * SECOND;
  show.act({ type: 'openRound' });
  store.outbox.folded(store.outbox.due(Infinity, 100).map(({ id }) => id));
  store.show.record({
    action: { type: 'takeTurn', trader: 'alex', decision: null, fumble: 'aborted' },
    state: show.state,
    hash: null,
    events: [],
    planned: [line('First.', 0), line('Second.', 10 * SECOND)],
    answer: null,
    atMs: 204 * SECOND,
  });
}

test('posts come due by their round’s opening, oldest first', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  assert.equal(store.outbox.pending(), 2);
  assert.deepEqual(store.outbox.due(203 * SECOND, 10), [], 'not before it was said');
  const [first, ...none] = store.outbox.due(204 * SECOND, 10);
  assert.deepEqual(none, []);
  assert.equal(first?.dueMs, 204 * SECOND);
  assert.equal(first.place, 'pit');
  assert.equal(first.status, 'planned');
  assert.equal(
    first.post.kind === 'event' && first.post.event.type === 'spoke' && first.post.event.text,
    'First.',
  );
  assert.deepEqual(
    store.outbox.due(210 * SECOND, 10).map(({ dueMs, afterMs }) => [dueMs, afterMs]),
    [
      [204 * SECOND, 0],
      [210 * SECOND, 10 * SECOND],
    ],
  );
  assert.equal(store.outbox.due(210 * SECOND, 1).length, 1);
});

test('a post is planned, sending, interrupted, unknown, then sent: counted once', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const first = openStore(file);
  twoLines(first);
  const [row] = first.outbox.due(204 * SECOND, 1);
  assert.ok(row);
  first.outbox.sending(row.id);
  assert.deepEqual(first.outbox.due(204 * SECOND, 10), [], 'what is being sent is not due');
  assert.equal(first.outbox.pending(), 2);
  first.close();

  const warnings: string[] = [];
  const second = openStore(file, {
    log: { debug: quiet, info: quiet, error: quiet, warn: (_, message) => warnings.push(message) },
  });
  t.after(() => second.close());
  assert.equal(warnings.length, 1);
  const [again] = second.outbox.due(204 * SECOND, 10);
  assert.deepEqual(again, { ...row, status: 'unknown' });
  second.outbox.sent(row.id, '987654321');
  assert.deepEqual(second.outbox.due(204 * SECOND, 10), []);
  assert.equal(second.outbox.pending(), 1);
  assert.deepEqual(second.outbox.counts(), { sent: 1, byKind: { spoke: 1 } });
  assert.throws(() => second.outbox.sent(row.id, '987654321'), /cannot become sent/);
  assert.throws(() => second.outbox.sending(row.id), /cannot become sending/);
});

test('a send that failed is due again, as unknown only when it may have been posted', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  const [first, second] = store.outbox.due(Infinity, 10);
  assert.ok(first && second);
  for (const { id } of [first, second]) store.outbox.sending(id);
  store.outbox.failed(first.id, false);
  store.outbox.failed(second.id, true);
  assert.deepEqual(
    store.outbox.due(Infinity, 10).map(({ status }) => status),
    ['planned', 'unknown'],
  );
});

test('a post that comes of no action is due from when it was asked for', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const opened = { place: 'betting', post: { kind: 'poolOpened', poolId: 's1e1' }, afterMs: SECOND } as const;
  store.show.post([opened], 3, 50 * SECOND);
  const due = store.outbox.due(51 * SECOND, 10);
  assert.deepEqual(due, [{ ...opened, id: 1, round: 3, dueMs: 51 * SECOND, status: 'planned' }]);
  store.outbox.sent(1, '9');
  assert.deepEqual(store.outbox.counts(), { sent: 1, byKind: { poolOpened: 1 } });
});

test('a picture waits for its moment in the round, whenever it was asked for', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  const picture = {
    place: 'floor',
    post: { kind: 'poolOpened', poolId: 's1e1' },
    afterMs: 50 * SECOND,
  } as const;
  store.show.post([picture], 2, 220 * SECOND);
  store.show.post([picture], 2, 290 * SECOND);
  store.show.post([picture], 2, 30 * SECOND);
  const due = store.outbox.due(Infinity, 10).slice(2);
  assert.deepEqual(
    due.map((row) => row.dueMs / SECOND),
    [250, 290, 80],
    'from the opening, at once when late, and from now when the clock was set back',
  );
});

test('lines that are too old are folded together or not at all', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  const ids = store.outbox.due(Infinity, 10).map(({ id }) => id);
  assert.throws(() => store.outbox.folded([...ids, 999_999]), /999999/);
  assert.equal(store.outbox.pending(), 2);
  store.outbox.folded(ids);
  assert.equal(store.outbox.pending(), 0);
  assert.deepEqual(store.outbox.counts(), { sent: 0, byKind: {} });
});

test('notes are kept by name and listed by prefix', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const first = openStore(file);
  first.keyValues.set('channel:pit', '1');
  first.keyValues.set('channel:pit', '2');
  first.keyValues.set('channel:cafe', '3');
  first.keyValues.set('channel_other', '4');
  first.keyValues.set('webhook:pit:alex', '5');
  first.close();

  const second = openStore(file);
  t.after(() => second.close());
  assert.equal(second.keyValues.get('channel:pit'), '2');
  assert.equal(second.keyValues.get('channel:roof'), null);
  assert.deepEqual(second.keyValues.entries('channel:'), [
    { name: 'channel:cafe', value: '3' },
    { name: 'channel:pit', value: '2' },
  ]);
  second.keyValues.delete('channel:pit');
  second.keyValues.delete('channel:pit');
  assert.equal(second.keyValues.get('channel:pit'), null);
  assert.equal(second.keyValues.entries('').length, 3);
});
