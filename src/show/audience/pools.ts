/** A pool from its opening to its end: opened at intermission, locked by the bell, settled or returned. Never twice. */
import type { EventOf } from '#core/events.ts';
import { extended, judge, NO_RECORD } from '#core/betting/forecast.ts';
import { HOUSE, JACKPOT, MINT, transfer } from '#core/betting/ledger.ts';
import {
  HOUSE_CHIPS,
  houseBacking,
  opening,
  POOL_LIFE_MS,
  refund,
  settle,
  type RefundReason,
  type Settlement,
} from '#core/betting/pools.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { ChipStore, ChipTransaction, Payout, Pool, PoolResult } from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';

export interface PoolsDeps {
  chips: ChipStore;
  clock: Clock;
  /** Called for every pool whose stakes or status changed. */
  changed: (poolId: string) => void;
}

export const poolIdOf = (season: number, episode: number): string => `s${season}e${episode}`;

export class Pools {
  readonly #chips: ChipStore;
  readonly #clock: Clock;
  readonly #changed: (poolId: string) => void;

  constructor({ chips, clock, changed }: PoolsDeps) {
    this.#chips = chips;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** How a closed pool ended, for its message. */
  resultOf(poolId: string): PoolResult | null {
    return this.#chips.result(poolId);
  }

  /**
   * Opens the pool of the coming episode, with the jackpot in its pot and the house behind every trader. Called within the show's
   * transaction.
   */
  open(season: number, episode: number, outcomes: readonly TraderId[]): Pool | null {
    if (this.#chips.livePool() || outcomes.length < 2) return null;
    const id = poolIdOf(season, episode);
    if (this.#chips.pool(id)) return null;
    const atMs = this.#clock.nowMs();
    return this.#chips.transact((tx) => {
      this.#foundHouse(tx, atMs);
      const pool: Pool = {
        id,
        season,
        episode,
        outcomes: [...outcomes],
        status: 'open',
        openedAtMs: atMs,
        lockedAtMs: null,
        seedChips: this.#chips.balance(JACKPOT),
        houseChips: houseBacking(this.#chips.balance(HOUSE), outcomes.length),
      };
      tx.savePool(pool);
      for (const entry of opening(pool, atMs)) tx.post(entry);
      return pool;
    });
  }

  /** The bell: from now on no stake moves. */
  lock(): Pool | null {
    const pool = this.#chips.livePool();
    if (pool?.status !== 'open') return null;
    const locked: Pool = { ...pool, status: 'locked', lockedAtMs: this.#clock.nowMs() };
    this.#chips.transact((tx) => tx.savePool(locked));
    return locked;
  }

  /** Settles the locked pool of the episode that just closed. Never twice: a pool that is not locked is left alone. */
  settleEpisode(closed: EventOf<'episodeClosed'>): Pool | null {
    const pool = this.#chips.livePool();
    if (pool?.status !== 'locked' || pool.episode !== closed.episode) return null;
    const runners = closed.standings.filter((standing) => pool.outcomes.includes(standing.trader));
    const best = Math.max(...runners.map((standing) => standing.episodeGainCents));
    const winners = runners.filter((it) => it.episodeGainCents === best).map((it) => it.trader);
    return this.#close(
      pool,
      settle(pool, this.#chips.stakes(pool.id), winners, this.#clock.nowMs()),
      winners,
    );
  }

  /** Returns all stakes of a live pool; null when there is no live pool with that id. */
  refund(poolId: string, because: RefundReason): Pool | null {
    const pool = this.#chips.livePool();
    if (pool?.id !== poolId) return null;
    return this.#close(pool, refund(pool, this.#chips.stakes(poolId), because, this.#clock.nowMs()), []);
  }

  /** The locked pool whose episode did not finish in time. */
  stale(): Pool | null {
    const pool = this.#chips.livePool();
    const lockedAtMs = pool?.lockedAtMs ?? null;
    return lockedAtMs !== null && this.#clock.nowMs() - lockedAtMs > POOL_LIFE_MS ? pool : null;
  }

  #close(pool: Pool, settlement: Settlement, winners: TraderId[]): Pool {
    const closed: Pool = { ...pool, status: settlement.status };
    this.#chips.transact((tx) => {
      for (const entry of settlement.entries) tx.post(entry);
      tx.savePool(closed);
      tx.saveResult(pool.id, this.#resultOf(pool, settlement, winners, tx));
    });
    this.#changed(pool.id);
    return closed;
  }

  /** Adds the settled stakes to their members' track records. */
  #resultOf(pool: Pool, settlement: Settlement, winners: TraderId[], tx: ChipTransaction): PoolResult {
    if (settlement.status === 'refunded') return { status: 'refunded', because: settlement.because };
    const streaks = new Map<string, number>();
    for (const stake of this.#chips.stakes(pool.id)) {
      const judged = judge(stake, pool.outcomes, winners);
      const record = extended(this.#chips.trackRecord(stake.member) ?? NO_RECORD, judged);
      tx.saveTrackRecord(judged, record);
      streaks.set(stake.member, record.streak);
    }
    const { toHouse, toJackpot } = settlement;
    const payouts: Payout[] = settlement.payouts.map((payout) => ({
      ...payout,
      streak: streaks.get(payout.member) ?? 0,
    }));
    return { status: 'settled', winners, payouts, toHouse, toJackpot };
  }

  /** The house gets its chips once for ever. */
  #foundHouse(tx: ChipTransaction, atMs: number): void {
    if (this.#chips.lastAtMs(HOUSE, 'house_minted') !== null) return;
    tx.post(transfer(MINT, HOUSE, HOUSE_CHIPS, 'house_minted', null, atMs));
  }
}
