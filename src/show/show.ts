/**
 * One show: runs rounds, takes what producers and members do, and tells subscribers. Every change of the state is an
 * action that is stored with its events and posts before anybody sees it, so a kill at any instant loses nothing.
 */
import type { Content } from '#core/content.ts';
import type { RefundReason } from '#core/pools.ts';
import type { Rules, ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { errorText } from '#lib/error-text.ts';
import { Audience } from './audience/audience.ts';
import { dataOf, forgetMember, type ForgetRefusal, type MemberData } from './audience/forgetting.ts';
import { strikeChaos, type Struck } from './chaos.ts';
import type { Brain, ModelDesk } from './ports/brain.ts';
import type { ChipStore, Stake } from './ports/chips.ts';
import type { Clock, Log } from './ports/clock.ts';
import type { KeyValues } from './ports/key-values.ts';
import type { Outbox } from './ports/outbox.ts';
import type { FloorView } from './ports/painter.ts';
import type { AuditRecord, ShowStore, TurnRecord } from './ports/store.ts';
import {
  accepted,
  refused,
  type BailoutRefusal,
  type BoardRow,
  type ChaosRefusal,
  type ConfessRefusal,
  type ModelRefusal,
  type Result,
  type RunMode,
  type RunRefusal,
  type ShowStatus,
} from './results.ts';
import { Recorder, type ShowNews } from './recorder.ts';
import { Rounds, SPARKLINE_ROUNDS } from './rounds.ts';
import { PACE_MAX_MS, PACE_MIN_MS, Running } from './running.ts';
import { ALWAYS, type Schedule } from './schedule/settings.ts';
import { Timetable } from './schedule/timetable.ts';
import { leaderboard } from './views/board.ts';
import { Gallery } from './views/gallery.ts';
import { marketRows, type MarketRow } from './views/market-rows.ts';

export type { ShowNews } from './recorder.ts';

export interface ShowDeps {
  content: Content;
  rules: Rules;
  seed: number;
  store: { show: ShowStore; chips: ChipStore; keyValues: KeyValues; outbox: Outbox };
  brain: Brain;
  /** Null where the model is fixed: the scripted brain, a server, several shows on one model. */
  models: ModelDesk | null;
  clock: Clock;
  log: Log;
  /** When the show plays, until a producer sets it; continuously when left out. */
  schedule?: Schedule | undefined;
  /** Milliseconds a round; 0 runs as fast as it can (for scripts and tests). */
  paceMs: number;
  turnLimitMs: number;
  /** Rounds from one floor picture to the next; 0 for none. */
  pictureEveryRounds: number;
  /** True for a producer's text that must not be shown. */
  blocks: (text: string) => boolean;
}

/** The show after a producer switched it, and the producer's own stake where one went back. */
export type Switched = ShowStatus & { returned: Stake | null };

export class Show {
  readonly content: Content;
  readonly audience: Audience;
  readonly timetable: Timetable;
  /** The show as cards and charts. */
  readonly gallery: Gallery;
  readonly keyValues: KeyValues;
  readonly outbox: Outbox;
  readonly #deps: ShowDeps;
  #changingModel = false;
  readonly #recorder: Recorder;
  readonly #running: Running;
  readonly #rounds: Rounds;

  constructor(deps: ShowDeps) {
    this.#deps = deps;
    this.content = deps.content;
    this.keyValues = deps.store.keyValues;
    this.outbox = deps.store.outbox;
    this.gallery = new Gallery(deps.store.show, deps.content);
    this.#recorder = new Recorder({ ...deps, store: deps.store.show, paceMs: () => this.#running.paceMs });
    this.#running = new Running({
      keyValues: this.keyValues,
      recorder: this.#recorder,
      clock: deps.clock,
      paceMs: deps.paceMs,
      mayPlay: () => this.timetable.isOpen(),
      playRound: (signal) => this.playRound(signal),
    });
    this.audience = new Audience({
      chips: this.#recorder.guarding(deps.store.chips),
      keyValues: this.keyValues,
      clock: deps.clock,
      changed: (pool) => this.#recorder.tell({ pool }),
      timeZone: () => this.timetable.settings().timeZone,
    });
    this.timetable = new Timetable({
      recorder: this.#recorder,
      keyValues: this.keyValues,
      clock: deps.clock,
      log: deps.log,
      defaults: deps.schedule ?? ALWAYS,
      audit: (what, by, detail) => this.#audit(what, by, detail),
      opened: () => this.#gateOpened(),
    });
    this.#rounds = new Rounds({
      ...deps,
      store: deps.store.show,
      recorder: this.#recorder,
      audience: this.audience,
      timetable: this.timetable,
      gallery: this.gallery,
      paceMs: () => this.#running.paceMs,
    });
  }

  get state(): ShowState {
    return this.#recorder.state;
  }

  status(): ShowStatus {
    const { season, episode, phase, round, phaseRound, rules, market } = this.state;
    const { turns, fumbles } = this.#deps.store.show.counts();
    return {
      mode: this.#running.mode,
      paceMs: this.#running.paceMs,
      brain: this.#deps.brain.label,
      season,
      episode,
      phase,
      round,
      phaseRound,
      phaseRounds: phase === 'episode' ? rules.episodeRounds : rules.intermissionRounds,
      regime: market.regime,
      turns,
      fumbles,
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
    if (this.#running.mode === 'running') return refused('already_running');
    return this.#switchTo('running', 'start', by);
  }

  pause(by: string): Result<Switched, RunRefusal> {
    if (this.#running.mode !== 'running') return refused('not_running');
    return this.#switchTo('paused', 'pause', by);
  }

  resume(by: string): Result<Switched, RunRefusal> {
    if (this.#running.mode !== 'paused') return refused('not_paused');
    return this.#switchTo('running', 'resume', by);
  }

  stop(by: string): Result<Switched, RunRefusal> {
    if (this.#running.mode === 'stopped') return refused('not_running');
    return this.#switchTo('stopped', 'stop', by);
  }

  setPace(paceMs: number, by: string): Result<ShowStatus, RunRefusal> {
    if (!Number.isInteger(paceMs) || paceMs < PACE_MIN_MS || paceMs > PACE_MAX_MS) {
      return refused('pace_out_of_range', {
        leastSeconds: PACE_MIN_MS / 1_000,
        mostSeconds: PACE_MAX_MS / 1_000,
      });
    }
    this.#recorder.commit(() => {
      this.#running.setPace(paceMs);
      this.#audit('pace', by, `${paceMs} ms`);
    });
    return accepted(this.status());
  }

  /** The stage was built or taken down: for the audit log. */
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
    return this.#deps.models?.known() ?? [];
  }

  /** Loads another model while the one before goes on thinking. `model_failed` says why in its facts. */
  async changeModel(name: string, by: string): Promise<Result<ShowStatus, ModelRefusal>> {
    const { models } = this.#deps;
    if (!models) return refused('model_is_fixed');
    if (this.#changingModel) return refused('model_is_changing');
    this.#changingModel = true;
    try {
      await models.change(name);
    } catch (error) {
      return refused('model_failed', { why: errorText(error) });
    } finally {
      this.#changingModel = false;
    }
    this.#audit('model', by, name);
    return accepted(this.status());
  }

  /** A catastrophic headline, a gap at once, the market in Crash. */
  strikeChaos(by: string, text: string | null): Result<Struck, ChaosRefusal> {
    if (this.#running.mode !== 'running') return refused('show_not_running');
    return strikeChaos(
      {
        recorder: this.#recorder,
        store: this.#deps.store.show,
        audience: this.audience,
        audit: (...entry) => this.#audit(...entry),
        blocks: this.#deps.blocks,
      },
      by,
      text,
    );
  }

  /** Returns all stakes of a live pool, and its message says why. False when there is none of that id. */
  returnStakes(poolId: string, because: RefundReason): boolean {
    return this.#rounds.returnStakes(poolId, because) !== null;
  }

  /**
   * Does what the timetable says is due while the show runs, and returns stakes that wait in vain whether it runs or not. May
   * be called late, twice, or not at all for a while; about once a minute is meant.
   */
  minuteTick(): void {
    this.#rounds.returnStaleStakes();
    if (this.#running.mode === 'running') this.timetable.minuteTick();
  }

  // -------------------------------------------------------------------------------------------------- members

  /** A trader's private thought: the newest, or that of a round. */
  confess(trader: TraderId, round: number | null): Result<TurnRecord, ConfessRefusal> {
    if (!this.state.traders[trader]) return refused('unknown_trader', { trader });
    const { show } = this.#deps.store;
    if (round === null) {
      const newest = show.turns(trader, 1)[0];
      return newest ? accepted(newest) : refused('no_thought_yet');
    }
    const record = show.turn(trader, round);
    return record ? accepted(record) : refused('no_such_round', { round, newest: this.state.round });
  }

  board(): BoardRow[] {
    return leaderboard(this.state, this.content);
  }

  /** Prices as anybody on the floor sees them; nothing of what drives them. */
  market(): MarketRow[] {
    const curves = this.#deps.store.show.priceCurves(Math.max(0, this.state.round - SPARKLINE_ROUNDS));
    return marketRows(this.state, curves);
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

  /** Takes a member's id out of everything stored, and out of the messages that name it; every sum still holds. */
  forget(member: string): Result<{ pools: string[] }, ForgetRefusal> {
    return this.#recorder.commit(() => {
      const done = forgetMember({ ...this.#deps, audience: this.audience }, member);
      if (!done.ok) return done;
      for (const messageId of done.value.messages)
        this.#recorder.post({ place: 'betting', post: { kind: 'reworded', messageId }, afterMs: 0 });
      for (const pool of done.value.pools) this.#rounds.tellResultAnew(pool);
      this.#recorder.tell({ forgotten: member });
      return done;
    });
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

  #switchTo(mode: RunMode, what: AuditRecord['what'], by: string): Result<Switched, RunRefusal> {
    const returned = this.#recorder.commit(() => {
      this.#running.setMode(mode);
      this.#audit(what, by, null);
      const stake = this.audience.exclude(by);
      if (mode === 'running') this.#rounds.openPoolIfDue();
      return stake;
    });
    return accepted({ ...this.status(), returned });
  }

  #audit(what: AuditRecord['what'], by: string, detail: string | null): void {
    this.#deps.store.show.audit({
      atMs: this.#deps.clock.nowMs(),
      round: this.state.round,
      by,
      what,
      detail,
    });
  }

  #gateOpened(): void {
    if (this.#running.mode === 'running') this.#rounds.openPoolIfDue();
    this.#recorder.onceStored(() => this.#running.wake());
  }
}
