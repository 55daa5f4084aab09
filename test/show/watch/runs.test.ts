import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraderId } from '#core/vocabulary.ts';
import { Runs, type WatchedTurn } from '#show/watch/runs.ts';

const turn = (round: number, trader: TraderId, said: Partial<WatchedTurn> = {}): WatchedTurn => ({
  round,
  trader,
  room: 'pit',
  trade: 'Hold',
  size: 'Small',
  speech: `${trader} speaks of ${round}`,
  fumble: null,
  deals: true,
  ...said,
});

test('who has left the floor is not counted any more', () => {
  const runs = new Runs();
  for (let round = 1; round <= 5; round++)
    runs.add([turn(round, 'nadia', { speech: 'Buy the dip!', trade: 'Tech' }), turn(round, 'mike')]);
  assert.equal(runs.lasting().lines.get('nadia'), 5);
  for (let round = 6; round <= 20; round++) runs.add([turn(round, 'mike')]);
  const { lines, trades, allTraded } = runs.lasting();
  assert.deepEqual([...lines.keys(), ...trades.keys()], ['mike', 'mike']);
  assert.equal(allTraded, 20, 'her five trades do not hide that everybody who is left makes one');
});

test('who fumbles or has no desk keeps what was counted', () => {
  const runs = new Runs();
  runs.add([turn(1, 'nadia', { trade: 'Tech' }), turn(1, 'mike')]);
  runs.add([turn(2, 'nadia', { speech: '', fumble: 'timeout', deals: false }), turn(2, 'mike')]);
  runs.add([turn(3, 'nadia', { trade: 'Tech' }), turn(3, 'mike')]);
  assert.equal(runs.lasting().trades.get('nadia'), 2);
});
