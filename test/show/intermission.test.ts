import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intermissionRounds } from '#show/intermission.ts';
import { dueRows } from '#test/support/outbox.ts';
import { theatre } from '#test/support/theatre.ts';

test('an intermission has the rounds that fit into the time of its pool, and at least one', () => {
  assert.equal(intermissionRounds(300_000, 30_000), 10);
  assert.equal(intermissionRounds(300_000, 240_000), 1, 'two rounds would be eight minutes');
  assert.equal(intermissionRounds(60_000, 600_000), 1);
});

test('a producer slows a show down, and its intermission is not longer for that', (t) => {
  const { show, restart } = theatre(t, {
    rules: { intermissionRounds: 20, episodeRounds: 2 },
    paceMs: 15_000,
    intermissionMs: 300_000,
    onDisk: true,
  });
  assert.ok(show.setPace(100_000, 'p').ok);
  assert.equal(show.status().phaseRounds, 3);
  assert.ok(show.setPace(600_000, 'p').ok);
  assert.equal(show.status().phaseRounds, 1);
  const again = restart();
  assert.equal(again.show.status().phaseRounds, 1, 'and it stays so');
});

test('a show that was made at another pace than it plays at announces the bell of its premiere rightly', async (t) => {
  const { show, store } = theatre(t, {
    rules: { intermissionRounds: 2 },
    paceMs: 3_000,
    intermissionMs: 300_000,
    started: false,
  });
  assert.ok(show.start('p').ok);
  await show.playRound(AbortSignal.timeout(60_000));
  const told = dueRows(store.outbox).flatMap(({ post }) =>
    post.kind === 'event' && post.event.type === 'premiereOpened' ? [post.event.rounds] : [],
  );
  assert.deepEqual(told, [100]);
  assert.equal(show.status().phaseRounds, 100);
});

test('a show without a pace has intermissions of as many rounds as its rules say', async (t) => {
  const { show, play } = theatre(t, {
    rules: { intermissionRounds: 2, episodeRounds: 1 },
    intermissionMs: 300_000,
  });
  await play(3);
  assert.equal(show.state.phase, 'intermission');
  assert.equal(show.status().phaseRounds, 2);
});
