/** Members' chips: pools, stakes and the double-entry ledger. */
import type { Entry, EntryReason, PoolStatus } from '#core/ledger.ts';
import type { StakeOrigin } from '#core/picks.ts';
import type { RefundReason } from '#core/pools.ts';
import type { TraderId } from '#core/vocabulary.ts';

export interface Pool {
  id: string;
  season: number;
  /** The episode whose outcome it is about. */
  episode: number;
  outcomes: TraderId[];
  status: PoolStatus;
  openedAtMs: number;
  lockedAtMs: number | null;
  /** From the jackpot, added to the pot. */
  seedChips: number;
}

/** How a pool ended. */
export type PoolResult =
  | { status: 'settled'; winners: TraderId[]; payouts: Payout[]; toJackpot: number }
  | { status: 'refunded'; because: RefundReason };

export interface Payout {
  member: string;
  chips: number;
}

/** A member's reaction with the emoji of an outcome. */
export interface Reaction {
  member: string;
  outcome: TraderId;
}

export interface Stake {
  member: string;
  outcome: TraderId;
  chips: number;
  origin: StakeOrigin;
}

export interface ChipStore {
  pool(id: string): Pool | null;
  /** The one that is open or locked. */
  livePool(): Pool | null;
  stakes(poolId: string): Stake[];
  stake(poolId: string, member: string): Stake | null;
  /** Outcomes that the member's reactions name, as far as is known. */
  reactions(poolId: string, member: string): TraderId[];
  /** Members with a reaction that is known to stand. */
  reactors(poolId: string): string[];
  /** Reactions that stand for no stake, and must be removed from the message. */
  strayReactions(poolId: string, limit: number): Reaction[];
  /** True for a member who must hold no stake in this pool. */
  excluded(poolId: string, member: string): boolean;
  /** How the pool ended; null while it has not. */
  result(poolId: string): PoolResult | null;
  /** What a member whose data were deleted had before; null for everybody else. `hash` names nobody. */
  formerMember(hash: string): FormerMember | null;
  balance(account: string): number;
  /** Everybody who ever had chips, richest first. */
  wallets(limit: number): { member: string; chips: number }[];
  history(member: string, limit: number): Entry[];
  /** When the account last had an entry for this reason. */
  lastAtMs(account: string, reason: EntryReason): number | null;
  ledgerSum(): number;
  /** Runs `work` in one synchronous transaction: all that it posts and sets is stored, or nothing. */
  transact<T>(work: (tx: ChipTransaction) => T): T;
}

export interface FormerMember {
  /** The last bailout; null when there was none. */
  bailedOutAtMs: number | null;
}

/** What became of a member's name. */
export interface Forgotten {
  /** What stands where the name stood; null when the member had no account. */
  former: string | null;
  /** Pools whose results named the member. */
  pools: string[];
  /** Whether anything about chips named the member. */
  anything: boolean;
}

export interface ChipTransaction {
  post(entry: Entry): void;
  savePool(pool: Pool): void;
  setStake(poolId: string, member: string, stake: Stake | null): void;
  /** Exactly these reactions of the member are known to stand. */
  setReactions(poolId: string, member: string, outcomes: readonly TraderId[]): void;
  exclude(poolId: string, member: string): void;
  /** The reactions of a pool that has ended no longer mean anything, and are not kept. */
  saveResult(poolId: string, result: PoolResult): void;
  rememberFormer(hash: string, what: FormerMember): void;
  /**
   * Removes the member's name from accounts, past stakes, results, reactions and exclusions; every sum still holds. The member
   * must have no stake in a pool that is open or locked.
   */
  forget(member: string): Forgotten;
}
