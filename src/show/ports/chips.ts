/** Members' chips: pools, stakes and the double-entry ledger. */
import type { Entry, EntryReason, PoolStatus } from '#core/ledger.ts';
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

/** How a stake was placed. One that a reaction placed ends with the reaction; one that a command placed does not. */
export type StakeOrigin = 'reaction' | 'command';

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
  balance(account: string): number;
  /** Everybody who ever had chips, richest first. */
  wallets(limit: number): { member: string; chips: number }[];
  history(member: string, limit: number): Entry[];
  /** When the account last had an entry for this reason. */
  lastAtMs(account: string, reason: EntryReason): number | null;
  ledgerSum(): number;
  /** Runs `work` in one synchronous transaction; what it posts and sets is stored whole or not at all. */
  transact<T>(work: (tx: ChipTransaction) => T): T;
}

export interface ChipTransaction {
  post(entry: Entry): void;
  savePool(pool: Pool): void;
  setStake(poolId: string, member: string, stake: Stake | null): void;
  /**
   * Takes the member's name out of accounts and past stakes; every sum still holds. The member must have no stake in a
   * pool that is open or locked. Returns what stands there instead; null when the member had no account.
   */
  forget(member: string): string | null;
}
