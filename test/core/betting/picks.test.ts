import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learn, NOTHING_MEANWHILE, type Learned, type Picks } from '#core/betting/picks.ts';

const ON_ALICE: Picks = { on: ['alice'], stake: { outcome: 'alice', origin: 'reaction' } };

const read = (...outcomes: string[]): Learned => ({ what: 'read', outcomes, meanwhile: NOTHING_MEANWHILE });

/** What a member ends with who did all of this in this order. */
function after(all: readonly Learned[], from: Picks = { on: [], stake: null }): Picks {
  return all.reduce<Picks>((picks, learned) => {
    const { on, verdict } = learn(picks, learned);
    switch (verdict.do) {
      case 'nothing':
        return { on, stake: picks.stake };
      case 'double':
        return { on, stake: picks.stake && { ...picks.stake, origin: 'command' } };
      case 'stake':
        return {
          on,
          stake: { outcome: verdict.outcome, origin: verdict.chips === null ? 'reaction' : 'command' },
        };
      case 'return':
      case 'return_as_unclear':
        return { on, stake: null };
      case 'keep_without_reaction':
        return { on, stake: picks.stake && { ...picks.stake, origin: 'command' } };
      default:
        return verdict satisfies never;
    }
  }, from);
}

const added = (outcome: string): Learned => ({ what: 'added', outcome });
const removed = (outcome: string, byBot = false): Learned => ({ what: 'removed', outcome, byBot });

test('the last pick counts, and an earlier one that still stands never comes back by itself', () => {
  assert.equal(after([added('alice'), added('mike')]).stake?.outcome, 'mike');
  assert.equal(after([added('alice'), added('mike'), removed('alice')]).stake?.outcome, 'mike');
  const none = after([added('alice'), added('mike'), removed('mike')]);
  assert.deepEqual(none, { on: ['alice'], stake: null });
  assert.equal(after([read('alice')], none).stake, null);
  assert.equal(after([removed('alice'), added('alice')], none).stake?.outcome, 'alice');
});

test('of what a reading finds, only what is new was picked since', () => {
  assert.deepEqual(after([read('alice')], ON_ALICE), ON_ALICE);
  assert.equal(after([read('alice', 'mike')], ON_ALICE).stake?.outcome, 'mike');
  assert.equal(after([read()], ON_ALICE).stake, null);
  assert.equal(after([read('mike', 'sarah')], ON_ALICE).stake, null, 'which of the two came last?');
});

test('what is heard while the message is read is newer than the reading', () => {
  const meanwhile = { touched: ['mike'], picked: true };
  const picked = after([added('mike'), { what: 'read', outcomes: ['alice'], meanwhile }], ON_ALICE);
  assert.deepEqual([picked.stake?.outcome, [...picked.on].sort()], ['mike', ['alice', 'mike']]);
  const left = after(
    [
      removed('alice'),
      { what: 'read', outcomes: ['alice', 'sarah'], meanwhile: { touched: ['alice'], picked: false } },
    ],
    ON_ALICE,
  );
  assert.deepEqual(left, { on: ['sarah'], stake: { outcome: 'sarah', origin: 'reaction' } });
});

test('a pick whose reaction the bot took off stands by itself', () => {
  const kept = after([removed('alice', true)], ON_ALICE);
  assert.deepEqual(kept, { on: [], stake: { outcome: 'alice', origin: 'command' } });
  assert.deepEqual(after([read()], kept), kept);
  assert.equal(after([added('alice')], kept).stake?.origin, 'reaction');
});
