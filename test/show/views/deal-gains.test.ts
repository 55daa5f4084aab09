import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dealGains } from '#show/views/deal-gains.ts';

const fill = {
  round: 3,
  trader: 'alex',
  instrument: 'Tech',
  qty: 100_000,
  priceCents: 10_000,
  notionalCents: 100_000,
  feeCents: 100,
} as const;

test('a deal is worth what it makes until the bell, less its fees; forced sales are nobody’s deal', () => {
  const closing = { Tech: 11_000, Crypto: 1, Bonds: 1 };
  assert.deepEqual(dealGains([{ ...fill, reason: 'decision' }], closing), [
    { round: 3, trader: 'alex', gainCents: 9_900 },
  ]);
  assert.deepEqual(dealGains([{ ...fill, reason: 'margin' }], closing), []);
  const sold = { ...fill, qty: -100_000, notionalCents: -100_000, reason: 'rotation' } as const;
  assert.equal(dealGains([sold], closing)[0]?.gainCents, -10_100);
});

test('a deal is known by what counted for most: what was bought, or the position that was given up for it', () => {
  const bought = { ...fill, reason: 'decision' } as const;
  const sold = {
    ...fill,
    instrument: 'Crypto',
    qty: -100_000,
    notionalCents: -100_000,
    reason: 'rotation',
  } as const;
  const covered = { ...sold, qty: 100_000, notionalCents: 100_000 } as const;
  const left = (Tech: number, Crypto: number, made = sold as typeof sold | typeof covered) =>
    dealGains([made, bought], { Tech, Crypto, Bonds: 1 })[0]?.left ?? null;
  assert.deepEqual(left(9_000, 5_000), { instrument: 'Crypto', was: 'long' }, 'sold before it fell');
  assert.deepEqual(left(9_000, 12_000), { instrument: 'Crypto', was: 'long' }, 'sold before it rose');
  assert.deepEqual(left(9_000, 12_000, covered), { instrument: 'Crypto', was: 'short' }, 'a short, in time');
  assert.equal(left(15_000, 9_000), null, 'what was bought rose by more');
  assert.equal(left(5_000, 9_000), null, 'and fell by more');
});
