import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Audience } from '#show/audience/audience.ts';
import { poolIdOf } from '#show/audience/pools.ts';
import { openStore, type Store } from '#store/store.ts';
import { playSteps, steps } from '#test/support/any-pool.ts';
import { setClock } from '#test/support/clock.ts';

/** `BETTING_SEQUENCES=100000 npm test -- conservation` tries more of them. */
const SEQUENCES = Number(process.env['BETTING_SEQUENCES'] ?? 2_000);
/** A ledger is used for so many sequences: then it is so long that counting it takes the most time. */
const SEQUENCES_A_LEDGER = 25;

test('whatever members do and however pools end, every chip is somewhere and nobody is paid twice', (t) => {
  const clock = setClock('2026-10-24T21:00Z');
  let season = 0;
  let settled = 0;
  let store: Store | null = null;
  t.after(() => store?.close());
  const ledger = (): Store => {
    if (store === null || season % SEQUENCES_A_LEDGER === 0) {
      store?.close();
      store = openStore(':memory:');
    }
    season += 1;
    return store;
  };
  fc.assert(
    fc.property(steps, (all) => {
      const { chips, hand, keyValues } = ledger();
      const restarted = (): Audience =>
        new Audience({ chips, hand, keyValues, clock, changed: () => {}, timeZone: () => 'UTC' });
      playSteps(all, season, chips, restarted);
      settled += settledIn(store, season);
      clock.advance(60 * 60_000);
    }),
    { numRuns: SEQUENCES },
  );
  assert.ok(settled > SEQUENCES / 2, `only ${settled} pools were settled in ${SEQUENCES} sequences`);
});

/** With a stake in them: pools without one are returned. */
function settledIn(store: Store | null, season: number): number {
  let settled = 0;
  for (let episode = 1; store?.chips.pool(poolIdOf(season, episode)); episode++)
    if (store.chips.result(poolIdOf(season, episode))?.status === 'settled') settled++;
  return settled;
}
