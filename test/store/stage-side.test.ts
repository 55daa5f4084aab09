import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Planned } from '#show/ports/outbox.ts';
import { openStore, type Store } from '#store/store.ts';
import { dueRows } from '#test/support/outbox.ts';
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
  const waiting = dueRows(store.outbox, Infinity, 100).map(({ id }) => id);
  store.outbox.folded(waiting, 'nothing');
  show.nowMs = 200 * SECOND;
  show.act({ type: 'openRound' });
  store.outbox.folded(
    dueRows(store.outbox, Infinity, 100).map(({ id }) => id),
    'nothing',
  );
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
  assert.deepEqual(dueRows(store.outbox, 203 * SECOND, 10), [], 'not before it was said');
  const [first, ...none] = dueRows(store.outbox, 204 * SECOND, 10);
  assert.deepEqual(none, []);
  assert.equal(first?.dueMs, 204 * SECOND);
  assert.equal(first.place, 'pit');
  assert.equal(first.status, 'planned');
  assert.equal(
    first.post.kind === 'event' && first.post.event.type === 'spoke' && first.post.event.text,
    'First.',
  );
  assert.deepEqual(
    dueRows(store.outbox, 210 * SECOND, 10).map(({ dueMs, afterMs }) => [dueMs, afterMs]),
    [
      [204 * SECOND, 0],
      [210 * SECOND, 10 * SECOND],
    ],
  );
  assert.equal(dueRows(store.outbox, 210 * SECOND, 1).length, 1);
});

test('a post is planned, sending, interrupted, unknown, then sent: counted once', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const first = openStore(file);
  twoLines(first);
  const [row] = dueRows(first.outbox, 204 * SECOND, 1);
  assert.ok(row);
  first.outbox.sending([row.id]);
  assert.deepEqual(dueRows(first.outbox, 204 * SECOND, 10), [], 'what is being sent is not due');
  assert.equal(first.outbox.pending(), 2);
  first.close();

  const told: string[] = [];
  const second = openStore(file, {
    log: { debug: quiet, warn: quiet, error: quiet, info: (_, message) => told.push(message) },
  });
  t.after(() => second.close());
  assert.equal(told.length, 1);
  const [again] = dueRows(second.outbox, 204 * SECOND, 10);
  assert.deepEqual(again, { ...row, status: 'unknown', message: row.id });
  second.outbox.sent([row.id], '987654321');
  assert.deepEqual(dueRows(second.outbox, 204 * SECOND, 10), []);
  assert.equal(second.outbox.pending(), 1);
  assert.deepEqual(second.outbox.counts(), { sent: 1, byKind: { spoke: 1 } });
  assert.throws(() => second.outbox.sent([row.id], '987654321'), /cannot become sent/);
  assert.throws(() => second.outbox.sending([row.id]), /cannot become sending/);
});

test('a send that failed is due again, as unknown only when it may have been posted', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  const [first, second] = dueRows(store.outbox, Infinity, 10);
  assert.ok(first && second);
  for (const { id } of [first, second]) store.outbox.sending([id]);
  store.outbox.failed([first.id], false);
  store.outbox.failed([second.id], true);
  assert.deepEqual(
    dueRows(store.outbox, Infinity, 10).map(({ status }) => status),
    ['planned', 'unknown'],
  );
});

test('a post that comes of no action is due from when it was asked for', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const opened = { place: 'betting', post: { kind: 'poolOpened', poolId: 's1e1' }, afterMs: SECOND } as const;
  store.show.post([opened], 3, 50 * SECOND);
  const due = dueRows(store.outbox, 51 * SECOND, 10);
  assert.deepEqual(due, [
    {
      ...opened,
      id: 1,
      round: 3,
      kind: 'poolOpened',
      dueMs: 51 * SECOND,
      status: 'planned',
      message: null,
    },
  ]);
  store.outbox.sent([1], '9');
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
  const due = dueRows(store.outbox, Infinity, 10).slice(2);
  assert.deepEqual(
    due.map((row) => row.dueMs / SECOND),
    [250, 290, 80],
    'from the opening, at once when late, and from now when the clock was set back',
  );
});

test('a clock that is set back leaves the posts of a place in their order', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const said = (text: string, afterMs: number) => ({ place: 'den', post: line(text, 0).post, afterMs });
  // The round before was hurried when this one opened: what is left of it is due at the opening, long before it was meant to.
  store.show.post([said('Of the round before.', 300 * SECOND)], 4, 700 * SECOND);
  store.show.post([said('Of this round.', 100 * SECOND)], 5, 1_000 * SECOND);
  const order = () =>
    dueRows(store.outbox, Infinity, 10).map(({ post }) => post.kind === 'event' && post.event);
  const before = order();
  assert.equal(store.outbox.clockSetBack(900 * SECOND), 2);
  assert.deepEqual(order(), before);
  assert.deepEqual(
    dueRows(store.outbox, Infinity, 10).map(({ dueMs }) => dueMs),
    [900 * SECOND, 900 * SECOND],
  );
});

test('lines that are too old are folded together or not at all', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  const ids = dueRows(store.outbox, Infinity, 10).map(({ id }) => id);
  assert.throws(() => store.outbox.folded([...ids, 999_999], 'nothing'), /999999/);
  assert.equal(store.outbox.pending(), 2);
  store.outbox.folded(ids, 'nothing');
  assert.equal(store.outbox.pending(), 0);
  assert.deepEqual(store.outbox.counts(), { sent: 0, byKind: {} });
});

test('what the stage keeps of Discord and the small facts outlive a restart', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const first = openStore(file);
  first.keyValues.set('mode', 'running');
  first.keyValues.set('mode', 'paused');
  first.keyValues.set('pace-ms', '3000');
  first.stage.setChannel('pit', '1');
  first.stage.setChannel('pit', '2');
  first.stage.setChannel('cafe', '3');
  first.stage.setWebhook('pit', 'alex', { id: '5', token: 'old' });
  first.stage.setWebhook('pit', 'alex', { id: '6', token: 'new' });
  first.stage.setMessage('board', { channelId: '2', messageId: '7', postedMs: 1_000 });
  first.stage.setMessage('board', { channelId: '2', messageId: '8', postedMs: 2_000 });
  first.close();

  const second = openStore(file);
  t.after(() => second.close());
  assert.equal(second.keyValues.get('mode'), 'paused');
  assert.equal(second.keyValues.get('language'), null);
  second.keyValues.delete('mode');
  second.keyValues.delete('mode');
  assert.equal(second.keyValues.get('mode'), null);
  assert.equal(second.keyValues.get('pace-ms'), '3000');

  const { stage } = second;
  assert.equal(stage.channel('pit'), '2');
  assert.equal(stage.channel('roof'), null);
  assert.deepEqual(stage.channels(), [
    { place: 'cafe', channelId: '3' },
    { place: 'pit', channelId: '2' },
  ]);
  assert.deepEqual(stage.webhook('pit', 'alex'), { id: '6', token: 'new' });
  assert.equal(stage.webhook('cafe', 'alex'), null);
  assert.deepEqual(stage.webhooks(), [{ room: 'pit', trader: 'alex', id: '6', token: 'new' }]);
  assert.deepEqual(stage.message('board'), { channelId: '2', messageId: '8', postedMs: 2_000 });
  assert.equal(stage.message('rules'), null);
  stage.setMessage('pool:s1e1', { channelId: '3', messageId: '9', postedMs: 0 });
  stage.forgetMessage('pool:s1e1');
  assert.equal(stage.message('pool:s1e1'), null);
  stage.clear();
  assert.deepEqual([stage.channels(), stage.webhooks(), stage.message('board')], [[], [], null]);
  assert.equal(second.keyValues.get('pace-ms'), '3000');
});

test('the rows of one message are marked together, or none is', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const first = openStore(file);
  twoLines(first);
  const ids = dueRows(first.outbox).map(({ id }) => id);
  assert.equal(ids.length, 2);
  assert.throws(() => first.outbox.sending([...ids, 999_999]), /999999/);
  assert.deepEqual(
    dueRows(first.outbox).map(({ status }) => status),
    ['planned', 'planned'],
  );
  first.outbox.sending(ids);
  assert.throws(() => first.outbox.sent([...ids, 999_999], '7'), /999999/);
  first.close();

  const second = openStore(file);
  t.after(() => second.close());
  assert.deepEqual(
    second.outbox.unknown('pit').map(({ id, message }) => [id, message]),
    ids.map((id) => [id, ids[0]]),
    'after a restart they are still known as one message',
  );
  second.outbox.sent(ids, '7');
  assert.equal(second.outbox.shownIn('7').length, 2);
  assert.equal(second.outbox.shows('7'), true);
  assert.equal(second.outbox.shows('8'), false);
});

test('the newest message of a place is the one with the largest id, however large ids are', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  assert.equal(store.outbox.newestIn('pit'), null);
  const [one = 0, two = 0] = dueRows(store.outbox).map(({ id }) => id);
  store.outbox.sent([one], '1234567890123456790');
  store.outbox.sent([two], '1234567890123456789');
  assert.equal(store.outbox.newestIn('pit'), '1234567890123456790');
  assert.equal(store.outbox.newestIn('tape'), null);
});

test('what was not shown is counted until members were told, and what nobody could have seen is not', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  const [one = 0, two = 0] = dueRows(store.outbox).map(({ id }) => id);
  store.outbox.folded([one], 'late');
  const lost = store.outbox.lost('pit');
  assert.deepEqual(lost, {
    lines: 1,
    fromMs: 204 * SECOND,
    toMs: 204 * SECOND,
    firstRow: one,
    lastRow: one,
    quiet: false,
  });
  store.outbox.folded([two], 'nothing');
  assert.equal(store.outbox.lost('pit')?.lines, 1);
  assert.ok(lost);
  store.outbox.lostTold('pit', lost);
  assert.equal(store.outbox.lost('pit'), null);
});

test('of news that keeps its worth the newest of each kind wait, of everything else what is not too old', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const bells = Array.from({ length: 5 }, (_, nth): Planned => ({
    place: 'tape',
    post: { kind: 'event', event: { type: 'seasonOpened', season: nth + 1 } },
    afterMs: nth,
  }));
  store.show.post([...bells, { place: 'tape', post: { kind: 'poolOpened', poolId: 'p' }, afterMs: 9 }], 1, 0);
  const surplus = store.outbox.surplus('tape', { seasonOpened: 2, poolOpened: 1 });
  assert.deepEqual(
    surplus.map(({ id }) => id),
    [1, 2, 3],
  );
  assert.deepEqual(
    store.outbox.overdue('tape', { round: 1 }, ['seasonOpened']).map(({ kind }) => kind),
    ['poolOpened'],
  );
  assert.deepEqual(
    store.outbox.overdue('tape', { dueMs: 1 }, []).map(({ id }) => id),
    [1, 2],
  );
});

test('of what a show without a pace leaves waiting the newest are told from the rest', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  twoLines(store);
  store.show.post([line('Third.', 20 * SECOND)], 2, 204 * SECOND);
  const texts = (newest: number) =>
    store.outbox.read(store.outbox.waitingBefore('pit', newest)).map(({ post }) => {
      assert.ok(post.kind === 'event' && post.event.type === 'spoke');
      return post.event.text;
    });
  assert.deepEqual(texts(1), ['First.', 'Second.']);
  assert.deepEqual(texts(3), []);
});
