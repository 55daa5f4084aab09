import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killAgainAndAgain } from './run.ts';

test('killed at any instant and between post and mark, the bot goes on: no chip lost, nothing posted twice', async () => {
  const { kills, rounds, messages } = await killAgainAndAgain({ kills: 2, seed: 1 });
  assert.equal(kills, 2);
  assert.ok(rounds >= 2, `${rounds} rounds`);
  assert.ok(messages > 0);
});
