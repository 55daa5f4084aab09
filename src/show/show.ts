/** One show: the use cases of producers and members. */
import type { Content } from '#core/content.ts';
import type { RefundReason } from '#core/betting/pools.ts';
import type { ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';

import type { Audience } from './audience/audience.ts';
import { poolOfEpisode } from './audience/pools.ts';
import type { OwnStake } from './audience/stakes.ts';
import { dataOf, forgetMember, type ForgetRefusal, type MemberData } from './audience/forgetting.ts';
import type { Casting } from './casting/casting.ts';
import { strikeChaos, type Struck } from './chaos.ts';
import { fitIntermission } from './intermission.ts';
import type { Hand } from './hand/hand.ts';
import type { ControlRoom } from './control-room.ts';
import type { KeyValues } from './ports/key-values.ts';
import type { Outbox } from './ports/outbox.ts';
import type { FloorView } from './ports/painter.ts';
import type { StageRecord } from './ports/stage-record.ts';
import type { AuditRecord, TurnRecord } from './ports/store.ts';
import {
  accepted,
  refused,
  type BailoutRefusal,
  type BoardRow,
  type ChaosRefusal,
  type ConfessRefusal,
  type FixedModel,
  type ModelRefusal,
  type Result,
  type RunRefusal,
  type ShowStatus,
} from './results.ts';
import type { ShowNews } from './recorder.ts';
import type { SeasonSource } from './fairness/archive.ts';
import type { SeasonRecord } from './fairness/seasons.ts';
import { nextPool, type NextPool } from './schedule/next-pool.ts';
import type { KnownModels } from './model-change.ts';
import type { RunSwitch } from './running.ts';
import { isPace, PACE_MAX_MS, PACE_MIN_MS } from './tempo.ts';
import type { Timetable } from './schedule/timetable.ts';
import { assembled, type Parts } from './parts.ts';
import type { ShowDeps } from './show-deps.ts';
import { leaderboard } from './views/board.ts';
import { confessionOf } from './views/confession.ts';
import type { Gallery } from './views/gallery.ts';
import { marketRows, type MarketRow } from './views/market-rows.ts';
import { progressOf } from './views/progress.ts';

export type { ShowNews } from './recorder.ts';

/** The show after a producer switched it, and what came of the producer's own stakes. */
export type Switched = ShowStatus & { ownStakes: OwnStake[] };

export class Show {
  readonly audience: Audience;
  readonly timetable: Timetable;
  /** The show as cards and charts. */
  readonly gallery: Gallery;
  readonly keyValues: KeyValues;
  readonly outbox: Outbox;
  /** Where the stage stands on Discord. */
  readonly stageRecord: StageRecord;
  /** What members do to the show beside betting. */
  readonly hand: Hand;
  /** What producers do from their panel. */
  readonly controlRoom: ControlRoom;
  /** Who plays, and who will play the next season. */
  readonly casting: Casting;
  readonly #deps: ShowDeps;
  readonly #parts: Parts;

  constructor(deps: ShowDeps) {
    this.#deps = deps;
    this.keyValues = deps.store.keyValues;
    this.outbox = deps.store.outbox;
    this.stageRecord = deps.store.stage;
    const parts = assembled(deps, {
      status: () => this.status(),
      playRound: (signal) => this.playRound(signal),
      audit: (...entry) => this.#audit(...entry),
      poolOfEpisode: () => poolOfEpisode(this.state),
      exclude: (by) => this.#exclude(by),
    });
    this.#parts = parts;
    this.audience = parts.audience;
    this.timetable = parts.timetable;
    this.gallery = parts.gallery;
    this.hand = parts.hand;
    this.controlRoom = parts.controlRoom;
    this.casting = parts.casting;
  }

  /** With the cast of the season that is on. */
  get content(): Content {
    return this.#parts.recorder.content;
  }

  get state(): ShowState {
    return this.#parts.recorder.state;
  }

  /** Milliseconds a round; 0: as fast as it can. */
  get paceMs(): number {
    return this.#parts.running.paceMs;
  }

  status(): ShowStatus {
    return {
      ...progressOf(this.state, this.#deps.store.show.counts()),
      mode: this.#parts.running.mode,
      paceMs: this.#parts.running.paceMs,
      late: this.#parts.running.late,
      ...this.#parts.watch.status(),
      nextOpeningMs: this.timetable.nextOpeningMs(),
      pendingPosts: this.outbox.pending(),
    };
  }

  /** After every stored action and chip movement. A listener must not throw. */
  subscribe(listener: (news: ShowNews) => void): () => void {
    return this.#parts.recorder.subscribe(listener);
  }

  // ------------------------------------------------------------------------------------------------ producers

  start(by: string): Result<Switched, RunRefusal> {
    return this.#switch('start', by);
  }

  pause(by: string): Result<Switched, RunRefusal> {
    return this.#switch('pause', by);
  }

  resume(by: string): Result<Switched, RunRefusal> {
    return this.#switch('resume', by);
  }

  stop(by: string): Result<Switched, RunRefusal> {
    return this.#switch('stop', by);
  }

  setPace(paceMs: number, by: string): Result<Switched, RunRefusal> {
    if (!isPace(paceMs))
      return refused('pace_out_of_range', {
        leastSeconds: PACE_MIN_MS / 1_000,
        mostSeconds: PACE_MAX_MS / 1_000,
      });
    const ownStakes = this.#parts.recorder.commit(() => {
      this.#parts.running.setPace(paceMs);
      fitIntermission(this.#parts.recorder, this.#deps.intermissionMs ?? null, paceMs);
      this.#audit('pace', by, `${paceMs / 1_000} s`);
      return this.#exclude(by);
    });
    return accepted({ ...this.status(), ownStakes });
  }

  noteSetup(what: 'built' | 'taken down', by: string): void {
    this.#audit('setup', by, what);
  }

  /** Changes a setting of the stage, with its entry in the audit log: both are stored or none. */
  changeSetting(what: Record<string, unknown>, by: string, change: () => void): void {
    this.#parts.recorder.commit(() => {
      change();
      this.#audit('settings', by, JSON.stringify(what));
    });
  }

  /** Models that a producer may change to, or why none may. */
  models(): Result<KnownModels, FixedModel> {
    return this.#parts.models.known();
  }

  /** Loads another model while the one before goes on thinking. `model_failed` says why in its facts. */
  async changeModel(name: string, by: string): Promise<Result<Switched, ModelRefusal>> {
    const refusal = await this.#parts.models.change(name);
    if (refusal) return refusal;
    this.#parts.watch.leadChanged();
    const ownStakes = this.#parts.recorder.commit(() => {
      this.#audit('model', by, name);
      return this.#exclude(by);
    });
    return accepted({ ...this.status(), ownStakes });
  }

  /** A catastrophic headline, a gap at once, the market in Crash. */
  strikeChaos(by: string, text: string | null): Result<Struck, ChaosRefusal> {
    const { standstill } = this.#parts.running;
    if (standstill) return refused(standstill);
    return strikeChaos(
      {
        recorder: this.#parts.recorder,
        store: this.#deps.store.show,
        mayPlay: this.timetable.isOpen(),
        exclude: () => this.#exclude(by),
        audit: (...entry) => this.#audit(...entry),
        blocks: this.#deps.blocks,
      },
      by,
      text,
    );
  }

  /** Returns all stakes of a live pool, and its message says why. False when there is none of that id. */
  returnStakes(poolId: string, because: RefundReason): boolean {
    return this.#parts.bettingWindow.returnStakes(poolId, because);
  }

  /**
   * Does what the timetable says is due while the show runs, and returns stakes that wait in vain whether it runs or not. May
   * be called late, twice, or not at all for a while; about once a minute is meant.
   */
  minuteTick(): void {
    this.#parts.bettingWindow.returnStaleStakes();
    if (this.#parts.running.mode === 'running') this.timetable.minuteTick();
    this.#parts.watch.minuteTick();
  }

  // -------------------------------------------------------------------------------------------------- members

  /** A trader's private thought: the newest, or that of a round. */
  confess(trader: TraderId, round: number | null): Result<TurnRecord, ConfessRefusal> {
    if (!this.state.traders[trader]) return refused('unknown_trader', { trader });
    return confessionOf(this.#deps.store.show, trader, round);
  }

  board(): BoardRow[] {
    return leaderboard(this.state, this.content);
  }

  /** Prices as anybody on the floor sees them. */
  market(): MarketRow[] {
    return marketRows(this.state, this.#deps.store.show);
  }

  /** When the next pool opens, while none is open. */
  nextPool(): NextPool {
    const { id } = poolOfEpisode(this.state);
    return nextPool({
      state: this.state,
      mode: this.#parts.running.mode,
      nowMs: this.#deps.clock.nowMs(),
      paceMs: this.paceMs,
      hadPool: this.audience.poolById(id) !== null,
      timetable: this.timetable,
    });
  }

  /** Chips for a member who has none left, once a day. Everybody is told in the betting window. */
  bailOut(member: string): Result<{ chips: number }, BailoutRefusal> {
    return this.#parts.recorder.commit(() => {
      const given = this.audience.bailOut(member);
      if (!given.ok) return given;
      const { chips } = given.value;
      this.#parts.recorder.post({
        place: 'betting',
        post: { kind: 'memberBailedOut', member, chips },
        afterMs: 0,
      });
      this.#parts.recorder.tell({ bailedOut: member });
      return given;
    });
  }

  /** What is stored about a member. */
  dataOf(member: string): MemberData {
    return dataOf({ ...this.#deps, audience: this.audience }, member);
  }

  /** Removes a member's id from everything stored, and from the messages that name it; every sum still holds. */
  forget(member: string): Result<{ pools: string[] }, ForgetRefusal> {
    return this.#parts.recorder.commit(() => {
      const done = forgetMember(
        { ...this.#deps, audience: this.audience, poolOfEpisode: poolOfEpisode(this.state) },
        member,
      );
      if (!done.ok) return done;
      const { pools, messages, rows } = done.value;
      for (const what of [...messages.map((messageId) => ({ messageId })), ...rows.map((row) => ({ row }))])
        this.#parts.recorder.post({ place: 'betting', post: { kind: 'reworded', ...what }, afterMs: 0 });
      for (const pool of pools) this.#parts.bettingWindow.tellResultAnew(pool);
      this.#parts.recorder.tell({ forgotten: member });
      return done;
    });
  }

  /** What a season was sealed with; null where it has no seal. Its seed and salt are secret until it is over. */
  season(season: number): SeasonRecord | null {
    return this.#parts.seasons.get(season);
  }

  /** Seasons that ended and are not archived yet, oldest first. */
  seasonsToArchive(): SeasonSource[] {
    const { show, chips } = this.#deps.store;
    return this.#parts.seasons.due(show, chips);
  }

  seasonArchived(season: number): void {
    this.#parts.seasons.archived(season);
  }

  floorView(): FloorView {
    return this.#parts.rounds.floorView();
  }

  // ---------------------------------------------------------------------------------------------------- rounds

  /** Runs rounds at the show's pace while it is in mode `running`, until aborted or `rounds` are done. */
  run(signal: AbortSignal, rounds = Number.POSITIVE_INFINITY): Promise<void> {
    return this.#parts.running.run(signal, rounds);
  }

  /**
   * Plays the round that is open, or opens the next. False when the signal aborted it half way: what was stored stands,
   * and the next call goes on from there.
   */
  playRound(signal: AbortSignal): Promise<boolean> {
    return this.#parts.rounds.play(signal);
  }

  #switch(what: RunSwitch, by: string): Result<Switched, RunRefusal> {
    const refusal = this.#parts.running.refusalOf(what);
    if (refusal) return refused(refusal);
    const { recorder, running } = this.#parts;
    const ownStakes = recorder.commit(() => {
      const mode = running.switch(what);
      // The show may have been founded at another pace: its premiere names the rounds that it will have.
      if (mode === 'running') fitIntermission(recorder, this.#deps.intermissionMs ?? null, running.paceMs);
      this.#audit(what, by, null);
      const own = this.#exclude(by);
      if (mode === 'running') this.#parts.bettingWindow.openIfDue();
      if (what === 'start') this.timetable.tellDoors();
      return own;
    });
    return accepted({ ...this.status(), ownStakes });
  }

  /** Whoever runs the show places no stake on the episode that is on, or on the one to come. */
  #exclude(by: string): OwnStake[] {
    return this.audience.exclude(by, poolOfEpisode(this.state).id);
  }

  #audit(what: AuditRecord['what'], by: string, detail: string | null): void {
    this.#deps.store.show.audit({
      atMs: this.#deps.clock.nowMs(),
      round: this.state.round,
      by,
      what,
      detail,
    });
    this.#parts.recorder.tell({ audited: what });
  }
}
