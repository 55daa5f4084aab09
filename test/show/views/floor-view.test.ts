import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floorView, poolView } from '#show/views/floor-view.ts';
import type { Pool } from '#show/ports/chips.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const POOL: Pool = {
  id: 's1e1',
  season: 1,
  episode: 1,
  outcomes: ['alex', 'mike'],
  status: 'open',
  openedAtMs: 0,
  lockedAtMs: null,
  seedChips: 7,
};
const ODDS = [
  { outcome: 'alex', chips: 50, backers: 1, shareBps: 3_333, per100: 171 },
  { outcome: 'mike', chips: 100, backers: 1, shareBps: 6_667, per100: 128 },
];
const CURVES = { equity: [], prices: [] };

test("while bets are open the floor has their odds: shares and returns, nobody's name", () => {
  const open = poolView(POOL, ODDS);
  assert.deepEqual(open, {
    episode: 1,
    potChips: 157,
    odds: [
      { trader: 'alex', shareBps: 3_333, per100: 171 },
      { trader: 'mike', shareBps: 6_667, per100: 128 },
    ],
  });
  const floor = new Floor();
  assert.deepEqual(floorView(floor.state, content, CURVES, [], open).pool, open);
  assert.equal(floorView(floor.state, content, CURVES, [], null).pool, null);
});

test('a locked pool is not shown, and in an episode none is', () => {
  assert.equal(poolView({ ...POOL, status: 'locked' }, ODDS), null);
  assert.equal(poolView(null, []), null);
  const floor = new Floor();
  while (floor.state.phase === 'intermission') floor.play(1, holdAndStay);
  assert.equal(floorView(floor.state, content, CURVES, [], poolView(POOL, ODDS)).pool, null);
});
