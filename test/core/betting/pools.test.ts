import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertBalanced, HOUSE, potOf } from '#core/betting/ledger.ts';
import {
  houseBacking,
  largestStake,
  opening,
  potChips,
  refund,
  returnOf,
  settle,
  type StakeLike,
} from '#core/betting/pools.ts';

const traders = ['alice', 'sarah', 'alex', 'mike'];
const backed = { id: 's1e1', outcomes: traders, seedChips: 7, houseChips: 50 };
const unbacked = { ...backed, houseChips: 0 };
const on = (member: string, outcome: string, chips = 50): StakeLike => ({ member, outcome, chips });

test("the pot goes to the winner's backers in proportion, the house among them, and rounding to the jackpot", () => {
  const stakes = [on('a', 'alice'), on('b', 'alice', 25), on('c', 'mike')];
  const result = settle(backed, stakes, ['alice'], 0);
  assert.ok(result.status === 'settled');
  // The pot is 7 + 4 x 50 + 125 = 332, and Alice's side 50 + 75 = 125.
  assert.deepEqual(result.payouts, [
    { member: 'a', chips: 132 },
    { member: 'b', chips: 66 },
  ]);
  assert.deepEqual([result.toHouse, result.toJackpot], [132, 2]);
});

test('a lone member wins or loses like anybody', () => {
  const won = settle(backed, [on('a', 'alice')], ['alice'], 0);
  assert.ok(won.status === 'settled');
  assert.deepEqual(won.payouts, [{ member: 'a', chips: 128 }]);
  const lost = settle(backed, [on('a', 'alice')], ['mike'], 0);
  assert.ok(lost.status === 'settled');
  assert.deepEqual([lost.payouts, lost.toHouse, lost.toJackpot], [[], 257, 0]);
});

test('a stake is told to return what it is paid if its outcome wins, and in doubt itself', () => {
  const fresh = { ...backed, seedChips: 0 };
  const alone = on('a', 'alice', 100);
  assert.equal(returnOf(fresh, [alone], alone), 200);
  assert.equal(returnOf(fresh, [alone], alone, new Set(['a'])), 100, 'who ran the show wins nothing');
  assert.equal(returnOf(unbacked, [alone], alone), 100, 'a pool that nobody can lose is returned');
});

test('a pool that nobody stakes in gives everybody back their own, the jackpot too', () => {
  const none = settle(backed, [], ['alice'], 0);
  assert.ok(none.status === 'refunded' && none.because === 'nobody_staked');
  const toHouse = none.entries.flatMap(({ legs }) => legs).find(({ account }) => account === HOUSE);
  assert.equal(toHouse?.chips, 200);
});

test('a pool of before there was a house returns the stakes in doubt, as it did then', () => {
  const one = settle(unbacked, [on('a', 'alice')], ['alice'], 0);
  assert.ok(one.status === 'refunded' && one.because === 'only_one_outcome_backed');
  const none = settle(unbacked, [on('a', 'alice'), on('b', 'mike')], ['alex'], 0);
  assert.ok(none.status === 'refunded' && none.because === 'nobody_backed_the_winner');
  const won = settle(unbacked, [on('a', 'alice'), on('b', 'mike')], ['alice'], 0);
  assert.deepEqual(won.status === 'settled' && won.payouts, [{ member: 'a', chips: 107 }]);
});

test('the house backs with less when it runs low, down to a chip for each, and with none that it does not have', () => {
  assert.deepEqual(
    [10_000, 2_000, 1_999, 1_000, 100, 4, 3, 0].map((chips) => houseBacking(chips, 4)),
    [50, 50, 49, 25, 2, 1, 0, 0],
  );
  assert.equal(houseBacking(10_000, 10), 50);
});

test("a quarter of a member's chips is the most, but whoever has ten may always stake them", () => {
  assert.deepEqual([1_000, 30, 8, 0].map(largestStake), [250, 10, 8, 0]);
});

const drawnStakes = fc
  .array(fc.record({ outcome: fc.constantFrom(...traders), chips: fc.integer({ min: 1, max: 100_000 }) }), {
    maxLength: 40,
  })
  .map((drawn) => drawn.map((it, index): StakeLike => ({ ...it, member: String(index) })));

test('whatever is staked and whoever wins, the pot is filled and emptied to the chip and nothing is minted', () => {
  fc.assert(
    fc.property(
      drawnStakes,
      fc.subarray(traders, { minLength: 1 }),
      fc.nat(1_000),
      fc.nat(50),
      (stakes, winners, seedChips, houseChips) => {
        const pool = { id: 'p', outcomes: traders, seedChips, houseChips };
        const inPot = (entries: ReturnType<typeof opening>): number =>
          entries
            .flatMap((entry) => (assertBalanced(entry), entry.legs))
            .filter((leg) => leg.account === potOf('p'))
            .reduce((sum, leg) => sum + leg.chips, 0);
        const staked = stakes.reduce((sum, it) => sum + it.chips, 0);
        assert.equal(inPot(opening(pool, 0)) + staked, potChips(pool, stakes));
        for (const result of [settle(pool, stakes, winners, 0), refund(pool, stakes, 'cancelled', 0)])
          assert.equal(inPot(result.entries) + potChips(pool, stakes), 0);
      },
    ),
    // Nothing staked, nothing added: an empty pot is no minus zero.
    { examples: [[[], ['alex'], 0, 0]] },
  );
});

test('with the house behind every trader each stake wins or loses: no pool with a stake is returned, and no winner gets less than the stake', () => {
  fc.assert(
    fc.property(
      drawnStakes,
      fc.constantFrom(...traders),
      fc.integer({ min: 1, max: 50 }),
      (stakes, winner, houseChips) => {
        fc.pre(stakes.length > 0);
        const result = settle({ ...backed, houseChips }, stakes, [winner], 0);
        assert.ok(result.status === 'settled');
        const paid = new Map(result.payouts.map(({ member, chips }) => [member, chips]));
        for (const { member, outcome, chips } of stakes) {
          if (outcome === winner) assert.ok((paid.get(member) ?? 0) >= chips);
          else assert.equal(paid.get(member), undefined);
        }
        assert.ok(result.toJackpot <= stakes.length, 'only roundings are left');
      },
    ),
  );
});
