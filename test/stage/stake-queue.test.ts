import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToTell } from '#show/audience/member-picks.ts';
import { StakeQueue } from '#stage/betting/stake-queue.ts';

test('a pick stays stored though nobody can be told of it, and the next member is told', () => {
  const told: ToTell[] = [];
  const errors: string[] = [];
  let stored = 0;
  const kept = { code: 'stands_without_reaction', outcome: 'alex' } as const;
  const [ann, ben]: [ToTell, ToTell] = [
    { member: 'ann', why: kept },
    { member: 'ben', why: kept },
  ];
  const queue = new StakeQueue({
    take: () => ({ staked: 2, returned: 0, toTell: [ann, ben], named: new Map() }),
    tell: (what) => {
      if (what === ann) throw new Error('disk I/O error');
      told.push(what);
    },
    named: () => {},
    stored: () => (stored += 1),
    failed: () => assert.fail('it was stored'),
    log: { debug() {}, info() {}, warn() {}, error: (_, message) => errors.push(message) },
  });
  queue.add({ member: 'ann', what: 'added', outcome: 'alex' });
  assert.equal(queue.flush().staked, 2);
  assert.deepEqual([told, stored], [[ben], 1]);
  assert.deepEqual(errors, ['a member could not be told what became of a pick']);
});
