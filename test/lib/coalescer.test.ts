import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { Coalescer } from '#lib/coalescer.ts';
import { setClock } from '#test/support/clock.ts';
import { after } from '#test/support/microtasks.ts';

test('a job that is asked for while it runs, or at any moment of its end, runs once more', async () => {
  for (let microtasks = 0; microtasks < 10; microtasks++) {
    const works = Promise.withResolvers<void>();
    let runs = 0;
    const board = new Coalescer(
      async () => {
        runs++;
        await works.promise;
      },
      0,
      setClock('2026-05-04T12:00Z'),
    );
    board.ask();
    void after(works.promise, microtasks).then(() => board.ask());
    works.resolve();
    await nextTick();
    assert.equal(runs, 2, `asked ${microtasks} microtasks after the job`);
    await board.close();
  }
});
