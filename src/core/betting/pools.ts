/** Pari-mutuel pools: who may stake what, and what a settled or cancelled pool pays. Pure; the entries balance. */
import { HOUSE, JACKPOT, potOf, transfer, walletOf, type Entry } from './ledger.ts';

/** For a member who has nothing left, once a day. */
export const BAILOUT_CHIPS = 100;
export const WELCOME_CHIPS = 1_000;
export const REACTION_STAKE = 50;
export const STAKE_MIN = 1;
/** A stake is at most this share of a member's chips; whoever has them may always stake these few. */
export const STAKE_MAX_BPS = 2_500;
export const STAKE_MAX_AT_LEAST = 10;
/** A locked pool lives at least so long. */
const POOL_LIFE_MS = 24 * 60 * 60 * 1_000;
/** What the house begins with, once for ever. */
export const HOUSE_CHIPS = 10_000;
/** What the house puts on each outcome of a pool, if it is not short of chips. */
export const HOUSE_BACKING = 50;
/** The house puts at most this part of its chips into one pool, as long as that is a chip for each outcome. */
const HOUSE_RISK_BPS = 1_000;

export interface StakeLike {
  member: string;
  outcome: string;
  chips: number;
}

/** The largest stake that a member with these chips may place; an earlier stake in the same pool counts as chips. */
export function largestStake(chips: number): number {
  return Math.min(chips, Math.max(STAKE_MAX_AT_LEAST, Math.floor((chips * STAKE_MAX_BPS) / 10_000)));
}

/**
 * A locked pool whose episode has not finished by then returns its stakes. An episode may be meant to take days; `episodeMs`: how
 * long its rounds take.
 */
export function poolLifeMs(episodeMs: number): number {
  return Math.max(POOL_LIFE_MS, 2 * episodeMs);
}

/**
 * What a house with these chips puts on each of so many outcomes: the usual backing, less when it runs low, at last a chip.
 * 0 when it has no chip for each: then it backs nobody, and doubtful cases return the stakes.
 */
export function houseBacking(houseChips: number, outcomes: number): number {
  if (houseChips < outcomes) return 0;
  const affordable = Math.floor((houseChips * HOUSE_RISK_BPS) / 10_000 / outcomes);
  return Math.min(HOUSE_BACKING, Math.max(1, affordable));
}

export interface PoolLike {
  id: string;
  outcomes: readonly string[];
  /** From the jackpot, in the pot. */
  seedChips: number;
  /** What the house put on each outcome; 0 for a pool of before there was a house, which keeps its rules. */
  houseChips: number;
}

export type Settlement =
  | {
      status: 'settled';
      payouts: { member: string; chips: number }[];
      toHouse: number;
      toJackpot: number;
      entries: Entry[];
    }
  | { status: 'refunded'; because: RefundReason; entries: Entry[] };

export const REFUND_REASONS = [
  'cancelled',
  'nobody_staked',
  'nobody_backed_the_winner',
  'only_one_outcome_backed',
  'message_deleted',
  'episode_not_finished',
  'bot_was_away',
  'no_twin',
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Pays the backers of the winners (several when they tie), the house among them, in proportion to their stakes: each gets
 * floor(stake x pot / winning side). A pool without a stake returns everything, and so does one that nobody can lose. Who is `bound`
 * (who ran the show after the lock) gets no more than the stake: it could not be taken back, and makes nothing.
 */
export function settle(
  pool: PoolLike,
  stakes: readonly StakeLike[],
  winners: readonly string[],
  atMs: number,
  bound: ReadonlySet<string> = NOBODY,
): Settlement {
  if (stakes.length === 0) return refund(pool, stakes, 'nobody_staked', atMs);
  const winning = stakes.filter((stake) => winners.includes(stake.outcome));
  if (pool.houseChips === 0) {
    if (new Set(stakes.map((stake) => stake.outcome)).size < 2)
      return refund(pool, stakes, 'only_one_outcome_backed', atMs);
    if (winning.length === 0) return refund(pool, stakes, 'nobody_backed_the_winner', atMs);
  }
  const pot = potChips(pool, stakes);
  const housesWinning = pool.outcomes.filter((outcome) => winners.includes(outcome)).length;
  const side = sum(winning) + housesWinning * pool.houseChips;
  const share = (chips: number): number => Math.floor((chips * pot) / side);
  const payouts = winning.map(({ member, chips }) => ({
    member,
    chips: bound.has(member) ? chips : share(chips),
  }));
  const toHouse = housesWinning * share(pool.houseChips);
  const toJackpot = pot - sum(payouts) - toHouse;
  const entries = payouts.map(({ member, chips }) =>
    transfer(potOf(pool.id), walletOf(member), chips, 'payout', pool.id, atMs),
  );
  if (toHouse > 0) entries.push(transfer(potOf(pool.id), HOUSE, toHouse, 'house_won', pool.id, atMs));
  if (toJackpot > 0)
    entries.push(transfer(potOf(pool.id), JACKPOT, toJackpot, 'rounding_to_jackpot', pool.id, atMs));
  return { status: 'settled', payouts, toHouse, toJackpot, entries };
}

/** Every stake goes back to its member, what the house put in to the house, and what the jackpot added to the jackpot. */
export function refund(
  pool: PoolLike,
  stakes: readonly StakeLike[],
  because: RefundReason,
  atMs: number,
): Settlement {
  const entries = stakes.map(({ member, chips }) =>
    transfer(potOf(pool.id), walletOf(member), chips, 'refund', pool.id, atMs),
  );
  const backing = housesChips(pool);
  if (backing > 0) entries.push(transfer(potOf(pool.id), HOUSE, backing, 'refund', pool.id, atMs));
  if (pool.seedChips > 0)
    entries.push(transfer(potOf(pool.id), JACKPOT, pool.seedChips, 'refund', pool.id, atMs));
  return { status: 'refunded', because, entries };
}

/** What a pool's opening moves into its pot. */
export function opening(pool: PoolLike, atMs: number): Entry[] {
  const backing = housesChips(pool);
  return [
    ...(pool.seedChips > 0
      ? [transfer(JACKPOT, potOf(pool.id), pool.seedChips, 'jackpot_added', pool.id, atMs)]
      : []),
    ...(backing > 0 ? [transfer(HOUSE, potOf(pool.id), backing, 'house_backs', pool.id, atMs)] : []),
  ];
}

/** All that is in the pot: the stakes, the house's chips, and what the jackpot added. */
export function potChips(pool: PoolLike, stakes: readonly { chips: number }[]): number {
  return pool.seedChips + housesChips(pool) + sum(stakes);
}

/** What a stake in the pool would bring back if its outcome alone won: it is settled as it stands, to see what is paid. */
export function returnOf(
  pool: PoolLike,
  stakes: readonly StakeLike[],
  { member, outcome }: StakeLike,
  bound: ReadonlySet<string> = NOBODY,
): number {
  const account = walletOf(member);
  const { entries } = settle(pool, stakes, [outcome], 0, bound);
  return sum(entries.flatMap(({ legs }) => legs).filter((leg) => leg.account === account));
}

/** What 100 chips on an outcome would return if they were added now. */
export function returnPer100(pool: PoolLike, stakes: readonly StakeLike[], outcome: string): number {
  const pot = potChips(pool, stakes) + 100;
  const side = sum(stakes.filter((stake) => stake.outcome === outcome)) + pool.houseChips + 100;
  return Math.floor((100 * pot) / side);
}

function housesChips(pool: PoolLike): number {
  return pool.outcomes.length * pool.houseChips;
}

function sum(items: readonly { chips: number }[]): number {
  return items.reduce((total, item) => total + item.chips, 0);
}
