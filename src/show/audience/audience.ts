/** The members' side of a show: pools, stakes, reactions and chips. Every movement is a balanced entry in one transaction. */
import type { Entry } from '#core/ledger.ts';
import { returnPer100 } from '#core/pools.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { ChipStore, Forgotten, Pool, Stake } from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyValues } from '../ports/key-values.ts';
import type { BailoutRefusal, OddsRow, Result, StakeRefusal } from '../results.ts';
import { FormerMembers } from './former-members.ts';
import { Pools } from './pools.ts';
import { Reactions } from './reactions.ts';
import { Stakes, type Placed } from './stakes.ts';
import { Wallets } from './wallets.ts';

export interface AudienceDeps {
  chips: ChipStore;
  keyValues: KeyValues;
  clock: Clock;
  /** Called for every pool whose stakes or status changed. */
  changed: (poolId: string) => void;
  /** The time zone in which days are counted. */
  timeZone: () => string;
}

export class Audience {
  /** Their beginning and end. */
  readonly pools: Pools;
  readonly reactions: Reactions;
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
      hasStake: (member) => this.stakeOf(member) !== null,
    });
    this.#stakes = new Stakes({ ...deps, wallets: this.#wallets });
    this.pools = new Pools(deps);
    this.reactions = new Reactions(deps.chips, this.#stakes);
  }

  /** The pool that is open or locked. */
  pool(): Pool | null {
    return this.#chips.livePool();
  }

  poolById(id: string): Pool | null {
    return this.#chips.pool(id);
  }

  stakes(poolId: string): Stake[] {
    return this.#chips.stakes(poolId);
  }

  /** The member's stake in the live pool. */
  stakeOf(member: string): Stake | null {
    return this.#stakes.of(member);
  }

  /** Whoever influenced the show may hold no stake in the live pool. */
  isExcluded(member: string): boolean {
    const pool = this.pool();
    return pool !== null && this.#chips.excluded(pool.id, member);
  }

  /** See `Stakes.place`. */
  stake(member: string, outcome: TraderId, sum?: number): Result<Placed, StakeRefusal> {
    return this.#stakes.place(member, outcome, sum);
  }

  /** See `Stakes.takeBack`. */
  unstake(member: string, outcome: TraderId): { returned: number } {
    return this.#stakes.takeBack(member, outcome);
  }

  /** Whoever influences the show may hold no stake in it. Returns the stake that went back to the member. */
  exclude(member: string): Stake | null {
    return this.#stakes.exclude(member);
  }

  wallet(member: string): { chips: number; history: Entry[] } {
    return this.#wallets.of(member);
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

  /** Zero, always: double entry. */
  ledgerSum(): number {
    return this.#chips.ledgerSum();
  }

  odds(poolId: string): OddsRow[] {
    const pool = this.#chips.pool(poolId);
    if (!pool) return [];
    const stakes = this.#chips.stakes(poolId);
    const pot = stakes.reduce((sum, stake) => sum + stake.chips, 0);
    return pool.outcomes.map((outcome) => {
      const backing = stakes.filter((stake) => stake.outcome === outcome);
      const chips = backing.reduce((sum, stake) => sum + stake.chips, 0);
      return {
        outcome,
        chips,
        backers: backing.length,
        shareBps: pot === 0 ? 0 : Math.round((chips * 10_000) / pot),
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
      const known = this.#chips.history(member, 1).length > 0;
      const bailedOutAtMs = this.#wallets.lastBailoutMs(member);
      const forgotten = tx.forget(member);
      if (known) this.#former.remember(tx, member, { bailedOutAtMs });
      return forgotten;
    });
  }
}
