import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Payout, Pool, PoolResult } from '#show/ports/chips.ts';
import type { OddsRow } from '#show/results.ts';
import { closedPool } from '#stage/presentation/posts/pool.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';

const wording = wordingFor(content, textsFor('en'));
const pool: Pool = {
  id: 's1e2',
  about: 'gain',
  season: 1,
  episode: 2,
  outcomes: ['alex', 'alice', 'mike', 'sarah'],
  status: 'settled',
  openedAtMs: 0,
  lockedAtMs: 1,
  seedChips: 100,
  houseChips: 50,
};

/** A member had 225 chips on Mike. */
function told(result: Partial<Extract<PoolResult, { status: 'settled' }>>, about: Pool['about'] = 'gain') {
  const odds: OddsRow[] = pool.outcomes.map((outcome) => ({
    outcome,
    chips: outcome === 'mike' ? 275 : 50,
    shareBps: 0,
    per100: 0,
    backers: outcome === 'mike' ? 1 : 0,
  }));
  const settled: PoolResult = {
    status: 'settled',
    winners: ['alice'],
    payouts: [],
    toHouse: 0,
    toJackpot: 0,
    ...result,
  };
  const [embed] = closedPool({ ...pool, about }, odds, settled, wording).embeds ?? [];
  return embed?.description ?? '';
}

test('where every member lost, nobody is said to be paid, and the house gets more than its own', () => {
  for (const about of ['gain', 'twin'] as const) {
    const lost = told({ toHouse: 525, ...(about === 'twin' && { leadBps: 120 }) }, about);
    assert.match(lost, /No member had chips on it, so nobody is paid\./u);
    assert.match(lost, /The house had put in 200 chips and takes 525\./u);
    assert.doesNotMatch(lost, /Winners are paid|Paid:/u);
  }
});

test('where a member won, the payout is named, and of the house what it put in and what it gets', () => {
  const payouts: Payout[] = [{ member: '200000000000000001', chips: 429, streak: 0, bound: false }];
  const won = told({ winners: ['mike'], payouts, toHouse: 95 });
  assert.match(
    won,
    /\*\*Mike\*\* gained most\.\n[^]*Paid: <@200000000000000001> 429\nThe house had put in 200 chips and takes 95\./u,
  );
});
