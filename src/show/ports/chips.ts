/** Members' chips: pools, stakes and the double-entry ledger. */
import type { Calibration, Judged, TrackRecord } from '#core/betting/forecast.ts';
import type { Books, Entry, EntryReason, PoolStatus } from '#core/betting/ledger.ts';
import type { StakeOrigin } from '#core/betting/picks.ts';
import type { RefundReason } from '#core/betting/pools.ts';
import type { TraderId } from '#core/vocabulary.ts';

/** What a pool asks: who gains most, or by how much the floor beats its twin. */
export type PoolAbout = 'gain' | 'twin';

export interface Pool {
  id: string;
  about: PoolAbout;
  season: number;
  /** The episode whose outcome it is about. */
  episode: number;
  /** Traders, or what core/betting/margin.ts calls the margins. */
  outcomes: string[];
  status: PoolStatus;
  openedAtMs: number;
  lockedAtMs: number | null;
  /** From the jackpot, added to the pot. */
  seedChips: number;
  /** What the house put on each outcome; 0 in a pool of before there was a house. */
  houseChips: number;
}

/** How a pool ended. */
export type PoolResult =
  | {
      status: 'settled';
      winners: string[];
      payouts: Payout[];
      toHouse: number;
      toJackpot: number;
      /** Of a pool about the twin: see `leadBps` in core/betting/margin.ts. */
      leadBps?: number;
    }
  | { status: 'refunded'; because: RefundReason };

export interface Payout {
  member: string;
  chips: number;
  /** How many pools the member has won in a row with this one; 0 where it was not counted yet. */
  streak: number;
  /** Whether the member ran the show after the lock, and so got back the stake and no more. */
  bound: boolean;
}

export interface RankedMember extends TrackRecord {
  member: string;
}

/** A member's reaction with the emoji of an outcome. */
export interface Reaction {
  member: string;
  outcome: TraderId;
}

export interface Stake {
  member: string;
  outcome: string;
  chips: number;
  origin: StakeOrigin;
}

export interface ChipStore {
  pool(id: string): Pool | null;
  /** The one about this that is open or locked. */
  livePool(about: PoolAbout): Pool | null;
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
  /** Hashes of everybody whose data were deleted. */
  formerMembers(): string[];
  /** Whether the account ever had an entry. */
  hasAccount(account: string): boolean;
  balance(account: string): number;
  /** Everybody who ever had chips, richest first. */
  wallets(limit: number): { member: string; chips: number }[];
  history(member: string, limit: number): Entry[];
  /** When the account last had an entry for this reason. */
  lastAtMs(account: string, reason: EntryReason): number | null;
  ledgerSum(): number;
  /** Where all chips are, counted from the accounts. */
  books(): Books;
  /** Null for a member without a settled stake. */
  trackRecord(member: string): TrackRecord | null;
  /** Members with so many settled stakes or more, the best forecasters first. */
  ranking(forecastsAtLeast: number, limit: number): RankedMember[];
  /** Of one member, or of all; without the tenths in which nobody forecast anything. */
  calibration(member: string | null): Calibration[];
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
  /** A settled stake, and the record of its member with it. */
  saveTrackRecord(judged: Judged, record: TrackRecord): void;
  rememberFormer(hash: string, what: FormerMember): void;
  /**
   * Removes the member's name from accounts, past stakes, results, records, reactions and exclusions; every sum still holds. The member
   * must have no stake in a pool that is open or locked.
   */
  forget(member: string): Forgotten;
}
