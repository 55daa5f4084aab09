/** Chips in double entry: every movement is an entry whose legs sum to zero. Accounts are names; chips are integers. */

export const POOL_STATUSES = ['open', 'locked', 'settled', 'refunded'] as const;
export type PoolStatus = (typeof POOL_STATUSES)[number];

export const ENTRY_REASONS = [
  'welcome',
  'bailout',
  'stake',
  'stake_returned',
  'payout',
  'refund',
  'jackpot_added',
  'rounding_to_jackpot',
  'house_minted',
  'house_backs',
  'house_won',
  'whisper',
  'whisper_heard',
  'whisper_returned',
  'pledge',
  'pledge_returned',
  'leak_paid',
] as const;
export type EntryReason = (typeof ENTRY_REASONS)[number];

export interface Leg {
  account: string;
  /** Positive: the account receives. */
  chips: number;
}

export interface Entry {
  reason: EntryReason;
  /** The pool it is about; null for a welcome or a bailout. */
  poolId: string | null;
  legs: readonly Leg[];
  atMs: number;
}

/** Where chips come from: its balance is minus all chips ever minted. */
export const MINT = 'mint';
export const JACKPOT = 'jackpot';
/** Backs every trader in every pool, so that nobody bets alone. */
export const HOUSE = 'house';
export const walletOf = (member: string): string => `member:${member}`;
export const potOf = (poolId: string): string => `pool:${poolId}`;

/** An entry between two accounts. Asserts that it moves a positive whole number of chips. */
export function transfer(
  from: string,
  to: string,
  chips: number,
  reason: EntryReason,
  poolId: string | null,
  atMs: number,
): Entry {
  if (!Number.isSafeInteger(chips) || chips <= 0)
    throw new Error(`a transfer moves a positive whole number of chips, not ${chips}`);
  return {
    reason,
    poolId,
    atMs,
    legs: [
      { account: from, chips: -chips },
      { account: to, chips },
    ],
  };
}

export function assertBalanced(entry: Entry): void {
  const sum = entry.legs.reduce((total, leg) => total + leg.chips, 0);
  if (sum !== 0 || entry.legs.some((leg) => !Number.isSafeInteger(leg.chips))) {
    throw new Error(`ledger entry ${entry.reason} does not balance: ${JSON.stringify(entry.legs)}`);
  }
}

/** Where all chips are. */
export interface Books {
  members: number;
  /** In the pots of pools that are open or locked, the house's own chips included, and of tips and leaks that are not done yet. */
  staked: number;
  jackpot: number;
  house: number;
  /** All chips that were ever made. */
  minted: number;
}

/** Zero as long as no chip was lost or made on the way. */
export function missingChips({ members, staked, jackpot, house, minted }: Books): number {
  return minted - members - staked - jackpot - house;
}
