import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Movements } from '#show/movements.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';
import { dueRows } from '#test/support/outbox.ts';
import { theatre } from '#test/support/theatre.ts';

const ROOMS = content.office.rooms.map(({ id }) => id);

/** Everybody stays but for those who go to a room. */
function walkers(to: Record<string, string>) {
  return (seen: Parameters<typeof holdAndStay>[0]) => ({
    ...holdAndStay(seen),
    location: to[seen.trader] ?? seen.roomName,
  });
}

test('walks are told when enough was said since, as their sum', () => {
  const floor = new Floor();
  const movements = new Movements(floor.state, ROOMS);
  floor.play(1, walkers({ alex: 'Coffee Shop', mike: 'News Room', sarah: 'News Room' }));
  assert.deepEqual(movements.due(floor.state, 0), [], 'nothing was said yet');
  floor.play(1, walkers({ mike: 'VC Office', sarah: 'Coffee Shop' }));
  for (let line = 0; line < 4; line++) movements.heard('vc-office');
  for (let line = 0; line < 3; line++) movements.heard('coffee-shop');
  const notices = movements.due(floor.state, 0);
  assert.deepEqual(
    notices,
    [
      {
        place: 'vc-office',
        post: {
          kind: 'moves',
          came: [],
          left: [
            { trader: 'alex', to: 'coffee-shop' },
            { trader: 'sarah', to: 'coffee-shop' },
          ],
        },
        afterMs: 0,
      },
    ],
    'Mike left and came back, so he did not move',
  );
  movements.told(notices, floor.state);
  for (let line = 0; line < 4; line++) movements.heard('vc-office');
  assert.deepEqual(movements.due(floor.state, 0), [], 'what was told is not told again');
  movements.heard('coffee-shop');
  assert.deepEqual(movements.due(floor.state, 0)[0]?.post, {
    kind: 'moves',
    came: [
      { trader: 'alex', from: 'vc-office' },
      { trader: 'sarah', from: 'news-room' },
    ],
    left: [],
  });
});

test('a room reads at most one notice a round, and notices are at most a fifth of its messages', async (t) => {
  const { play, store } = theatre(t, { seed: 3 });
  await play(80);
  const rows = dueRows(store.outbox, Infinity, 10_000);
  let told = 0;
  for (const room of ROOMS) {
    const own = rows.filter(({ place }) => place === room);
    const notices = own.filter(({ post }) => post.kind === 'moves');
    told += notices.length;
    assert.equal(new Set(notices.map(({ round }) => round)).size, notices.length);
    assert.ok(notices.length * 5 <= own.length, `${room}: ${notices.length} of ${own.length}`);
  }
  assert.ok(told > 10, 'and yet one hears who comes and goes');
});
