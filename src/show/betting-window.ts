/** Pools as a show goes on: opened for the coming episode, locked by its bell, settled or returned, each with its post. */
import { MARGINS } from '#core/betting/margin.ts';
import type { EventOf } from '#core/events.ts';
import type { RefundReason } from '#core/betting/pools.ts';
import { backable } from '#core/trading/standings.ts';
import type { Audience } from './audience/audience.ts';
import type { Pool } from './ports/chips.ts';
import type { Clock } from './ports/clock.ts';
import type { KeyValues } from './ports/key-values.ts';
import type { Recorder } from './recorder.ts';
import { takeBellCall } from './schedule/bell-call.ts';

export interface BettingWindowDeps {
  recorder: Recorder;
  audience: Audience;
  keyValues: KeyValues;
  clock: Clock;
  /** True while the timetable lets the show play. */
  mayPlay: () => boolean;
  /** Whether there is a twin to bet on. */
  hasTwin: () => boolean;
  /** Milliseconds a round; 0: as fast as it can. */
  paceMs: () => number;
}

/** Key-value: the slowest pace of the episode that is on. */
const SLOWEST_KEY = 'episode-slowest-pace-ms';

export class BettingWindow {
  readonly #deps: BettingWindowDeps;

  constructor(deps: BettingWindowDeps) {
    this.#deps = deps;
  }

  /**
   * Opens the coming episode's pools between two bells, and before the first, unless the gate is closed until another day. They are
   * open at once, and told of `afterMs` into the round. Within a transaction.
   */
  openIfDue(afterMs = 0): void {
    const { recorder, audience, keyValues, clock, mayPlay, hasTwin } = this.#deps;
    const { phase, season, episode } = recorder.state;
    if (phase === 'episode' || !mayPlay()) return;
    const pool = audience.pools.open(season, episode + 1, 'gain', backable(recorder.state));
    const twins = hasTwin() ? audience.pools.open(season, episode + 1, 'twin', MARGINS) : null;
    // The one that newcomers understand at once stands last, where a channel is opened.
    for (const opened of [twins, pool])
      if (opened)
        recorder.post({ place: 'betting', post: { kind: 'poolOpened', poolId: opened.id }, afterMs });
    if (!pool) return;
    const role = takeBellCall(keyValues, clock.nowMs());
    if (role !== null)
      recorder.post({
        place: 'betting',
        post: { kind: 'bellCalled', role, episode: pool.episode },
        afterMs,
      });
  }

  /** The opening bell: from now on no stake moves. Within the transaction of its round. */
  lock(): void {
    const { audience, keyValues, paceMs } = this.#deps;
    audience.pools.lock();
    keyValues.set(SLOWEST_KEY, String(paceMs()));
  }

  /**
   * The closing bell pays the winners, and who won is told `afterMs` into its round. `leadBps`: by how much the floor beat its twin, if
   * that is known. Within the transaction of the round.
   */
  settle(closed: EventOf<'episodeClosed'>, leadBps: number | null, afterMs: number): void {
    const { pools } = this.#deps.audience;
    this.#publish(pools.settleEpisode(closed), afterMs);
    this.#publish(pools.settleTwin(closed, leadBps), afterMs);
  }

  /** Returns all stakes of a live pool, and its message says why. False when there is no live pool with that id. */
  returnStakes(poolId: string, because: RefundReason): boolean {
    return this.#deps.recorder.commit(() => {
      const pool = this.#deps.audience.pools.refund(poolId, because);
      this.#publish(pool);
      return pool !== null;
    });
  }

  /** Stakes on an episode that did not finish in time return, even if no round is ever opened again. */
  returnStaleStakes(): void {
    const { recorder, audience } = this.#deps;
    const episodeMs = recorder.state.rules.episodeRounds * this.#slowestPaceMs();
    for (const { id } of audience.pools.stale(episodeMs)) this.returnStakes(id, 'episode_not_finished');
  }

  /** A faster pace that is set in the middle of an episode does not shorten the rounds that were played before. */
  #slowestPaceMs(): number {
    const { keyValues, paceMs } = this.#deps;
    const noted = Number(keyValues.get(SLOWEST_KEY) ?? 0);
    const now = paceMs();
    if (now > noted) keyValues.set(SLOWEST_KEY, String(now));
    return Math.max(noted, now);
  }

  /** Shows the result of a closed pool again, because its words have changed. Within a transaction. */
  tellResultAnew(poolId: string): void {
    this.#publish(this.#deps.audience.poolById(poolId));
  }

  #publish(pool: Pool | null, afterMs = 0): void {
    if (!pool) return;
    this.#deps.recorder.post({
      place: 'betting',
      post: { kind: 'poolClosed', poolId: pool.id, status: pool.status },
      afterMs,
    });
  }
}
