import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gainersOf } from '#core/betting/gain.ts';

test('who gained most is found among the outcomes; whoever ties has gained most, too, even with a loss', () => {
  const gains = { alex: 900, mike: -20, sarah: -20, alice: -30 };
  const standings = Object.entries(gains).map(([trader, episodeGainCents]) => ({
    trader,
    equityCents: 1,
    episodeGainCents,
  }));
  assert.deepEqual(gainersOf(standings, ['alex', 'mike']), ['alex']);
  assert.deepEqual(gainersOf(standings, ['alice', 'sarah', 'mike']), ['mike', 'sarah']);
});
