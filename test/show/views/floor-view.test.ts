import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floorView, poolView, shownLate, untilNextPicture } from '#show/views/floor-view.ts';
import type { Pool } from '#show/ports/chips.ts';
import type { PoolView } from '#show/ports/painter.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';
import { theatre } from '#test/support/theatre.ts';
import { dueRows } from '#test/support/outbox.ts';

const POOL: Pool = {
  id: 's1e1',
  about: 'gain',
  season: 1,
  episode: 1,
  outcomes: ['alex', 'mike'],
  status: 'open',
  openedAtMs: 0,
  lockedAtMs: null,
  seedChips: 7,
  houseChips: 0,
};
const ODDS = [
  { outcome: 'alex', chips: 50, backers: 1, shareBps: 3_333, per100: 171 },
  { outcome: 'mike', chips: 100, backers: 1, shareBps: 6_667, per100: 128 },
];
const CURVES = { equity: [], prices: [] };

test("while bets are open the floor has their odds: shares and returns, nobody's name", () => {
  const open = poolView(POOL, ODDS);
  assert.deepEqual(open, {
    staysOpen: true,
    episode: 1,
    potChips: 157,
    odds: [
      { trader: 'alex', shareBps: 3_333, per100: 171 },
      { trader: 'mike', shareBps: 6_667, per100: 128 },
    ],
  });
  const floor = new Floor();
  assert.deepEqual(floorView(floor.state, content, CURVES, around(open)).pool, open);
  assert.equal(floorView(floor.state, content, CURVES, around(null)).pool, null);
});

test('a locked pool is not shown, and in an episode none is', () => {
  assert.equal(poolView({ ...POOL, status: 'locked' }, ODDS), null);
  assert.equal(poolView(null, []), null);
  const floor = new Floor();
  while (floor.state.phase !== 'episode') floor.play(1, holdAndStay);
  assert.equal(floorView(floor.state, content, CURVES, around(poolView(POOL, ODDS))).pool, null);
});

const around = (pool: PoolView | null, fumbled: readonly string[] = []) => ({
  tape: [],
  pool,
  fumbled: new Set(fumbled),
});

/** A view of rounds before a bell of which there are so many rounds left. */
function intermission(roundsLeft: number) {
  const view = floorView(new Floor().state, content, CURVES, around(poolView(POOL, ODDS)));
  return { ...view, roundsLeft };
}

test('bets stay open for as long as a picture stands only if the next one comes before the opening bell', () => {
  const staysOpen = (roundsLeft: number, everyRounds: number) =>
    untilNextPicture(intermission(roundsLeft), everyRounds).pool?.staysOpen;
  assert.equal(staysOpen(0, 1), false, 'the last round before the bell');
  assert.equal(staysOpen(1, 1), true);
  assert.equal(staysOpen(1, 2), false, 'the next picture is of the round after the bell');
  assert.equal(staysOpen(2, 2), true);
  const quiet = floorView(new Floor().state, content, CURVES, around(null));
  assert.equal(untilNextPicture(quiet, 1).pool, null);
});

test('in the pictures that a show posts, the last one before each opening bell does not say that bets are open', async (t) => {
  const { play, store } = theatre(t, { rules: { intermissionRounds: 3, episodeRounds: 2 } });
  await play(13);
  const views = dueRows(store.outbox, Infinity, 1_000).flatMap(({ post }) =>
    post.kind === 'floorPicture' ? [post.view] : [],
  );
  const told = views.map(
    ({ phase, roundsLeft, pool }) => `${phase} ${roundsLeft} ${pool?.staysOpen ?? 'no pool'}`,
  );
  assert.deepEqual([...new Set(told)].toSorted(), [
    'episode 0 no pool',
    'episode 1 no pool',
    'intermission 0 false',
    'intermission 1 true',
    'intermission 2 true',
    'premiere 0 false',
    'premiere 1 true',
    'premiere 2 true',
  ]);
});

test('a picture that is late shows no pool that was locked or cancelled in between', () => {
  const view = intermission(2);
  assert.deepEqual(shownLate(view, POOL), view);
  for (const pool of [null, { ...POOL, status: 'locked' as const }, { ...POOL, episode: 2 }])
    assert.equal(shownLate(view, pool).pool, null);
});

test('whoever says nothing has a gesture instead, by what it does', () => {
  const floor = new Floor();
  floor.play(1, (seen) => ({
    ...holdAndStay(seen),
    trade: seen.trader === 'alex' ? 'Crypto' : 'Hold',
    speech: seen.trader === 'mike' ? 'Breaking!' : '',
    location: seen.trader === 'alice' ? 'Coffee Shop' : seen.roomName,
  }));
  floor.act({ type: 'openRound' });
  for (const trader of Object.values(floor.state.speakers).flat()) {
    const trade = trader === 'alex' ? 'Crypto' : 'Hold';
    const decision = { thought: '', trade, size: 'Half', speech: '', location: 'VC Office' } as const;
    if (trader === 'sarah') floor.act({ type: 'takeTurn', trader, decision: null, fumble: 'timeout' });
    else if (trader === 'mike')
      floor.act({ type: 'takeTurn', trader, decision: { ...decision, speech: 'Breaking!' }, fumble: null });
    else floor.act({ type: 'takeTurn', trader, decision, fumble: null });
  }
  const { traders } = floorView(floor.state, content, CURVES, around(null, ['sarah']));
  const gestures = Object.fromEntries(traders.map(({ id, gesture }) => [id, gesture]));
  assert.deepEqual(gestures, { alex: 'phones', alice: 'sips', mike: null, sarah: 'stares' });
});
