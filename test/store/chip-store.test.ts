import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { JACKPOT, MINT, potOf, transfer, walletOf } from '#core/betting/ledger.ts';
import type { ChipTransaction, Pool } from '#show/ports/chips.ts';
import { openStore, type Store } from '#store/store.ts';
import { scratch } from './little-show.ts';

const POOL: Pool = {
  id: 's1e1',
  about: 'gain',
  season: 1,
  episode: 1,
  outcomes: ['alex', 'sarah'],
  status: 'open',
  openedAtMs: 1,
  lockedAtMs: null,
  seedChips: 0,
  houseChips: 0,
};

function inMemory(t: TestContext): Store {
  const store = openStore(':memory:');
  t.after(() => store.close());
  return store;
}

const welcome = (tx: ChipTransaction, member: string, chips = 1_000) =>
  tx.post(transfer(MINT, walletOf(member), chips, 'welcome', null, 1));

function bet(tx: ChipTransaction, member: string, outcome: string, chips: number): void {
  tx.post(transfer(walletOf(member), potOf(POOL.id), chips, 'stake', POOL.id, 2));
  tx.setStake(POOL.id, member, { member, outcome, chips, origin: 'reaction' });
}

test('a member is welcomed, stakes, changes the pick and takes it back', (t) => {
  const { chips } = inMemory(t);
  chips.transact((tx) => {
    tx.savePool(POOL);
    welcome(tx, 'ada');
    bet(tx, 'ada', 'alex', 50);
  });
  assert.equal(chips.balance(walletOf('ada')), 950);
  assert.deepEqual(chips.stake(POOL.id, 'ada'), {
    member: 'ada',
    outcome: 'alex',
    chips: 50,
    origin: 'reaction',
  });

  chips.transact((tx) => {
    tx.post(transfer(potOf(POOL.id), walletOf('ada'), 50, 'stake_returned', POOL.id, 3));
    bet(tx, 'ada', 'sarah', 80);
  });
  assert.deepEqual(chips.stakes(POOL.id), [
    { member: 'ada', outcome: 'sarah', chips: 80, origin: 'reaction' },
  ]);

  chips.transact((tx) => {
    tx.post(transfer(potOf(POOL.id), walletOf('ada'), 80, 'stake_returned', POOL.id, 4));
    tx.setStake(POOL.id, 'ada', null);
  });
  assert.deepEqual(chips.stakes(POOL.id), []);
  assert.equal(chips.balance(walletOf('ada')), 1_000);
  assert.equal(chips.balance(potOf(POOL.id)), 0);
  assert.equal(chips.ledgerSum(), 0);
  assert.deepEqual(
    chips.history('ada', 3).map(({ reason }) => reason),
    ['stake_returned', 'stake', 'stake_returned'],
  );
  assert.deepEqual(
    chips.history('ada', 10).at(-1),
    transfer(MINT, walletOf('ada'), 1_000, 'welcome', null, 1),
  );
  assert.deepEqual(chips.history('bob', 10), []);
});

test('a pool lives once: open, locked, ended', (t) => {
  const { chips } = inMemory(t);
  assert.equal(chips.livePool('gain'), null);
  chips.transact((tx) => tx.savePool(POOL));
  assert.deepEqual(chips.livePool('gain'), POOL);
  assert.throws(() => chips.transact((tx) => tx.savePool({ ...POOL, id: 's1e2' })), { code: 'refused' });
  const ofTwin: Pool = { ...POOL, id: 's1e1-twin', about: 'twin', outcomes: ['twin:far', 'floor:far'] };
  chips.transact((tx) => tx.savePool(ofTwin));
  assert.deepEqual(chips.livePool('twin'), ofTwin, 'the pool about the twin lives beside it');

  const locked: Pool = { ...POOL, status: 'locked', lockedAtMs: 9 };
  chips.transact((tx) => tx.savePool(locked));
  assert.deepEqual(chips.livePool('gain'), locked);
  chips.transact((tx) => tx.savePool({ ...locked, status: 'settled' }));
  assert.equal(chips.livePool('gain'), null);
  assert.throws(() => chips.transact((tx) => tx.savePool({ ...locked, status: 'refunded' })), {
    code: 'refused',
    message: /never changes again/,
  });
  assert.equal(chips.pool(POOL.id)?.status, 'settled');
  assert.equal(chips.pool('s9e9'), null);
});

test('an entry that does not balance or overdraws is refused, and its whole transaction with it', (t) => {
  const { chips } = inMemory(t);
  chips.transact((tx) => welcome(tx, 'ada', 20));
  const unbalanced = {
    reason: 'payout' as const,
    poolId: null,
    atMs: 1,
    legs: [{ account: walletOf('ada'), chips: 5 }],
  };
  assert.throws(() => chips.transact((tx) => (welcome(tx, 'bob'), tx.post(unbalanced))), /does not balance/);
  assert.throws(
    () =>
      chips.transact(
        (tx) => (welcome(tx, 'bob'), tx.post(transfer(walletOf('ada'), JACKPOT, 21, 'stake', null, 1))),
      ),
    /member:ada lacks 1 chips/,
  );
  assert.deepEqual(chips.wallets(10), [{ member: 'ada', chips: 20 }]);
  assert.equal(chips.balance(walletOf('bob')), 0);
  assert.equal(chips.ledgerSum(), 0);
});

test('no hand can change the ledger, nor a balance without one', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const store = openStore(file);
  t.after(() => store.close());
  store.chips.transact((tx) => welcome(tx, 'ada'));
  const hand = new Database(file);
  t.after(() => hand.close());
  for (const sql of [
    'UPDATE ledger_entries SET at_ms = 0',
    'DELETE FROM ledger_entries',
    'UPDATE ledger_legs SET chips = 2 * chips',
    'DELETE FROM ledger_legs',
  ]) {
    assert.throws(() => hand.exec(sql), /append-only/, sql);
  }
  hand.pragma('recursive_triggers = ON');
  assert.throws(
    () => hand.exec('REPLACE INTO ledger_legs SELECT entry, leg, account, 0, before FROM ledger_legs'),
    /append-only/,
  );
  assert.equal(store.chips.ledgerSum(), 0);
  hand.exec(`UPDATE accounts SET chips = chips + 7 WHERE name = 'member:ada'`);
  assert.equal(store.chips.ledgerSum(), 7, 'a cooked balance shows');
});

test('chips are only moved: whatever is posted, everything adds up to nothing', () => {
  const accounts = [MINT, JACKPOT, potOf('p'), walletOf('ada'), walletOf('bob')];
  const move = fc.record({
    from: fc.constantFrom(...accounts),
    to: fc.constantFrom(...accounts),
    chips: fc.integer({ min: 1, max: 2_000 }),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const store = openStore(':memory:');
      const { chips } = store;
      const expected = new Map(accounts.map((account) => [account, 0]));
      for (const { from, to, chips: amount } of moves) {
        const covered = from === MINT || from === to || (expected.get(from) ?? 0) >= amount;
        const post = () => chips.transact((tx) => tx.post(transfer(from, to, amount, 'payout', null, 1)));
        if (!covered) {
          assert.throws(post, /lacks/);
          continue;
        }
        post();
        expected.set(from, (expected.get(from) ?? 0) - amount);
        expected.set(to, (expected.get(to) ?? 0) + amount);
      }
      for (const [account, balance] of expected) assert.equal(chips.balance(account), balance);
      assert.equal(chips.ledgerSum(), 0);
      store.close();
    }),
    { numRuns: 40 },
  );
});

test('a transaction that tries to wait is undone, and its end is final', async (t) => {
  const { chips } = inMemory(t);
  let late: Promise<unknown> = Promise.resolve();
  assert.throws(
    () =>
      chips.transact((tx) => {
        welcome(tx, 'ada');
        late = Promise.resolve().then(() => welcome(tx, 'bob'));
        return late;
      }),
    /cannot return a promise/,
  );
  await assert.rejects(late, /never awaits/);
  assert.deepEqual(chips.wallets(10), []);
});

test('wallets are listed richest first, members only', (t) => {
  const { chips } = inMemory(t);
  chips.transact((tx) => {
    for (const [member, sum] of [
      ['ada', 10],
      ['bob', 30],
      ['cyd', 20],
    ] as const)
      welcome(tx, member, sum);
    tx.post(transfer(MINT, JACKPOT, 999, 'rounding_to_jackpot', null, 1));
  });
  assert.deepEqual(chips.wallets(2), [
    { member: 'bob', chips: 30 },
    { member: 'cyd', chips: 20 },
  ]);
});

test('a member is forgotten, and every sum still holds', (t) => {
  const { chips } = inMemory(t);
  chips.transact((tx) => {
    tx.savePool(POOL);
    for (const member of ['ada', 'bob']) {
      welcome(tx, member);
      bet(tx, member, 'alex', 100);
    }
  });
  assert.throws(() => chips.transact((tx) => tx.forget('ada')), /stake in pool s1e1/);
  chips.transact((tx) => tx.savePool({ ...POOL, status: 'settled' }));
  chips.transact((tx) => tx.forget('ada'));
  chips.transact((tx) => tx.forget('nobody'));
  assert.deepEqual(chips.wallets(10), [{ member: 'bob', chips: 900 }]);
  assert.deepEqual(chips.history('ada', 10), []);
  assert.equal(chips.balance(potOf(POOL.id)), 200);
  assert.equal(chips.stakes(POOL.id).length, 2);
  assert.ok(!JSON.stringify([chips.stakes(POOL.id), chips.history('bob', 10)]).includes('ada'));
  assert.equal(chips.ledgerSum(), 0);
});
