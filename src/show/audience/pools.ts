/** A pool from its opening to its end: opened at intermission, locked by the bell, settled or returned. Never twice. */
import type { EventOf } from '#core/events.ts';
import { extended, judge, NO_RECORD } from '#core/betting/forecast.ts';
import { gainersOf } from '#core/betting/gain.ts';
import { marginsOf } from '#core/betting/margin.ts';
import { HOUSE, JACKPOT, MINT, transfer } from '#core/betting/ledger.ts';
import {
  HOUSE_CHIPS,
  houseBacking,
  opening,
  poolLifeMs,
  refund,
  returnOf,
  settle,
  type RefundReason,
  type Settlement,
} from '#core/betting/pools.ts';
import type { ShowState } from '#core/state.ts';
import type {
  ChipStore,
  ChipTransaction,
  Payout,
  Pool,
  PoolAbout,
  PoolResult,
  Stake,
} from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';

export interface PoolsDeps {
  chips: ChipStore;
  clock: Clock;
  /** Called for every pool whose stakes or status changed. */
  changed: (poolId: string) => void;
}

/** How the episode of a pool went. */
interface Judged {
  winners: string[];
  stakes: readonly Stake[];
  /** Who ran the show while their stake was locked. */
  bound: ReadonlySet<string>;
  leadBps?: number | undefined;
}
const UNJUDGED: Judged = { winners: [], stakes: [], bound: new Set() };

export const poolIdOf = (season: number, episode: number, about: PoolAbout = 'gain'): string =>
  `s${season}e${episode}${about === 'gain' ? '' : `-${about}`}`;

/** An episode goes by the name of its pool about who gains most; who is shut out is shut out of all its pools. */
export const episodeOf = ({ season, episode }: Pick<Pool, 'season' | 'episode'>): string =>
  poolIdOf(season, episode);

/** The pool of the episode that is on, or of the one to come. */
export function poolOfEpisode({
  season,
  episode: last,
  phase,
}: Pick<ShowState, 'season' | 'episode' | 'phase'>): { id: string; episode: number } {
  const episode = last + (phase === 'episode' ? 0 : 1);
  return { id: poolIdOf(season, episode), episode };
}

/** The episode in the id of a pool. */
export function episodeInPoolId(poolId: string): { season: number; episode: number } {
  const [, season, episode] = /^s(\d+)e(\d+)/u.exec(poolId) ?? [];
  if (season === undefined || episode === undefined) throw new Error(`${poolId} is not the id of a pool`);
  return { season: Number(season), episode: Number(episode) };
}

/** Those that are open or locked; the pool about who gains most is first. */
export function livePools(chips: Pick<ChipStore, 'livePool'>): Pool[] {
  return (['gain', 'twin'] as const).flatMap((about) => chips.livePool(about) ?? []);
}

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

  /** See `livePools`. */
  live(): Pool[] {
    return livePools(this.#chips);
  }

  /** Null when no pool with that id is open or locked. */
  liveOne(poolId: string): Pool | null {
    return this.live().find(({ id }) => id === poolId) ?? null;
  }

  /**
   * Opens a pool of the coming episode, with the jackpot in its pot and the house behind every outcome. Called within the show's
   * transaction.
   */
  open(season: number, episode: number, about: PoolAbout, outcomes: readonly string[]): Pool | null {
    if (this.#chips.livePool(about) || outcomes.length < 2) return null;
    const id = poolIdOf(season, episode, about);
    if (this.#chips.pool(id)) return null;
    const atMs = this.#clock.nowMs();
    return this.#chips.transact((tx) => {
      this.#foundHouse(tx, atMs);
      const pool: Pool = {
        id,
        about,
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
  lock(): void {
    const lockedAtMs = this.#clock.nowMs();
    this.#chips.transact((tx) => {
      for (const pool of this.live())
        if (pool.status === 'open') tx.savePool({ ...pool, status: 'locked', lockedAtMs });
    });
  }

  /** Settles the locked pool of the episode that just closed. Never twice: a pool that is not locked is left alone. */
  settleEpisode(closed: EventOf<'episodeClosed'>): Pool | null {
    const pool = this.#lockedFor(closed, 'gain');
    if (!pool) return null;
    return this.#settle(pool, gainersOf(closed.standings, pool.outcomes));
  }

  /** The same for the pool about the twin. `leadBps` null: nobody knows what the twin would have made, so its stakes return. */
  settleTwin(closed: EventOf<'episodeClosed'>, leadBps: number | null): Pool | null {
    const pool = this.#lockedFor(closed, 'twin');
    if (!pool) return null;
    if (leadBps === null) return this.refund(pool.id, 'no_twin');
    return this.#settle(pool, marginsOf(leadBps), leadBps);
  }

  #lockedFor(closed: EventOf<'episodeClosed'>, about: PoolAbout): Pool | null {
    const pool = this.#chips.livePool(about);
    return pool?.status === 'locked' && pool.episode === closed.episode ? pool : null;
  }

  #settle(pool: Pool, winners: string[], leadBps?: number): Pool {
    const stakes = this.#chips.stakes(pool.id);
    const bound = this.#boundIn(pool, stakes);
    const settlement = settle(pool, stakes, winners, this.#clock.nowMs(), bound);
    return this.#close(pool, settlement, { winners, stakes, bound, leadBps });
  }

  #boundIn(pool: Pool, stakes: readonly Stake[]): Set<string> {
    return new Set(
      stakes.map(({ member }) => member).filter((member) => this.#chips.excluded(episodeOf(pool), member)),
    );
  }

  /** Chips that a stake in this pool would bring back if its outcome won, as things stand. */
  returnOf(pool: Pool, stake: Stake): number {
    const stakes = this.#chips.stakes(pool.id);
    return returnOf(pool, stakes, stake, this.#boundIn(pool, stakes));
  }

  /** Returns all stakes of a live pool; null when there is no live pool with that id. */
  refund(poolId: string, because: RefundReason): Pool | null {
    const pool = this.liveOne(poolId);
    if (!pool) return null;
    return this.#close(pool, refund(pool, this.#chips.stakes(poolId), because, this.#clock.nowMs()));
  }

  /** Locked pools whose episode did not finish in time. `episodeMs`: how long its rounds take. */
  stale(episodeMs: number): Pool[] {
    const sinceMs = this.#clock.nowMs() - poolLifeMs(episodeMs);
    return this.live().filter(({ lockedAtMs }) => lockedAtMs !== null && lockedAtMs < sinceMs);
  }

  #close(pool: Pool, settlement: Settlement, judged: Judged = UNJUDGED): Pool {
    const { leadBps } = judged;
    const closed: Pool = { ...pool, status: settlement.status };
    this.#chips.transact((tx) => {
      for (const entry of settlement.entries) tx.post(entry);
      tx.savePool(closed);
      const result = this.#resultOf(pool, settlement, judged, tx);
      tx.saveResult(
        pool.id,
        result.status === 'settled' && leadBps !== undefined ? { ...result, leadBps } : result,
      );
    });
    this.#changed(pool.id);
    return closed;
  }

  /** Adds the forecasts of a settled pool to their members' track records; who ran the show forecast nothing. */
  #resultOf(
    pool: Pool,
    settlement: Settlement,
    { winners, stakes, bound }: Judged,
    tx: ChipTransaction,
  ): PoolResult {
    if (settlement.status === 'refunded') return { status: 'refunded', because: settlement.because };
    const streaks = new Map<string, number>();
    for (const stake of stakes) {
      if (bound.has(stake.member)) continue;
      const judged = judge(stake, pool.outcomes, winners);
      const record = extended(this.#chips.trackRecord(stake.member) ?? NO_RECORD, judged);
      tx.saveTrackRecord(judged, record);
      streaks.set(stake.member, record.streak);
    }
    const { toHouse, toJackpot } = settlement;
    const payouts: Payout[] = settlement.payouts.map((payout) => ({
      ...payout,
      streak: streaks.get(payout.member) ?? 0,
      bound: bound.has(payout.member),
    }));
    return { status: 'settled', winners, payouts, toHouse, toJackpot };
  }

  /** The house gets its chips once for ever: they are what its account begins with. */
  #foundHouse(tx: ChipTransaction, atMs: number): void {
    if (this.#chips.hasAccount(HOUSE)) return;
    tx.post(transfer(MINT, HOUSE, HOUSE_CHIPS, 'house_minted', null, atMs));
  }
}
