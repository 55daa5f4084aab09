import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coalescer } from '#lib/coalescer.ts';
import type { OutboxRow, Planned } from '#show/ports/outbox.ts';
import { batches, sentTogether } from '#stage/posts/batch.ts';
import { RetryAfter } from '#stage/posts/retry-after.ts';
import type { Shown } from '#stage/presentation/posts/shown.ts';
import { openStore } from '#store/store.ts';
import { setClock } from '#test/support/clock.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a clock that is set back by hours does not hold up what is shown at intervals', async () => {
  const clock = setClock('2026-05-04T12:00Z');
  let shown = 0;
  const board = new Coalescer(
    async () => {
      shown++;
    },
    5_000,
    clock,
  );
  board.ask();
  await settled();
  assert.equal(shown, 1);
  clock.set('2026-05-04T09:00Z');
  board.ask();
  await settled();
  assert.equal(shown, 1, 'the interval is still kept');
  clock.advance(5_000);
  await settled();
  assert.equal(shown, 2);
  await board.close();
});

test('a clock that is set back does not lengthen the rest of a place whose post failed', () => {
  const retryAfter = new RetryAfter();
  const noonMs = Date.parse('2026-05-04T12:00Z');
  const restMs = retryAfter.rest('tape', new Error('no answer'), noonMs);
  assert.equal(retryAfter.untilMs('tape', noonMs), noonMs + restMs);
  const nineMs = Date.parse('2026-05-04T09:00Z');
  assert.equal(retryAfter.untilMs('tape', nineMs), nineMs + restMs);
  assert.equal(retryAfter.untilMs('tape', nineMs + restMs), nineMs + restMs, 'and it ends');
  assert.equal(retryAfter.untilMs('floor', nineMs), 0);
});

test('a message whose answer was lost is known again after the clock was set back', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const tape = (text: string, afterMs: number): Planned => ({
    place: 'tape',
    post: {
      kind: 'event',
      event: { type: 'spoke', round: 1, trader: 'alex', room: 'pit', text, heardBy: ['alex'] },
    },
    afterMs,
  });
  const show = (row: OutboxRow): Shown => ({ as: 'line', text: JSON.stringify(row.post) });
  // The later line came first: the clock had been set back between the two. And then comes one of the old time.
  store.show.post([tape('first', 20_000), tape('second', 10_000), tape('third', 30_000)], 1, 60_000);
  const { outbox } = store;
  const messages = batches(outbox.read(outbox.waiting('tape', 10)), show);
  assert.deepEqual(
    messages.map(({ rows }) => rows.map(({ id }) => id)),
    [[2], [1, 3]],
  );
  for (const { rows } of messages) {
    const ids = rows.map(({ id }) => id);
    outbox.sending(ids);
    outbox.failed(ids, true);
  }
  outbox.clockSetBack(1_000);
  const unknown = Map.groupBy(outbox.unknown('tape'), ({ message }) => message);
  const again = [...unknown.values()].map((heads) => sentTogether(outbox.read(heads), show).shown);
  assert.deepEqual(
    new Set(again.map((shown) => JSON.stringify(shown))),
    new Set(messages.map(({ shown }) => JSON.stringify(shown))),
  );
});
