import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coalescer } from '#lib/coalescer.ts';
import { RetryAfter } from '#stage/posts/retry-after.ts';
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
