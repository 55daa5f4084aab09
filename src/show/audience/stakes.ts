/** Stakes of the live pools: placed, taken back, and denied to whoever influences the show. */
import { potOf, transfer, walletOf } from '#core/betting/ledger.ts';
import { largestStake, REACTION_STAKE, STAKE_MIN } from '#core/betting/pools.ts';
import type { ChipStore, ChipTransaction, Pool, PoolAbout, Stake } from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';
import { accepted, refused, type Result, type StakeRefusal } from '../results.ts';
import { episodeOf, livePools } from './pools.ts';
import type { Wallets } from './wallets.ts';

export interface StakesDeps {
  chips: ChipStore;
  wallets: Wallets;
  clock: Clock;
  /** Called for every pool whose stakes changed. */
  changed: (poolId: string) => void;
}

/** A stake of somebody who influenced the show: it went back, or is locked and stays. */
export interface OwnStake extends Stake {
  locked: boolean;
}

export interface Placed {
  stake: Stake;
  /** The earlier stake that this one replaced. */
  returned: Stake | null;
  /** What the member holds besides the stake. */
  balance: number;
  /** False when this very stake was there already. */
  moved: boolean;
}

export class Stakes {
  readonly #deps: StakesDeps;

  constructor(deps: StakesDeps) {
    this.#deps = deps;
  }

  /** The member's stake in the live pool about this. */
  of(member: string, about: PoolAbout): Stake | null {
    const { chips } = this.#deps;
    const pool = chips.livePool(about);
    return pool ? chips.stake(pool.id, member) : null;
  }

  /**
   * Stakes on an outcome of the open pool; the last pick counts, an earlier one is returned. A command names its sum. A reaction
   * names none: it keeps the sum of a stake on the same outcome, and otherwise stakes the usual one, or the most that the member
   * may stake where that is less.
   */
  place(member: string, about: PoolAbout, outcome: string, sum?: number): Result<Placed, StakeRefusal> {
    const { chips } = this.#deps;
    return chips.transact((tx) => this.placeIn(tx, chips.livePool(about), { member, outcome }, sum));
  }

  /** The same as a part of a transaction that holds much else. */
  placeIn(
    tx: ChipTransaction,
    pool: Pool | null,
    { member, outcome }: { member: string; outcome: string },
    sum?: number,
  ): Result<Placed, StakeRefusal> {
    const { changed } = this.#deps;
    if (pool?.status !== 'open') return refused('no_open_pool');
    if (!pool.outcomes.includes(outcome)) return refused('unknown_outcome', { outcome });
    if (this.isExcluded(member, pool)) return refused('conflict_of_interest');
    if (sum !== undefined && (!Number.isSafeInteger(sum) || sum < STAKE_MIN))
      return refused('stake_too_small', { least: STAKE_MIN });
    const placed = this.#place(tx, pool, { member, outcome }, sum);
    if (placed.ok) changed(pool.id);
    return placed;
  }

  isExcluded(member: string, pool: Pool): boolean {
    return this.#deps.chips.excluded(episodeOf(pool), member);
  }

  /** Stakes twice as much on the same outcome, or the most that the member may stake where that is less. */
  double(member: string, about: PoolAbout): Result<Placed, StakeRefusal> {
    const { chips } = this.#deps;
    const stake = this.of(member, about);
    if (!stake) return refused(about === 'twin' ? 'no_answer_to_double' : 'nothing_to_double');
    const most = largestStake(chips.balance(walletOf(member)) + stake.chips);
    if (most <= stake.chips) return refused('stake_too_large', { most });
    return this.place(member, about, stake.outcome, Math.min(2 * stake.chips, most));
  }

  /** Takes the member's stake off this outcome, or off any; 0 when there is none or the pool is not open. */
  takeBack(member: string, about: PoolAbout, outcome?: string): { returned: number } {
    const { chips, changed } = this.#deps;
    const pool = chips.livePool(about);
    const stake = pool?.status === 'open' ? chips.stake(pool.id, member) : null;
    if (!pool || !stake || (outcome !== undefined && stake.outcome !== outcome)) return { returned: 0 };
    chips.transact((tx) => this.#giveBack(tx, pool, stake));
    changed(pool.id);
    return { returned: stake.chips };
  }

  /** The stake stays although its reaction is gone. */
  standAlone(stake: Stake): void {
    const { chips } = this.#deps;
    const pool = chips.livePool('gain');
    if (!pool) return;
    chips.transact((tx) => tx.setStake(pool.id, stake.member, { ...stake, origin: 'command' }));
  }

  /**
   * Whoever influences the show may place no stake in it: neither in the live pools nor in those of this episode, which may be still
   * to come. An open stake goes back. A locked one stays and can win nothing: if it went back, it would whenever it is about to be
   * lost. Resolves to what came of the member's stakes, a locked one the first time only.
   */
  exclude(member: string, episode: string): OwnStake[] {
    const { chips, changed } = this.#deps;
    const pools = livePools(chips);
    const own = pools.flatMap((pool) => {
      const stake = chips.stake(pool.id, member);
      return stake ? [{ pool, stake, wasBound: this.isExcluded(member, pool) }] : [];
    });
    const held = own.filter(({ pool }) => pool.status === 'open');
    chips.transact((tx) => {
      if (chips.result(episode) === null) tx.exclude(episode, member);
      for (const pool of pools) tx.exclude(episodeOf(pool), member);
      for (const { pool, stake } of held) this.#giveBack(tx, pool, stake);
    });
    for (const { pool } of held) changed(pool.id);
    return own
      .filter(({ wasBound }) => !wasBound)
      .map(({ pool, stake }) => ({ ...stake, locked: pool.status !== 'open' }));
  }

  #place(
    tx: ChipTransaction,
    pool: Pool,
    { member, outcome }: { member: string; outcome: string },
    sum: number | undefined,
  ): Result<Placed, StakeRefusal> {
    const { chips: store, wallets, clock } = this.#deps;
    wallets.welcome(tx, member);
    const earlier = store.stake(pool.id, member);
    const own = store.balance(walletOf(member)) + (earlier?.chips ?? 0);
    const kept = earlier?.outcome === outcome ? earlier.chips : null;
    const chips = sum ?? kept ?? Math.min(REACTION_STAKE, largestStake(own));
    if (own === 0) return refused('no_chips_left');
    if (own < chips) return refused('not_enough_chips', { chips: own, most: largestStake(own) });
    if (chips > largestStake(own) && chips !== kept)
      return refused('stake_too_large', { most: largestStake(own) });
    const stake: Stake = { member, outcome, chips, origin: sum === undefined ? 'reaction' : 'command' };
    if (earlier?.outcome === outcome && earlier.chips === chips) {
      if (earlier.origin !== stake.origin) tx.setStake(pool.id, member, stake);
      return accepted({ stake, returned: null, balance: own - chips, moved: false });
    }
    if (earlier) this.#giveBack(tx, pool, earlier);
    tx.post(transfer(walletOf(member), potOf(pool.id), chips, 'stake', pool.id, clock.nowMs()));
    tx.setStake(pool.id, member, stake);
    return accepted({ stake, returned: earlier, balance: own - chips, moved: true });
  }

  #giveBack(tx: ChipTransaction, pool: Pool, { member, chips }: Stake): void {
    const atMs = this.#deps.clock.nowMs();
    tx.post(transfer(potOf(pool.id), walletOf(member), chips, 'stake_returned', pool.id, atMs));
    tx.setStake(pool.id, member, null);
  }
}
