import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertBalanced, potOf } from '#core/ledger.ts';
import { largestStake, refund, settle, type StakeLike } from '#core/pools.ts';

const pool = { id: 's1e1', seedChips: 7 };
const traders = ['alice', 'sarah', 'alex', 'mike'];

test("the pot goes to the winner's backers in proportion, and rounding to the jackpot", () => {
  const stakes = [
    { member: 'a', outcome: 'alice', chips: 50 },
    { member: 'b', outcome: 'alice', chips: 25 },
    { member: 'c', outcome: 'mike', chips: 50 },
  ];
  const result = settle(pool, stakes, ['alice'], 0);
  assert.ok(result.status === 'settled');
  assert.deepEqual(result.payouts, [
    { member: 'a', chips: 88 },
    { member: 'b', chips: 44 },
  ]);
  assert.equal(result.toJackpot, 0);
});

test('every doubtful case returns the stakes: nobody backed the winner, or all backed one', () => {
  const one = settle(pool, [{ member: 'a', outcome: 'alice', chips: 50 }], ['alice'], 0);
  assert.ok(one.status === 'refunded' && one.because === 'only_one_outcome_backed');
  const none = settle(
    pool,
    [
      { member: 'a', outcome: 'alice', chips: 50 },
      { member: 'b', outcome: 'mike', chips: 50 },
    ],
    ['alex'],
    0,
  );
  assert.ok(none.status === 'refunded' && none.because === 'nobody_backed_the_winner');
});

test("a quarter of a member's chips is the most, but whoever has ten may always stake them", () => {
  assert.deepEqual([1_000, 30, 8, 0].map(largestStake), [250, 10, 8, 0]);
});

test('whatever is staked and whoever wins, the pot is emptied to the chip and nothing is minted', () => {
  const stake = fc.record({
    outcome: fc.constantFrom(...traders),
    chips: fc.integer({ min: 1, max: 100_000 }),
  });
  fc.assert(
    fc.property(
      fc.array(stake, { maxLength: 40 }),
      fc.subarray(traders, { minLength: 1 }),
      fc.nat(1_000),
      (drawn, winners, seedChips) => {
        const stakes: StakeLike[] = drawn.map((it, index) => ({ ...it, member: String(index) }));
        const pot = seedChips + stakes.reduce((sum, it) => sum + it.chips, 0);
        for (const result of [
          settle({ id: 'p', seedChips }, stakes, winners, 0),
          refund({ id: 'p', seedChips }, stakes, 'cancelled', 0),
        ]) {
          for (const entry of result.entries) assertBalanced(entry);
          const left = result.entries
            .flatMap((entry) => entry.legs)
            .filter((leg) => leg.account === potOf('p'));
          assert.equal(
            left.reduce((sum, leg) => sum + leg.chips, 0),
            0 - pot,
          );
        }
      },
    ),
    // Nothing staked, nothing added: an empty pot is no minus zero.
    { examples: [[[], ['alex'], 0]] },
  );
});
