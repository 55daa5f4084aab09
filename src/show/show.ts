/** One show: the use cases of producers and members, put together from their parts. */
import type { Content } from '#core/content.ts';
import type { RefundReason } from '#core/betting/pools.ts';
import type { ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';

import { Audience } from './audience/audience.ts';
import { poolIdOf } from './audience/pools.ts';
import { dataOf, forgetMember, type ForgetRefusal, type MemberData } from './audience/forgetting.ts';
import { BettingWindow } from './betting-window.ts';
import { Casting } from './casting/casting.ts';
import { Roster } from './casting/roster.ts';
import { strikeChaos, type Struck } from './chaos.ts';
import { fitIntermission } from './intermission.ts';
import { Hand } from './hand/hand.ts';
import { ControlRoom } from './control-room.ts';
import { ModelChange } from './model-change.ts';
import type { Stake } from './ports/chips.ts';
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
  type ModelRefusal,
  type Result,
  type RunRefusal,
  type ShowStatus,
} from './results.ts';
import { Recorder, type ShowNews } from './recorder.ts';
import type { SeasonSource } from './fairness/archive.ts';
import { Seasons, type SeasonRecord } from './fairness/seasons.ts';
import { Rounds } from './rounds.ts';
import { isPace, PACE_MAX_MS, PACE_MIN_MS, Running, type RunSwitch } from './running.ts';
import { ALWAYS } from './schedule/settings.ts';
import { RightOfWay } from './hand/right-of-way.ts';
import { Tempo } from './tempo.ts';
import { Timetable } from './schedule/timetable.ts';
import type { ShowDeps } from './show-deps.ts';
import { Watch } from './watch/watch.ts';
import { leaderboard } from './views/board.ts';
import { confessionOf } from './views/confession.ts';
import { Gallery } from './views/gallery.ts';
import { marketRows, type MarketRow } from './views/market-rows.ts';
import { progressOf } from './views/progress.ts';

export type { ShowNews } from './recorder.ts';

/** The show after a producer switched it, and the producer's own stake where one went back. */
export type Switched = ShowStatus & { returned: Stake | null };

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
  readonly #models: ModelChange;
  readonly #recorder: Recorder;
  readonly #running: Running;
  readonly #bettingWindow: BettingWindow;
  readonly #rounds: Rounds;
  readonly #seasons: Seasons;
  readonly #watch: Watch;

  constructor(deps: ShowDeps) {
    this.#deps = deps;
    this.keyValues = deps.store.keyValues;
    this.outbox = deps.store.outbox;
    this.stageRecord = deps.store.stage;
    this.#models = new ModelChange(deps.models);
    const store = deps.store.show;
    const roster = new Roster({ personas: deps.content.cast, ...deps, keyValues: this.keyValues });
    const paceMs = (): number => this.#running.paceMs;
    const recorder = new Recorder({ ...deps, content: roster.content(), store, paceMs });
    this.gallery = new Gallery(store, () => recorder.content);
    this.#seasons = new Seasons({
      keyValues: this.keyValues,
      recorder,
      position: () => store.position(),
      secret: deps.seasonSecret ?? null,
    });
    this.casting = new Casting({ roster, recorder, audit: (...entry) => this.#audit(...entry) });
    const shared = { recorder, keyValues: this.keyValues, clock: deps.clock, log: deps.log };
    const tempo = new Tempo(deps.log);
    const rightOfWay = new RightOfWay();
    const mayPlay = (): boolean => this.timetable.isOpen();
    this.#recorder = recorder;
    this.#running = new Running({
      ...shared,
      tempo,
      paceMs: deps.paceMs,
      mayPlay,
      playRound: (signal) => this.playRound(signal),
    });
    this.audience = new Audience({
      ...shared,
      chips: recorder.guarding(deps.store.chips),
      hand: deps.store.hand,
      changed: (pool) => recorder.tell({ pool }),
      timeZone: () => this.timetable.settings().timeZone,
    });
    this.timetable = new Timetable({
      ...shared,
      defaults: deps.schedule ?? ALWAYS,
      audit: (what, by, detail) => this.#audit(what, by, detail),
      opened: () => {
        if (this.#running.mode === 'running') this.#bettingWindow.openIfDue();
        recorder.onceStored(() => this.#running.wake());
      },
    });
    this.controlRoom = new ControlRoom({
      ...shared,
      ...deps,
      store,
      audience: this.audience,
      running: this.#running,
      mayPlay,
      status: () => this.status(),
      audit: (...entry) => this.#audit(...entry),
    });
    this.hand = new Hand({
      ...shared,
      ...deps,
      store,
      hand: deps.store.hand,
      audience: this.audience,
      running: this.#running,
      rightOfWay,
      poolOfEpisode: () => this.#poolOfEpisode(),
    });
    this.#bettingWindow = new BettingWindow({ recorder, audience: this.audience, mayPlay });
    this.#watch = new Watch({
      ...shared,
      store,
      outbox: this.outbox,
      lead: deps.brain,
      standIn: deps.standIn ?? null,
      turnLimitMs: deps.turnLimitMs,
      paceMs: () => this.#running.paceMs,
      isPlaying: () => this.#running.mode === 'running' && mayPlay(),
    });
    this.#rounds = new Rounds({
      ...deps,
      brain: this.#watch.brain,
      tempo,
      rightOfWay,
      store,
      recorder,
      audience: this.audience,
      bettingWindow: this.#bettingWindow,
      timetable: this.timetable,
      gallery: this.gallery,
      hand: this.hand,
      intermissionMs: deps.intermissionMs ?? null,
      paceMs,
      roster,
      seasons: this.#seasons,
    });
  }

  /** With the cast of the season that is on. */
  get content(): Content {
    return this.#recorder.content;
  }

  get state(): ShowState {
    return this.#recorder.state;
  }

  /** Milliseconds a round; 0: as fast as it can. */
  get paceMs(): number {
    return this.#running.paceMs;
  }

  status(): ShowStatus {
    return {
      ...progressOf(this.state, this.#deps.store.show.counts()),
      mode: this.#running.mode,
      paceMs: this.#running.paceMs,
      ...this.#watch.status(),
      nextOpeningMs: this.timetable.nextOpeningMs(),
      pendingPosts: this.outbox.pending(),
    };
  }

  /** After every stored action and chip movement. A listener must not throw. */
  subscribe(listener: (news: ShowNews) => void): () => void {
    return this.#recorder.subscribe(listener);
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
    const returned = this.#recorder.commit(() => {
      this.#running.setPace(paceMs);
      fitIntermission(this.#recorder, this.#deps.intermissionMs ?? null, paceMs);
      this.#audit('pace', by, `${paceMs} ms`);
      return this.#exclude(by);
    });
    return accepted({ ...this.status(), returned });
  }

  noteSetup(what: 'built' | 'taken down', by: string): void {
    this.#audit('setup', by, what);
  }

  /** Changes a setting of the stage, with its entry in the audit log: both are stored or none. */
  changeSetting(what: Record<string, unknown>, by: string, change: () => void): void {
    this.#recorder.commit(() => {
      change();
      this.#audit('settings', by, JSON.stringify(what));
    });
  }

  /** Models that a producer may change to; empty where the model is fixed. */
  models(): { id: string; title: string }[] {
    return this.#models.known();
  }

  /** Loads another model while the one before goes on thinking. `model_failed` says why in its facts. */
  async changeModel(name: string, by: string): Promise<Result<Switched, ModelRefusal>> {
    const refusal = await this.#models.change(name);
    if (refusal) return refusal;
    this.#watch.leadChanged();
    const returned = this.#recorder.commit(() => {
      this.#audit('model', by, name);
      return this.#exclude(by);
    });
    return accepted({ ...this.status(), returned });
  }

  /** A catastrophic headline, a gap at once, the market in Crash. */
  strikeChaos(by: string, text: string | null): Result<Struck, ChaosRefusal> {
    if (this.#running.mode !== 'running') return refused('show_not_running');
    return strikeChaos(
      {
        recorder: this.#recorder,
        store: this.#deps.store.show,
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
    return this.#bettingWindow.returnStakes(poolId, because);
  }

  /**
   * Does what the timetable says is due while the show runs, and returns stakes that wait in vain whether it runs or not. May
   * be called late, twice, or not at all for a while; about once a minute is meant.
   */
  minuteTick(): void {
    this.#bettingWindow.returnStaleStakes();
    if (this.#running.mode === 'running') this.timetable.minuteTick();
    this.#watch.minuteTick();
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

  /** Chips for a member who has none left, once a day. Everybody is told in the betting window. */
  bailOut(member: string): Result<{ chips: number }, BailoutRefusal> {
    return this.#recorder.commit(() => {
      const given = this.audience.bailOut(member);
      if (!given.ok) return given;
      const { chips } = given.value;
      this.#recorder.post({ place: 'betting', post: { kind: 'memberBailedOut', member, chips }, afterMs: 0 });
      this.#recorder.tell({ bailedOut: member });
      return given;
    });
  }

  /** What is stored about a member. */
  dataOf(member: string): MemberData {
    return dataOf({ ...this.#deps, audience: this.audience }, member);
  }

  /** Removes a member's id from everything stored, and from the messages that name it; every sum still holds. */
  forget(member: string): Result<{ pools: string[] }, ForgetRefusal> {
    return this.#recorder.commit(() => {
      const done = forgetMember(
        { ...this.#deps, audience: this.audience, poolOfEpisode: this.#poolOfEpisode() },
        member,
      );
      if (!done.ok) return done;
      for (const messageId of done.value.messages)
        this.#recorder.post({ place: 'betting', post: { kind: 'reworded', messageId }, afterMs: 0 });
      for (const pool of done.value.pools) this.#bettingWindow.tellResultAnew(pool);
      this.#recorder.tell({ forgotten: member });
      return done;
    });
  }

  /** What a season was sealed with; null where it has no seal. Its seed and salt are secret until it is over. */
  season(season: number): SeasonRecord | null {
    return this.#seasons.get(season);
  }

  /** Seasons that ended and are not archived yet, oldest first. */
  seasonsToArchive(): SeasonSource[] {
    const { show, chips } = this.#deps.store;
    return this.#seasons.due(show, chips);
  }

  seasonArchived(season: number): void {
    this.#seasons.archived(season);
  }

  floorView(): FloorView {
    return this.#rounds.floorView();
  }

  // ---------------------------------------------------------------------------------------------------- rounds

  /** Runs rounds at the show's pace while it is in mode `running`, until aborted or `rounds` are done. */
  run(signal: AbortSignal, rounds = Number.POSITIVE_INFINITY): Promise<void> {
    return this.#running.run(signal, rounds);
  }

  /**
   * Plays the round that is open, or opens the next. False when the signal aborted it half way: what was stored stands,
   * and the next call goes on from there.
   */
  playRound(signal: AbortSignal): Promise<boolean> {
    return this.#rounds.play(signal);
  }

  #switch(what: RunSwitch, by: string): Result<Switched, RunRefusal> {
    const refusal = this.#running.refusalOf(what);
    if (refusal) return refused(refusal);
    const returned = this.#recorder.commit(() => {
      const mode = this.#running.switch(what);
      this.#audit(what, by, null);
      const stake = this.#exclude(by);
      if (mode === 'running') this.#bettingWindow.openIfDue();
      return stake;
    });
    return accepted({ ...this.status(), returned });
  }

  #poolOfEpisode(): { id: string; episode: number } {
    const { season, phase } = this.state;
    const episode = this.state.episode + (phase === 'episode' ? 0 : 1);
    return { id: poolIdOf(season, episode), episode };
  }

  /** Whoever runs the show holds no stake in the episode that is on, or in the one to come. */
  #exclude(by: string): Stake | null {
    return this.audience.exclude(by, this.#poolOfEpisode().id);
  }

  #audit(what: AuditRecord['what'], by: string, detail: string | null): void {
    this.#deps.store.show.audit({
      atMs: this.#deps.clock.nowMs(),
      round: this.state.round,
      by,
      what,
      detail,
    });
    this.#recorder.tell({ audited: what });
  }
}
