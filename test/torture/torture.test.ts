import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playSeed, type Played } from './play.ts';
import { shrink } from './shrink.ts';

const ROUNDS = 10;

test('under faults of every kind a show keeps its chips, its cash, its lines and its secrets', async () => {
  for (let seed = 1; seed <= 4; seed++) {
    const { violation, counts } = await playSeed({ seed, rounds: ROUNDS });
    assert.equal(
      violation,
      null,
      `npm run torture -- --seed ${seed} --rounds ${ROUNDS}: ${violation?.message ?? ''}`,
    );
    assert.ok(counts.rounds >= ROUNDS && counts.messages > 0 && counts.checks > 0);
  }
});

test('a seed plays the same whenever it is played', async () => {
  const [once, again] = [await playSeed({ seed: 5, rounds: 6 }), await playSeed({ seed: 5, rounds: 6 })];
  assert.ok(once.struck.length > 0);
  assert.deepEqual(again.struck, once.struck);
  assert.deepEqual(again.counts, once.counts);
  assert.equal(again.digest, once.digest);
});

test('a seed that fails is made small: only the faults that it takes are left', async () => {
  const struck = Array.from({ length: 40 }, (_, nth) => `brain error@${nth}`);
  const playWith = (only: readonly string[]): Promise<Played> => {
    const fails = only.includes('brain error@7') && only.includes('brain error@31');
    return Promise.resolve({
      seed: 1,
      violation: fails ? { check: 'chips conserved', message: '', log: [] } : null,
      struck: only,
      counts: {
        events: 0,
        checks: 0,
        requests: 0,
        starts: 0,
        rounds: 0,
        statements: 0,
        messages: 0,
        picks: 0,
      },
      simulatedMs: 0,
      digest: '',
    });
  };
  const small = await shrink(await playWith(struck), playWith);
  assert.deepEqual(small.struck, ['brain error@7', 'brain error@31']);
});
