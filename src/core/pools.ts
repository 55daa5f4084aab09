/** Pari-mutuel pools: who may stake what, and what a settled or cancelled pool pays. Pure; the entries balance. */
import { JACKPOT, potOf, transfer, walletOf, type Entry } from './ledger.ts';
import type { TraderId } from './vocabulary.ts';

/** For a member who has nothing left, once a day. */
export const BAILOUT_CHIPS = 100;
export const WELCOME_CHIPS = 1_000;
export const REACTION_STAKE = 50;
export const STAKE_MIN = 1;
/** A stake is at most this share of a member's chips; whoever has them may always stake these few. */
export const STAKE_MAX_BPS = 2_500;
export const STAKE_MAX_AT_LEAST = 10;
/** A locked pool whose episode has not finished by then returns its stakes. */
export const POOL_LIFE_MS = 24 * 60 * 60 * 1_000;

export interface StakeLike {
  member: string;
  outcome: TraderId;
  chips: number;
}

/** The largest stake that a member with these chips may place; an earlier stake in the same pool counts as chips. */
export function largestStake(chips: number): number {
  return Math.min(chips, Math.max(STAKE_MAX_AT_LEAST, Math.floor((chips * STAKE_MAX_BPS) / 10_000)));
}

export interface PoolLike {
  id: string;
  seedChips: number;
}

export type Settlement =
  | { status: 'settled'; payouts: { member: string; chips: number }[]; toJackpot: number; entries: Entry[] }
  | { status: 'refunded'; because: RefundReason; entries: Entry[] };

export const REFUND_REASONS = [
  'cancelled',
  'nobody_staked',
  'nobody_backed_the_winner',
  'only_one_outcome_backed',
  'message_deleted',
  'episode_not_finished',
  'bot_was_away',
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** Pays the backers of the winners (several when they tie) in proportion to their stakes, or returns everything. */
export function settle(
  pool: PoolLike,
  stakes: readonly StakeLike[],
  winners: readonly TraderId[],
  atMs: number,
): Settlement {
  if (stakes.length === 0) return refund(pool, stakes, 'nobody_staked', atMs);
  const winning = stakes.filter((stake) => winners.includes(stake.outcome));
  if (new Set(stakes.map((stake) => stake.outcome)).size < 2)
    return refund(pool, stakes, 'only_one_outcome_backed', atMs);
  if (winning.length === 0) return refund(pool, stakes, 'nobody_backed_the_winner', atMs);
  const pot = pool.seedChips + sum(stakes);
  const side = sum(winning);
  const payouts = winning.map(({ member, chips }) => ({ member, chips: Math.floor((chips * pot) / side) }));
  const toJackpot = pot - sum(payouts);
  const entries = payouts.map(({ member, chips }) =>
    transfer(potOf(pool.id), walletOf(member), chips, 'payout', pool.id, atMs),
  );
  if (toJackpot > 0)
    entries.push(transfer(potOf(pool.id), JACKPOT, toJackpot, 'rounding_to_jackpot', pool.id, atMs));
  return { status: 'settled', payouts, toJackpot, entries };
}

/** Every stake goes back to its member, and what the jackpot added goes back to the jackpot. */
export function refund(
  pool: PoolLike,
  stakes: readonly StakeLike[],
  because: RefundReason,
  atMs: number,
): Settlement {
  const entries = stakes.map(({ member, chips }) =>
    transfer(potOf(pool.id), walletOf(member), chips, 'refund', pool.id, atMs),
  );
  if (pool.seedChips > 0)
    entries.push(transfer(potOf(pool.id), JACKPOT, pool.seedChips, 'refund', pool.id, atMs));
  return { status: 'refunded', because, entries };
}

/** What 100 chips on an outcome would return if they were added now. */
export function returnPer100(pool: PoolLike, stakes: readonly StakeLike[], outcome: TraderId): number {
  const pot = pool.seedChips + sum(stakes) + 100;
  const side = sum(stakes.filter((stake) => stake.outcome === outcome)) + 100;
  return Math.floor((100 * pot) / side);
}

function sum(items: readonly { chips: number }[]): number {
  return items.reduce((total, item) => total + item.chips, 0);
}
