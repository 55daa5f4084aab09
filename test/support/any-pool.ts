/** What can happen to pools and to members' chips, as data for property tests, and the books that must balance whatever happens. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FAR_BPS, MARGINS } from '#core/betting/margin.ts';
import { missingChips, potOf, walletOf } from '#core/betting/ledger.ts';
import { REFUND_REASONS } from '#core/betting/pools.ts';
import type { Audience } from '#show/audience/audience.ts';
import { poolIdOf } from '#show/audience/pools.ts';
import type { LearnedOf } from '#show/audience/member-picks.ts';
import type { ChipStore } from '#show/ports/chips.ts';

/** More than a member can have in a season of these steps. */
const ENTRIES_A_SEASON = 400;

export const TRADERS = ['alice', 'sarah', 'alex', 'mike'] as const;
export const BETTORS = ['ann', 'ben', 'cleo', 'dan', 'eve'] as const;

const member = fc.constantFrom(...BETTORS);
const outcome = fc.constantFrom(...TRADERS);
/** Allowed ones, and some that no member may stake. */
const chips = fc.oneof(fc.integer({ min: 1, max: 250 }), fc.integer({ min: -5, max: 5_000 }));
const outcomes = fc.subarray([...TRADERS]);
const margin = fc.constantFrom(...MARGINS);

const learned: fc.Arbitrary<LearnedOf> = fc.oneof(
  fc.record({ what: fc.constant('added' as const), member, outcome }),
  fc.record({ what: fc.constant('named' as const), member, outcome, chips }),
  fc.record({ what: fc.constant('doubled' as const), member }),
  fc.record({ what: fc.constant('removed' as const), member, outcome, byBot: fc.boolean() }),
  fc.record({
    what: fc.constant('read' as const),
    member,
    outcomes,
    meanwhile: fc.record({ touched: outcomes, picked: fc.boolean() }),
  }),
);

/** What a member does may be heard once or twice, and what several do in any order. */
const heard = fc
  .array(learned, { minLength: 1, maxLength: 6 })
  .chain((all) =>
    fc.tuple(fc.shuffledSubarray([...all, ...all], { minLength: 1 }), fc.constant('heard' as const)),
  )
  .map(([all, what]) => ({ what, all }));

const act = fc.oneof(
  { weight: 24, arbitrary: heard },
  { weight: 8, arbitrary: fc.record({ what: fc.constant('onTwin' as const), member, margin }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('doubleOnTwin' as const), member }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('offTwin' as const), member }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('exclude' as const), member }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('bailOut' as const), member }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('forget' as const), member }) },
  { weight: 2, arbitrary: fc.constant({ what: 'restart' as const }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('whisper' as const), member, trader: outcome }) },
  // A tip may be told as heard twice, or after it was returned.
  { weight: 2, arbitrary: fc.record({ what: fc.constant('tipHeard' as const), nth: fc.nat({ max: 5 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('pledge' as const),
      member,
      trader: outcome,
      round: fc.nat({ max: 2 }),
      chips,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ what: 'handBack' as const }) },
);

const bell = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('close' as const),
      gains: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 }),
      leadBps: fc.option(fc.integer({ min: -2 * FAR_BPS, max: 2 * FAR_BPS })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('cancel' as const),
      about: fc.constantFrom('gain' as const, 'twin' as const),
      because: fc.constantFrom(...REFUND_REASONS),
    }),
  },
);

const open = { what: 'open' as const };
const lock = { what: 'lock' as const };

export type Step =
  | typeof open
  | typeof lock
  | (typeof act extends fc.Arbitrary<infer S> ? S : never)
  | (typeof bell extends fc.Arbitrary<infer S> ? S : never);

const anything: fc.Arbitrary<Step> = fc.oneof(act, bell, fc.constantFrom(open, lock));

/** Episodes as they should go, with whatever may come between, and bells that come early, late or never. */
export const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.tuple(
      fc.constant([open]),
      fc.array(act, { maxLength: 6 }),
      fc.oneof(
        { weight: 5, arbitrary: fc.constant<Step[]>([lock]) },
        { weight: 1, arbitrary: fc.array(anything, { maxLength: 2 }) },
      ),
      fc.array(act, { maxLength: 2 }),
      fc.array(bell, { maxLength: 2 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((episodes) => episodes.flat(2));

/** Plays the steps of one season; `restarted` gives the audience of a process that has just begun. */
export function playSteps(
  all: readonly Step[],
  season: number,
  chips: ChipStore,
  restarted: () => Audience,
): void {
  let audience = restarted();
  let episode = 1;
  const tips: number[] = [];
  for (const each of all) {
    switch (each.what) {
      case 'open':
        audience.pools.open(season, episode, 'twin', MARGINS);
        if (audience.pools.open(season, episode, 'gain', TRADERS)) episode += 1;
        break;
      case 'onTwin':
        audience.stakeOnTwin(each.member, each.margin);
        break;
      case 'doubleOnTwin':
        audience.double(each.member, 'twin');
        break;
      case 'offTwin':
        audience.unstakeOnTwin(each.member);
        break;
      case 'heard':
        audience.picks.take(each.all);
        break;
      case 'lock':
        audience.pools.lock();
        break;
      case 'close':
        for (const { episode: on } of audience.pools.live())
          closeTwice(audience, on, each.gains, each.leadBps);
        break;
      case 'cancel': {
        const pool = audience.pool(each.about);
        if (pool) audience.pools.refund(pool.id, each.because);
        break;
      }
      case 'exclude':
        audience.exclude(each.member, poolIdOf(season, Math.max(1, episode - 1)));
        break;
      case 'bailOut':
        audience.bailOut(each.member);
        break;
      case 'forget':
        if (!audience.stakeOf(each.member) && !audience.stakeOf(each.member, 'twin'))
          audience.forget(each.member);
        break;
      case 'restart':
        audience = restarted();
        break;
      case 'whisper': {
        const { member, trader } = each;
        const tip = { poolId: poolIdOf(season, episode), member, trader, text: 'Buy', names: null } as const;
        const given = audience.whispers.give({ ...tip, tone: 'up' });
        if (given.ok) tips.push(given.value.id);
        break;
      }
      case 'tipHeard': {
        const id = tips[each.nth];
        if (id !== undefined) audience.whispers.heard(id, 1);
        break;
      }
      case 'pledge': {
        const { member, trader, round, chips } = each;
        // Thoughts of this season, whatever the ledger holds from others.
        const thought = { poolId: poolIdOf(season, episode), trader, round: 10 * season + round };
        audience.leaks.pledge(member, thought, chips);
        break;
      }
      case 'handBack':
        audience.whispers.giveBack();
        audience.leaks.giveBack();
        break;
      default:
        each satisfies never;
    }
    assert.equal(missingChips(audience.books()), 0, `chips are missing after ${JSON.stringify(each)}`);
    assertNoBalanceIsBelowNothing(audience);
  }
  for (const { id } of audience.pools.live()) audience.pools.refund(id, 'cancelled');
  audience.whispers.giveBack();
  audience.leaks.giveBack();
  assert.equal(audience.books().staked, 0, 'no pot keeps a chip when its pool is over');
  assertPaidOnce(chips, season);
  assertHandPaidOnce(chips, season);
}

/** The closing bell may be heard of twice. */
function closeTwice(
  audience: Audience,
  episode: number,
  gains: readonly number[],
  leadBps: number | null,
): void {
  const standings = TRADERS.map((trader, index) => ({
    trader,
    equityCents: 0,
    episodeGainCents: gains[index] ?? 0,
  }));
  const bell = { type: 'episodeClosed' as const, season: 1, episode, standings };
  audience.pools.settleEpisode(bell);
  audience.pools.settleTwin(bell, leadBps);
  assert.equal(audience.pools.settleEpisode(bell), null);
  assert.equal(audience.pools.settleTwin(bell, leadBps), null);
}

function assertNoBalanceIsBelowNothing(audience: Audience): void {
  const { members, staked, jackpot, house } = audience.books();
  for (const chips of [members, staked, jackpot, house]) assert.ok(chips >= 0);
}

/** What a tip or a thought cost is spent once or returned once, never both. */
function assertHandPaidOnce(chips: ChipStore, season: number): void {
  const reasons = new Set(['whisper', 'whisper_returned', 'pledge', 'pledge_returned']);
  const moved = BETTORS.flatMap((member) => chips.history(member, ENTRIES_A_SEASON))
    .filter(({ reason, poolId }) => reasons.has(reason) && poolId?.startsWith(`s${season}e`))
    .flatMap(({ legs }) => legs.filter(({ account }) => account.startsWith('pool:')));
  const pots = Map.groupBy(moved, ({ account }) => account);
  for (const [pot, legs] of pots) {
    const kept = legs.reduce((sum, leg) => sum + leg.chips, 0);
    assert.equal(chips.balance(pot), 0, `${pot} keeps chips`);
    assert.ok(kept >= 0, `${pot} returned more than was put in`);
  }
}

/** However often a pool is closed, a member gets at most one payout or refund from it, which its result names, and its pot ends empty. */
function assertPaidOnce(chips: ChipStore, season: number): void {
  const paid = BETTORS.flatMap((member) =>
    chips
      .history(member, ENTRIES_A_SEASON)
      .filter(({ reason }) => reason === 'payout' || reason === 'refund')
      .map(({ poolId, legs }) => ({
        member,
        poolId,
        chips: legs.find(({ account }) => account === walletOf(member))?.chips,
      })),
  );
  for (const poolId of poolsOf(season, chips)) {
    const result = chips.result(poolId);
    assert.equal(chips.balance(potOf(poolId)), 0);
    for (const member of BETTORS) {
      const got = paid.filter((entry) => entry.poolId === poolId && entry.member === member);
      assert.ok(got.length <= 1, `${member} was paid ${got.length} times by ${poolId}`);
      if (result?.status !== 'settled') continue;
      const told = result.payouts.find((payout) => payout.member === member)?.chips;
      assert.equal(got[0]?.chips, told);
    }
  }
}

function poolsOf(season: number, chips: ChipStore): string[] {
  const ids: string[] = [];
  for (let episode = 1; chips.pool(poolIdOf(season, episode)); episode++)
    ids.push(poolIdOf(season, episode), poolIdOf(season, episode, 'twin'));
  return ids.filter((id) => chips.pool(id));
}
