import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { extended, judge, NO_RECORD, type TrackRecord } from '#core/betting/forecast.ts';
import { missingChips } from '#core/betting/ledger.ts';
import { HOUSE_CHIPS } from '#core/betting/pools.ts';
import { Audience } from '#show/audience/audience.ts';
import { APPLICATION_ID, MIGRATIONS } from '#store/schema.ts';
import { openStore } from '#store/store.ts';
import { TRADERS } from '#test/support/any-pool.ts';
import { setClock } from '#test/support/clock.ts';
import { scratch } from './little-show.ts';

/** The steps that a database had before there was a house. */
const STEPS_BEFORE = 5;

const STAKES = [
  { pool: 's1e1', member: 'ann', outcome: 'alice', chips: 50 },
  { pool: 's1e2', member: 'ann', outcome: 'mike', chips: 200 },
  { pool: 's1e2', member: 'ben', outcome: 'alice', chips: 10 },
  { pool: 's1e3', member: 'ann', outcome: 'alice', chips: 100 },
  { pool: 's1e4', member: 'ann', outcome: 'sarah', chips: 5 },
  { pool: 's1e4', member: 'ben', outcome: 'mike', chips: 50 },
] as const;
/** The third pool was returned. */
const WINNERS: Record<string, string[] | null> = {
  s1e1: ['alice'],
  s1e2: ['mike', 'sarah'],
  s1e3: null,
  s1e4: ['alex'],
};

function oldShow(file: string): void {
  const db = new Database(file);
  for (const step of MIGRATIONS.slice(0, STEPS_BEFORE)) db.exec(step);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${STEPS_BEFORE}`);
  const pool = db.prepare(
    `INSERT INTO pools (id, season, episode, outcomes, status, opened_at_ms, seed_chips) VALUES (?, 1, ?, ?, ?, 1, 0)`,
  );
  const outcomes = JSON.stringify(TRADERS);
  for (const [index, [id, winners]] of Object.entries(WINNERS).entries()) {
    pool.run(id, index + 1, outcomes, winners ? 'settled' : 'refunded');
    const result = winners
      ? { status: 'settled', winners, toJackpot: 0 }
      : { status: 'refunded', because: 'cancelled' };
    db.prepare('INSERT INTO pool_results VALUES (?, ?)').run(id, JSON.stringify(result));
  }
  const stake = db.prepare('INSERT INTO stakes (pool, member, outcome, chips) VALUES (?, ?, ?, ?)');
  for (const { pool, member, outcome, chips } of STAKES) stake.run(pool, member, outcome, chips);
  // A pool is open as the show is updated, and both have staked on the same trader.
  pool.run('s1e5', 5, outcomes, 'open');
  db.exec(`INSERT INTO accounts (name) VALUES ('mint'), ('member:ann'), ('member:ben'), ('pool:s1e5')`);
  const move = (entry: number, from: string, to: string, chips: number, reason: string): void => {
    db.prepare('INSERT INTO ledger_entries VALUES (?, ?, NULL, 1)').run(entry, reason);
    const leg = db.prepare('INSERT INTO ledger_legs SELECT ?, ?, id, ? FROM accounts WHERE name = ?');
    leg.run(entry, 0, -chips, from);
    leg.run(entry, 1, chips, to);
  };
  for (const [index, member] of ['ann', 'ben'].entries()) {
    move(index * 2 + 1, 'mint', `member:${member}`, 1_000, 'welcome');
    move(index * 2 + 2, `member:${member}`, 'pool:s1e5', 50, 'stake');
    stake.run('s1e5', member, 'alice', 50);
  }
  db.close();
}

test('a show of before the house: the open pool keeps its rules, the next is backed, and what was settled counts for the records', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  oldShow(file);
  const store = openStore(file);
  t.after(() => store.close());
  const { chips, hand, keyValues } = store;
  const clock = setClock('2026-10-24T21:00Z');
  const audience = new Audience({ chips, hand, keyValues, clock, changed: () => {}, timeZone: () => 'UTC' });

  for (const member of ['ann', 'ben']) {
    const expected = STAKES.filter((stake) => stake.member === member)
      .flatMap((stake) => {
        const winners = WINNERS[stake.pool];
        return winners ? [judge(stake, TRADERS, winners)] : [];
      })
      .reduce<TrackRecord>(extended, NO_RECORD);
    assert.deepEqual({ ...audience.trackRecord(member) }, expected, member);
  }
  assert.deepEqual(
    audience.calibration('ann').map((each) => [each.tenth, each.forecasts, each.won]),
    [
      [2, 1, 0],
      [4, 1, 1],
      [6, 1, 1],
    ],
  );

  audience.pools.lock();
  const standings = TRADERS.map((trader) => ({
    trader,
    equityCents: 0,
    episodeGainCents: trader === 'alice' ? 1 : 0,
  }));
  audience.pools.settleEpisode({ type: 'episodeClosed', season: 1, episode: 5, standings });
  assert.deepEqual(audience.pools.resultOf('s1e5'), {
    status: 'refunded',
    because: 'only_one_outcome_backed',
  });
  assert.equal(audience.books().house, 0, 'that pool knew no house');
  assert.equal(audience.pools.open(1, 6, 'gain', TRADERS)?.houseChips, 50);
  assert.deepEqual(audience.books(), {
    members: 2_000,
    staked: 200,
    jackpot: 0,
    house: 9_800,
    minted: 12_000,
  });
  assert.equal(missingChips(audience.books()), 0);
  assert.deepEqual(
    audience.wallet('ann').history.map(({ reason }) => reason),
    ['refund', 'stake', 'welcome'],
    'what moved before the update is in the history, too',
  );
  assert.equal(audience.ledgerSum(), 0);
});

test('the house gets its chips once, and no later pool reads through all that it ever did', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const { chips, hand, keyValues } = store;
  const clock = setClock('2026-10-24T21:00Z');
  const { pools } = new Audience({ chips, hand, keyValues, clock, changed: () => {}, timeZone: () => 'UTC' });
  const walked = t.mock.method(chips, 'lastAtMs');
  for (let episode = 1; episode <= 20; episode++) {
    const pool = pools.open(1, episode, 'gain', TRADERS);
    assert.ok(pool);
    pools.lock();
    pools.refund(pool.id, 'cancelled');
  }
  assert.equal(chips.books().minted, HOUSE_CHIPS);
  assert.equal(walked.mock.callCount(), 0);
});

test('whoever deletes their data is on no board any more', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  oldShow(file);
  const store = openStore(file);
  t.after(() => store.close());
  const { chips } = store;
  assert.deepEqual(
    chips.ranking(2, 10).map(({ member }) => member),
    ['ann', 'ben'],
  );
  chips.transact((tx) => {
    tx.setStake('s1e5', 'ann', null);
    tx.forget('ann');
  });
  assert.deepEqual(
    chips.ranking(2, 10).map(({ member }) => member),
    ['ben'],
  );
  assert.equal(chips.trackRecord('ann'), null);
  assert.equal(
    chips.calibration(null).reduce((sum, { forecasts }) => sum + forecasts, 0),
    5,
    'the sums of all still hold',
  );
});
