import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { tidyAll } from '#app/upkeep/nightly.ts';
import type { Store } from '#store/store.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';

const NOTHING = { foundedAtRound: null, actions: 0, turns: 0, posts: 0 };

/** Two open stores whose tidying is noted in `done`; `meanwhile` runs in the first one's. */
function twoStores(t: TestContext, meanwhile: (stores: Store[], done: string[]) => void) {
  const done: string[] = [];
  const stores = [theatre(t).store, theatre(t).store];
  const [first, second] = stores;
  assert.ok(first && second);
  t.mock.method(first, 'prune', () => {
    done.push('first');
    meanwhile(stores, done);
    return NOTHING;
  });
  t.mock.method(second, 'prune', () => {
    done.push('second');
    return NOTHING;
  });
  return { stores, done };
}

test('between two shows that are tidied, members are answered', async (t) => {
  const { stores, done } = twoStores(t, (_, told) => setImmediate(() => told.push('a press')));
  await tidyAll(() => stores, silentLog, new AbortController().signal);
  assert.deepEqual(done, ['first', 'a press', 'second']);
});

test('a show that is closed while another is tidied is left alone', async (t) => {
  const { stores, done } = twoStores(t, (open) => open.pop());
  await tidyAll(() => [...stores], silentLog, new AbortController().signal);
  assert.deepEqual(done, ['first']);
});

test('a process that ends in the middle of the night tidies no further show', async (t) => {
  const ending = new AbortController();
  const { stores, done } = twoStores(t, () => ending.abort());
  await tidyAll(() => stores, silentLog, ending.signal);
  assert.deepEqual(done, ['first']);
});

test('a show that cannot be tidied does not keep the next from it', async (t) => {
  const { stores, done } = twoStores(t, () => {
    throw new Error('the disk is full');
  });
  await tidyAll(() => stores, silentLog, new AbortController().signal);
  assert.deepEqual(done, ['first', 'second']);
});
