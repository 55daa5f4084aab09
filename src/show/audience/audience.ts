/** The members' side: pools, stakes and chips. Every movement is a balanced ledger entry in one transaction. */
import { MINT, potOf, transfer, walletOf, type Entry } from '#core/ledger.ts';
import {
  BAILOUT_CHIPS,
  largestStake,
  REACTION_STAKE,
  returnPer100,
  STAKE_MIN,
  WELCOME_CHIPS,
} from '#core/pools.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { Pools, type PoolsDeps } from './pools.ts';
import type { ChipStore, ChipTransaction, Pool, Stake, StakeOrigin } from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyValues } from '../ports/key-values.ts';
import {
  accepted,
  refused,
  type BailoutRefusal,
  type OddsRow,
  type Result,
  type StakeRefusal,
} from '../results.ts';
import { instantOf, localDay } from '../schedule/wall-clock.ts';

/** How many stakes were placed and returned, and whose reactions stand for none. */
export interface Reconciled {
  staked: number;
  returned: number;
  refused: {
    member: string;
    outcome: TraderId;
    refusal: Extract<ReturnType<Audience['stake']>, { ok: false }>;
  }[];
}

export class Audience {
  /** Their beginning and end; stakes are the audience's. */
  readonly pools: Pools;
  readonly #chips: ChipStore;
  readonly #keyValues: KeyValues;
  readonly #clock: Clock;
  readonly #changed: (poolId: string) => void;
  readonly #timeZone: () => string;

  constructor(
    deps: PoolsDeps & {
      /** Whose days count. */
      timeZone: () => string;
    },
  ) {
    this.pools = new Pools(deps);
    this.#chips = deps.chips;
    this.#keyValues = deps.keyValues;
    this.#clock = deps.clock;
    this.#changed = deps.changed;
    this.#timeZone = deps.timeZone;
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
    const pool = this.pool();
    return pool ? this.#chips.stake(pool.id, member) : null;
  }

  /** Whoever pulled the show's strings may hold no stake in the live pool. */
  isExcluded(member: string): boolean {
    const pool = this.pool();
    return pool !== null && this.#excluded(pool.id, member);
  }

  wallet(member: string): { chips: number; history: Entry[] } {
    this.#chips.transact((tx) => this.#welcome(tx, member));
    return { chips: this.#chips.balance(walletOf(member)), history: this.#chips.history(member, 20) };
  }

  /** Whether a bailout may be had now. `bailed_out_today` says in its facts from when on, `againAtMs`. Changes nothing. */
  mayBailOut(member: string): Result<{ chips: number }, BailoutRefusal> {
    const wallet = walletOf(member);
    const chips = this.#isNew(member) ? WELCOME_CHIPS : this.#chips.balance(wallet);
    if (chips > 0) return refused('chips_left', { chips });
    if (this.stakeOf(member)) return refused('stake_running');
    const lastMs = this.#chips.lastAtMs(wallet, 'bailout');
    const zone = this.#timeZone();
    const today = localDay(this.#clock.nowMs(), zone);
    if (lastMs !== null && localDay(lastMs, zone) === today)
      return refused('bailed_out_today', { againAtMs: instantOf(today + 1, 0, zone) });
    return accepted({ chips: BAILOUT_CHIPS });
  }

  /** A hundred chips for who has none, in a pool neither, once a day as the show's time zone counts days. */
  bailOut(member: string): Result<{ chips: number }, BailoutRefusal> {
    return this.#chips.transact((tx) => {
      this.#welcome(tx, member);
      const granted = this.mayBailOut(member);
      if (granted.ok)
        tx.post(transfer(MINT, walletOf(member), granted.value.chips, 'bailout', null, this.#clock.nowMs()));
      return granted;
    });
  }

  wallets(limit: number): { member: string; chips: number }[] {
    return this.#chips.wallets(limit);
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
   * Stakes on an outcome of the open pool; the last pick counts, an earlier one is returned. A command names its sum; a
   * reaction names none and stakes the usual one, or the most that the member may stake where that is less.
   */
  stake(
    member: string,
    outcome: TraderId,
    sum?: number,
  ): Result<{ stake: Stake; returned: Stake | null; balance: number }, StakeRefusal> {
    const pool = this.pool();
    const origin = sum === undefined ? 'reaction' : 'command';
    if (!pool || pool.status !== 'open') return refused('no_open_pool');
    if (!pool.outcomes.includes(outcome)) return refused('unknown_outcome', { outcome });
    if (this.#excluded(pool.id, member)) return refused('conflict_of_interest');
    if (sum !== undefined && (!Number.isSafeInteger(sum) || sum < STAKE_MIN))
      return refused('stake_too_small', { least: STAKE_MIN });
    const result = this.#chips.transact((tx) => {
      this.#welcome(tx, member);
      const earlier = this.#chips.stake(pool.id, member);
      const own = this.#chips.balance(walletOf(member)) + (earlier?.chips ?? 0);
      const chips = sum ?? Math.min(REACTION_STAKE, largestStake(own));
      if (own === 0) return refused('no_chips_left' as const);
      if (own < chips) return refused('not_enough_chips' as const, { chips: own });
      if (chips > largestStake(own)) return refused('stake_too_large' as const, { most: largestStake(own) });
      const stake: Stake = { member, outcome, chips, origin };
      if (earlier?.outcome === outcome && earlier.chips === chips) {
        if (earlier.origin !== origin) tx.setStake(pool.id, member, stake);
        return accepted({ stake, returned: null, balance: own - chips });
      }
      if (earlier) this.#giveBack(tx, pool, earlier);
      tx.post(transfer(walletOf(member), potOf(pool.id), chips, 'stake', pool.id, this.#clock.nowMs()));
      tx.setStake(pool.id, member, stake);
      return accepted({ stake, returned: earlier, balance: own - chips });
    });
    if (result.ok) this.#changed(pool.id);
    return result;
  }

  /** Takes the member's stake off this outcome; 0 when there is none (of that origin) or the pool is not open. */
  unstake(member: string, outcome: TraderId, origin?: StakeOrigin): { returned: number } {
    const pool = this.pool();
    const stake = pool?.status === 'open' ? this.#chips.stake(pool.id, member) : null;
    if (!pool || stake?.outcome !== outcome) return { returned: 0 };
    if (origin !== undefined && stake.origin !== origin) return { returned: 0 };
    this.#chips.transact((tx) => this.#giveBack(tx, pool, stake));
    this.#changed(pool.id);
    return { returned: stake.chips };
  }

  /**
   * Makes the open pool's stakes agree with the reactions that the message holds now, for what was missed while the
   * bot was away: who reacted is staked, who no longer does gets the stake back. A member with several reactions keeps
   * the stake that stands, and so does one who placed it by a command. `heard` are members whose reactions were heard
   * of since the message was read: what was read of them is out of date.
   */
  reconcile(
    poolId: string,
    picks: readonly { member: string; outcome: TraderId }[],
    heard: ReadonlySet<string> = new Set(),
  ): Reconciled {
    const done: Reconciled = { staked: 0, returned: 0, refused: [] };
    const pool = this.pool();
    if (pool?.id !== poolId || pool.status !== 'open') return done;
    const outcomesOf = Map.groupBy(picks, (pick) => pick.member);
    this.together(() => {
      for (const { member, outcome, origin } of this.#chips.stakes(poolId)) {
        if (origin !== 'reaction' || outcomesOf.has(member) || heard.has(member)) continue;
        if (this.unstake(member, outcome).returned > 0) done.returned += 1;
      }
      for (const [member, own] of outcomesOf) {
        if (heard.has(member)) continue;
        const standing = this.#chips.stake(poolId, member);
        if (standing?.origin === 'command' || own.some((pick) => pick.outcome === standing?.outcome))
          continue;
        const [pick] = own;
        if (!pick) continue;
        const staked = this.stake(member, pick.outcome);
        if (staked.ok) done.staked += 1;
        else done.refused.push({ ...pick, refusal: staked });
      }
    });
    return done;
  }

  /** Whoever pulls the show's strings holds no stake in it: an open or locked one returns. */
  exclude(member: string): void {
    const pool = this.pool();
    if (!pool) return;
    this.#keyValues.set(`excluded:${pool.id}:${member}`, '1');
    const stake = this.#chips.stake(pool.id, member);
    if (!stake) return;
    this.#chips.transact((tx) => this.#giveBack(tx, pool, stake));
    this.#changed(pool.id);
  }

  #welcome(tx: ChipTransaction, member: string): void {
    if (!this.#isNew(member)) return;
    tx.post(transfer(MINT, walletOf(member), WELCOME_CHIPS, 'welcome', null, this.#clock.nowMs()));
  }

  #isNew(member: string): boolean {
    return this.#chips.history(member, 1).length === 0;
  }

  #giveBack(tx: ChipTransaction, pool: Pool, stake: Stake): void {
    tx.post(
      transfer(
        potOf(pool.id),
        walletOf(stake.member),
        stake.chips,
        'stake_returned',
        pool.id,
        this.#clock.nowMs(),
      ),
    );
    tx.setStake(pool.id, stake.member, null);
  }

  #excluded(poolId: string, member: string): boolean {
    return this.#keyValues.get(`excluded:${poolId}:${member}`) !== null;
  }
}
