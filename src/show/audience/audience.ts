/** The members' side of a show: pools, stakes, reactions and chips. Every movement is a balanced entry in one transaction. */
import { FORECASTS_TO_RANK, type Calibration, type TrackRecord } from '#core/betting/forecast.ts';
import { walletOf, type Books, type Entry } from '#core/betting/ledger.ts';
import { largestStake, returnPer100 } from '#core/betting/pools.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { ChipStore, Forgotten, Pool, PoolAbout, RankedMember, Stake } from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandStore } from '../ports/hand.ts';
import type { KeyValues } from '../ports/key-values.ts';
import type { BailoutRefusal, OddsRow, Result, StakeRefusal } from '../results.ts';
import { Leaks } from './leaks.ts';
import { FormerMembers } from './former-members.ts';
import { Pools } from './pools.ts';
import { MemberPicks } from './member-picks.ts';
import { Stakes, type OwnStake, type Placed } from './stakes.ts';
import { Wallets } from './wallets.ts';
import { Whispers } from './whispers.ts';

export interface AudienceDeps {
  chips: ChipStore;
  hand: HandStore;
  keyValues: KeyValues;
  clock: Clock;
  /** Called for every pool whose stakes or status changed. */
  changed: (poolId: string) => void;
  /** The time zone in which days are counted. */
  timeZone: () => string;
}

/** Stands for a member who never had an account. */
const NAMELESS = 'former';

export class Audience {
  /** Their beginning and end. */
  readonly pools: Pools;
  /** What members do about the open one. */
  readonly picks: MemberPicks;
  readonly whispers: Whispers;
  readonly leaks: Leaks;
  readonly #hand: HandStore;
  readonly #former: FormerMembers;
  readonly #chips: ChipStore;
  readonly #stakes: Stakes;
  readonly #wallets: Wallets;

  constructor(deps: AudienceDeps) {
    this.#chips = deps.chips;
    this.#former = new FormerMembers(deps.chips, deps.keyValues);
    this.#wallets = new Wallets({
      ...deps,
      former: this.#former,
      hasStake: (member) => this.#holdsStake(member) || this.#isWaiting(member),
    });
    this.#stakes = new Stakes({ ...deps, wallets: this.#wallets });
    this.pools = new Pools(deps);
    this.picks = new MemberPicks(deps.chips, this.#stakes);
    this.#hand = deps.hand;
    const shared = { ...deps, wallets: this.#wallets };
    this.whispers = new Whispers(shared);
    this.leaks = new Leaks(shared);
  }

  /** The pool about this that is open or locked. */
  pool(about: PoolAbout = 'gain'): Pool | null {
    return this.#chips.livePool(about);
  }

  poolById(id: string): Pool | null {
    return this.#chips.pool(id);
  }

  stakes(poolId: string): Stake[] {
    return this.#chips.stakes(poolId);
  }

  /** The member's stake in the live pool about this. */
  stakeOf(member: string, about: PoolAbout = 'gain'): Stake | null {
    return this.#stakes.of(member, about);
  }

  /** Whoever influenced the show may hold no stake in the live pools. */
  isExcluded(member: string): boolean {
    return this.pools.live().some((pool) => this.#stakes.isExcluded(member, pool));
  }

  /** On who gains most: see `Stakes.place`. */
  stake(member: string, outcome: TraderId, sum?: number): Result<Placed, StakeRefusal> {
    return this.#stakes.place(member, 'gain', outcome, sum);
  }

  /** On by how much the floor beats its twin: see `Stakes.place`. */
  stakeOnTwin(member: string, margin: string): Result<Placed, StakeRefusal> {
    return this.#stakes.place(member, 'twin', margin);
  }

  /** See `Stakes.double`. */
  double(member: string, about: PoolAbout): Result<Placed, StakeRefusal> {
    return this.#stakes.double(member, about);
  }

  /** See `Stakes.takeBack`. */
  unstake(member: string, outcome: TraderId): { returned: number } {
    return this.#stakes.takeBack(member, 'gain', outcome);
  }

  /** The same for the pool about the twin, whatever the member staked on. */
  unstakeOnTwin(member: string): { returned: number } {
    return this.#stakes.takeBack(member, 'twin');
  }

  /** See `Stakes.exclude`. */
  exclude(member: string, episode: string): OwnStake[] {
    return this.#stakes.exclude(member, episode);
  }

  wallet(member: string): { chips: number; history: Entry[] } {
    return this.#wallets.of(member);
  }

  /** A member's chips that may be staked on who gains most, an earlier stake counted, and the most of them in one stake. */
  purse(member: string): { own: number; most: number } {
    const own = this.#wallets.of(member).chips + (this.stakeOf(member)?.chips ?? 0);
    return { own, most: largestStake(own) };
  }

  wallets(limit: number): { member: string; chips: number }[] {
    return this.#chips.wallets(limit);
  }

  /** See `Wallets.mayBailOut`. */
  mayBailOut(member: string): Result<{ chips: number }, BailoutRefusal> {
    return this.#wallets.mayBailOut(member);
  }

  /** See `Wallets.bailOut`. */
  bailOut(member: string): Result<{ chips: number }, BailoutRefusal> {
    return this.#wallets.bailOut(member);
  }

  /** Null for a member without a settled stake. */
  trackRecord(member: string): TrackRecord | null {
    return this.#chips.trackRecord(member);
  }

  /** The best forecasters first, of those who have forecast often enough to be more than lucky. */
  ranking(limit: number): RankedMember[] {
    return this.#chips.ranking(FORECASTS_TO_RANK, limit);
  }

  /** How often forecasts came true, by how sure they were: of one member, or of all. */
  calibration(member: string | null = null): Calibration[] {
    return this.#chips.calibration(member);
  }

  /** Where all chips are. See `missingChips`. */
  books(): Books {
    return this.#chips.books();
  }

  /** Zero, always: double entry. */
  ledgerSum(): number {
    return this.#chips.ledgerSum();
  }

  odds(poolId: string): OddsRow[] {
    const pool = this.#chips.pool(poolId);
    if (!pool) return [];
    const stakes = this.#chips.stakes(poolId);
    const backed = stakes.reduce((sum, stake) => sum + stake.chips, pool.houseChips * pool.outcomes.length);
    return pool.outcomes.map((outcome) => {
      const backing = stakes.filter((stake) => stake.outcome === outcome);
      const chips = backing.reduce((sum, stake) => sum + stake.chips, pool.houseChips);
      return {
        outcome,
        chips,
        backers: backing.length,
        shareBps: backed === 0 ? 0 : Math.round((chips * 10_000) / backed),
        per100: returnPer100(pool, stakes, outcome),
      };
    });
  }

  /** Runs several movements as one transaction: one write to the disk for all of them. */
  together<T>(work: () => T): T {
    return this.#chips.transact(work);
  }

  /**
   * Removes the member's name from everything about chips. What nobody may get twice is remembered without a name.
   */
  forget(member: string): Forgotten {
    return this.#chips.transact((tx) => {
      this.whispers.giveBack(member);
      this.leaks.giveBack(member);
      const known = this.#chips.hasAccount(walletOf(member));
      const bailedOutAtMs = this.#wallets.lastBailoutMs(member);
      const forgotten = tx.forget(member);
      const acted = this.#hand.forget(member, forgotten.former ?? NAMELESS);
      if (known) this.#former.remember(tx, member, { bailedOutAtMs });
      return { ...forgotten, anything: forgotten.anything || acted };
    });
  }

  #holdsStake(member: string): boolean {
    return this.stakeOf(member) !== null || this.stakeOf(member, 'twin') !== null;
  }

  /** Chips in a tip that is not heard yet, or under a thought. */
  #isWaiting(member: string): boolean {
    return this.#hand.waitingWhispers(member).length > 0 || this.#hand.openPledges(member).length > 0;
  }
}
