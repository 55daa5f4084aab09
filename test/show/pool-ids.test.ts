import assert from 'node:assert/strict';
import { test } from 'node:test';
import { episodeInPoolId, poolIdOf } from '#show/audience/pools.ts';

test('the id of a pool tells its episode, whatever the pool is about', () => {
  assert.deepEqual(episodeInPoolId(poolIdOf(3, 12)), { season: 3, episode: 12 });
  assert.deepEqual(episodeInPoolId(poolIdOf(3, 12, 'twin')), { season: 3, episode: 12 });
  assert.throws(() => episodeInPoolId('the jackpot'), /the jackpot is not the id of a pool/u);
});
