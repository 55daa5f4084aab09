import assert from 'node:assert/strict';
import { test } from 'node:test';
import { abortable, aborted } from '#lib/abortable.ts';
import { Backoff } from '#lib/backoff.ts';
import { causeChain, errorLine, errorText, rootCode } from '#lib/error-text.ts';
import { SerialQueue } from '#lib/serial-queue.ts';

test('each failure waits twice as long, up to a limit; a success begins anew', () => {
  const backoff = new Backoff({ minMs: 1_000, maxMs: 6_000 });
  assert.deepEqual(
    Array.from({ length: 5 }, () => backoff.next()),
    [1_000, 2_000, 4_000, 6_000, 6_000],
  );
  backoff.reset();
  assert.equal(backoff.next(), 1_000);
});

test('jobs of a queue run one after another, and one that fails holds up none', async () => {
  const queue = new SerialQueue();
  const seen: string[] = [];
  const job = (name: string) => async () => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    if (name === 'b') throw new Error('b failed');
    return name;
  };
  const [a, b, c] = [queue.run(job('a')), queue.run(job('b')), queue.run(job('c'))];
  await assert.rejects(b, /b failed/);
  await queue.idle();
  assert.deepEqual([await a, await c], ['a', 'c']);
  assert.deepEqual(seen, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('work that is waited for ends with the reason of an abort, before or in the middle of it, or with what it comes to', async () => {
  const over = new AbortController();
  assert.equal(await abortable(Promise.resolve(7), over.signal), 7);
  const never = new Promise<never>(() => {});
  const cut = abortable(never, over.signal);
  const heard = aborted(over.signal);
  over.abort(new Error('the bell rang'));
  await assert.rejects(cut, /the bell rang/);
  await heard;
  await aborted(over.signal);
  await assert.rejects(abortable(never, over.signal), /the bell rang/);
  await assert.rejects(
    abortable(Promise.reject(new Error('late')), AbortSignal.abort(new Error('first'))),
    /first/,
  );
});

test('an error says what it says, its root tells the code, and a chain that bites its tail ends', () => {
  const root = Object.assign(new Error('connect ECONNREFUSED\n  127.0.0.1:9'), { code: 'ECONNREFUSED' });
  const error = new Error('fetch failed', {
    cause: new AggregateError([root, new Error('another address')]),
  });
  assert.equal(errorText(error), 'fetch failed');
  assert.equal(errorText('plain words'), 'plain words');
  assert.equal(errorLine(root), 'connect ECONNREFUSED 127.0.0.1:9');
  assert.deepEqual([...causeChain(error)].at(-1), root);
  assert.equal(rootCode(error), 'ECONNREFUSED');
  assert.equal(rootCode(new Error('no code')), '');
  const snake = new Error('head');
  snake.cause = new Error('tail', { cause: snake });
  assert.equal([...causeChain(snake)].length, 2);
});
