import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadingLines } from '#app/models/loading.ts';

function listen(shipped: boolean, askedAs: string | null = null) {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const tell = loadingLines({
    title: 'MiniCPM5-1B',
    shipped,
    askedAs,
    say: (line) => lines.push(line),
    nowMs: () => clock.ms,
  });
  return { lines, clock, tell };
}

test('a model is told of as soon as its weights are read, and then how far it is, once a second', () => {
  const { lines, clock, tell } = listen(false);
  for (const [ms, share] of [
    [100, 0.1],
    [1_150, 0.408],
    [1_200, 0.5],
    [2_150, 0.999],
  ] as const) {
    clock.ms = ms;
    tell({ stage: 'weights', share });
  }
  clock.ms = 4_000;
  tell({ stage: 'prompts', done: 2, of: 4 });
  clock.ms = 9_000;
  tell({ stage: 'habits', done: 5, of: 32 });
  assert.deepEqual(lines, [
    'MiniCPM5-1B: loading',
    'MiniCPM5-1B: loading, 40 %',
    'MiniCPM5-1B: loading, 99 %',
    'MiniCPM5-1B: reading who it plays, 2 of 4',
    'MiniCPM5-1B: measuring what it tends to choose, 5 of 32',
  ]);
});

test('of a file that is refused before its weights are read nothing is said', () => {
  for (const askedAs of [null, 'minicpm5-1b']) assert.deepEqual(listen(false, askedAs).lines, []);
});

test('the model that ships is loaded in silence, unless it takes longer than a second', () => {
  const { lines, clock, tell } = listen(true);
  clock.ms = 300;
  tell({ stage: 'weights', share: 1 });
  assert.deepEqual(lines, []);
  clock.ms = 1_400;
  tell({ stage: 'prompts', done: 1, of: 4 });
  assert.deepEqual(lines, ['MiniCPM5-1B: reading who it plays, 1 of 4']);
});

test('a file that is asked by the row of another one says by which, even where nothing else is said', () => {
  for (const shipped of [false, true]) {
    const { lines, tell } = listen(shipped, 'minicpm5-1b');
    tell({ stage: 'weights', share: 0 });
    assert.deepEqual(lines, ['MiniCPM5-1B: loading, asked as minicpm5-1b of the catalog']);
  }
});
