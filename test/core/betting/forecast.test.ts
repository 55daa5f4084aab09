import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extended, judge, NO_RECORD, skillBps, tenthOf, type Judged } from '#core/betting/forecast.ts';

const traders = ['alice', 'sarah', 'alex', 'mike'];
const stake = (chips: number) => ({ member: 'ann', outcome: 'alice', chips });

test('a stake forecasts what the pool would show if its member were alone with the house', () => {
  const right = judge(stake(50), traders, ['alice']);
  // 100 of 250 on Alice and 50 of 250 on each other.
  assert.equal(right.sharePpm, 400_000);
  assert.equal(right.brierPpm, 480_000, '0.6² + 3 x 0.2²');
  assert.equal(right.evenPpm, 750_000);
  assert.equal(judge(stake(50), traders, ['mike']).brierPpm, 880_000, '0.4² + 0.8² + 2 x 0.2²');
  assert.equal(judge(stake(250), traders, ['alice']).sharePpm, 666_667, 'a larger stake is surer');
});

test('a tie is an outcome in equal parts', () => {
  const tied = judge(stake(50), traders, ['alice', 'mike']);
  assert.ok(tied.won);
  assert.equal(tied.brierPpm, 180_000, '0.1² + 0.3² + 2 x 0.2²');
  assert.equal(tied.evenPpm, 250_000);
});

test('nobody scores better in the long run by staking other than they believe', () => {
  // Believes that Alice wins with `share`; the stake that says so is the best of all stakes.
  const expected = (chips: number, share: number): number => {
    const rest = (1 - share) / 3;
    return traders.reduce((sum, winner) => {
      const chance = winner === 'alice' ? share : rest;
      return sum + chance * judge(stake(chips), traders, [winner]).brierPpm;
    }, 0);
  };
  const saying = (share: number): number => Math.round((200 * share - 50) / (1 - share));
  fc.assert(
    fc.property(
      fc.double({ min: 0.3, max: 0.8, noNaN: true }),
      fc.integer({ min: 1, max: 2_000 }),
      (share, other) => {
        assert.ok(expected(saying(share), share) <= expected(other, share) + 10);
      },
    ),
  );
});

test('streaks run until the luck changes, and the best one is kept', () => {
  const judged = (won: boolean): Judged => judge(stake(50), traders, [won ? 'alice' : 'mike']);
  const after = [true, true, true, false, false, true].map(judged).reduce(extended, NO_RECORD);
  assert.deepEqual(
    { ...after, brierPpm: 0, evenPpm: 0 },
    { forecasts: 6, won: 4, streak: 1, bestStreak: 3, brierPpm: 0, evenPpm: 0 },
  );
  const dry = [true, false, false].map(judged).reduce(extended, NO_RECORD);
  assert.equal(dry.streak, -2);
});

test('skill is measured against even money: a prophet has 100 %, whoever is always wrong less than nothing', () => {
  assert.equal(skillBps({ brierPpm: 0, evenPpm: 750_000 }), 10_000);
  assert.equal(skillBps({ brierPpm: 750_000, evenPpm: 750_000 }), 0);
  assert.ok(skillBps(judge(stake(250), traders, ['mike'])) < 0);
  assert.equal(skillBps(NO_RECORD), 0);
});

test('a share is in its tenth', () => {
  assert.deepEqual([0, 99_999, 100_000, 400_000, 999_999, 1_000_000].map(tenthOf), [0, 0, 1, 4, 9, 9]);
});
