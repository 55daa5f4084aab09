/**
 * One show: runs rounds, takes what producers and members do, and tells subscribers. Every change of the state is an
 * action that is stored with its events and posts before anybody sees it, so a kill at any instant loses nothing.
 */
import type { Content } from '#core/content.ts';
import type { EventOf } from '#core/events.ts';
import type { RefundReason } from '#core/pools.ts';
import type { Rules, ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { errorText } from '#lib/error-text.ts';
import { Audience } from './audience/audience.ts';
import { leaderboard } from './views/board.ts';
import { dataOf, forgetMember, type ForgetRefusal, type MemberData } from './audience/forgetting.ts';
import { Gallery } from './views/gallery.ts';
import { marketRows, type MarketRow } from './views/market-rows.ts';
import type { Brain, ModelDesk } from './ports/brain.ts';
import type { ChipStore } from './ports/chips.ts';
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
import { ALWAYS, type Schedule } from './schedule/settings.ts';
import { Timetable } from './schedule/timetable.ts';

export const PACE_MIN_MS = 3_000;
export const PACE_MAX_MS = 600_000;
export const CHAOS_TEXT_MAX = 140;

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
  /** A floor picture after every so many rounds; 0 for none. */
  pictureEveryRounds: number;
  /** True for a producer's text that must not be shown. */
  blocks: (text: string) => boolean;
}

export class Show {
  readonly content: Content;
  readonly audience: Audience;
  readonly timetable: Timetable;
  /** The show as cards and charts. */
  readonly gallery: Gallery;
  readonly keyValues: KeyValues;
  readonly outbox: Outbox;
  readonly #deps: ShowDeps;
  #mode: RunMode;
  #paceMs: number;
  #changingModel = false;
  /** Wakes the pause between rounds: a pace or a mode changed. */
  #wakeUp = new AbortController();
  readonly #recorder: Recorder;
  readonly #rounds: Rounds;

  constructor(deps: ShowDeps) {
    this.#deps = deps;
    this.content = deps.content;
    this.keyValues = deps.store.keyValues;
    this.outbox = deps.store.outbox;
    this.gallery = new Gallery(deps.store.show, deps.content);
    this.#mode = savedMode(deps.store.keyValues);
    const savedPace = Number(deps.store.keyValues.get('pace-ms') ?? Number.NaN);
    this.#paceMs = deps.paceMs === 0 || Number.isNaN(savedPace) ? deps.paceMs : savedPace;
    this.audience = new Audience({
      chips: deps.store.chips,
      keyValues: deps.store.keyValues,
      clock: deps.clock,
      changed: (pool) => this.#recorder.tell({ pool }),
      timeZone: () => this.timetable.settings().timeZone,
    });
    this.#recorder = new Recorder({ ...deps, store: deps.store.show, paceMs: () => this.#paceMs });
    this.timetable = new Timetable({
      recorder: this.#recorder,
      keyValues: deps.store.keyValues,
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
      paceMs: () => this.#paceMs,
    });
  }

  get state(): ShowState {
    return this.#recorder.state;
  }

  status(): ShowStatus {
    const { season, episode, phase, round, phaseRound, rules, market } = this.state;
    const { turns, fumbles } = this.#deps.store.show.counts();
    return {
      mode: this.#mode,
      paceMs: this.#paceMs,
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

  start(by: string): Result<ShowStatus, RunRefusal> {
    if (this.#mode === 'running') return refused('already_running');
    return this.#switchTo('running', 'start', by);
  }

  pause(by: string): Result<ShowStatus, RunRefusal> {
    if (this.#mode !== 'running') return refused('not_running');
    return this.#switchTo('paused', 'pause', by);
  }

  resume(by: string): Result<ShowStatus, RunRefusal> {
    if (this.#mode !== 'paused') return refused('not_paused');
    return this.#switchTo('running', 'resume', by);
  }

  stop(by: string): Result<ShowStatus, RunRefusal> {
    if (this.#mode === 'stopped') return refused('not_running');
    return this.#switchTo('stopped', 'stop', by);
  }

  setPace(paceMs: number, by: string): Result<ShowStatus, RunRefusal> {
    if (!Number.isInteger(paceMs) || paceMs < PACE_MIN_MS || paceMs > PACE_MAX_MS) {
      return refused('pace_out_of_range', {
        leastSeconds: PACE_MIN_MS / 1_000,
        mostSeconds: PACE_MAX_MS / 1_000,
      });
    }
    this.#paceMs = paceMs;
    this.keyValues.set('pace-ms', String(paceMs));
    this.#audit('pace', by, `${paceMs} ms`);
    this.#wake();
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
  strikeChaos(
    by: string,
    text: string | null,
  ): Result<{ headline: string; nextAtRound: number }, ChaosRefusal> {
    const words = text?.replace(/\s+/gu, ' ').trim() ?? null;
    if (this.#mode !== 'running') return refused('show_not_running');
    if (words === '') return refused('text_empty');
    if (words !== null && words.length > CHAOS_TEXT_MAX)
      return refused('text_too_long', { most: CHAOS_TEXT_MAX });
    if (words !== null && this.#deps.blocks(words)) return refused('text_blocked');
    const cooldownRounds = Math.max(1, Math.ceil(this.state.rules.episodeRounds / 10));
    const last = this.#deps.store.show.audits('chaos', 1)[0];
    const nextAtRound = last ? last.round + cooldownRounds : 0;
    if (this.state.round < nextAtRound)
      return refused('cooling_down', { rounds: nextAtRound - this.state.round });
    const events = this.#recorder.commit(() => {
      this.#audit('chaos', by, words);
      this.audience.exclude(by);
      return this.#recorder.act({ type: 'strikeChaos', text: words });
    });
    const headline = events.find((event): event is EventOf<'chaosStruck'> => event.type === 'chaosStruck');
    return accepted({
      headline: headline?.headline.text ?? '',
      nextAtRound: this.state.round + cooldownRounds,
    });
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
    if (this.#mode === 'running') this.timetable.minuteTick();
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
  async run(signal: AbortSignal, rounds = Number.POSITIVE_INFINITY): Promise<void> {
    const { clock } = this.#deps;
    let done = 0;
    while (!signal.aborted && done < rounds) {
      const openedMs = clock.nowMs();
      if (!this.#playing()) {
        await clock.sleep(PACE_MAX_MS, AbortSignal.any([signal, this.#wakeUp.signal]));
        continue;
      }
      const finished = await this.playRound(signal);
      if (finished) done += 1;
      // A pause, or an abort in the middle of the round, leaves it open: it goes on from its last turn.
      if (finished && done < rounds) await this.#restAfter(openedMs, signal);
    }
  }

  /**
   * Plays the round that is open, or opens the next. False when the signal aborted it half way: what was stored stands,
   * and the next call goes on from there.
   */
  playRound(signal: AbortSignal): Promise<boolean> {
    return this.#rounds.play(signal);
  }

  #switchTo(mode: RunMode, what: AuditRecord['what'], by: string): Result<ShowStatus, RunRefusal> {
    this.#mode = mode;
    this.keyValues.set('mode', mode);
    this.#audit(what, by, null);
    this.audience.exclude(by);
    if (mode === 'running') this.#recorder.commit(() => this.#rounds.openPoolIfDue());
    this.#wake();
    return accepted(this.status());
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

  #playing(): boolean {
    return this.#mode === 'running' && this.timetable.isOpen();
  }

  #gateOpened(): void {
    if (this.#mode === 'running') this.#rounds.openPoolIfDue();
    this.#wake();
  }

  #wake(): void {
    const wakeUp = this.#wakeUp;
    this.#wakeUp = new AbortController();
    wakeUp.abort();
  }

  /** Waits out the rest of the round's time; a new pace counts at once, a pause ends the wait. */
  async #restAfter(openedMs: number, signal: AbortSignal): Promise<void> {
    for (let fromMs = openedMs; ;) {
      const nowMs = this.#deps.clock.nowMs();
      // A clock that was set back must not hold the show for as long.
      fromMs = Math.min(fromMs, nowMs);
      const leftMs = fromMs + this.#paceMs - nowMs;
      if (leftMs <= 0 || signal.aborted || !this.#playing()) return;
      await this.#deps.clock.sleep(leftMs, AbortSignal.any([signal, this.#wakeUp.signal]));
    }
  }
}

function savedMode(keyValues: KeyValues): RunMode {
  const saved = keyValues.get('mode');
  return saved === 'running' || saved === 'paused' ? saved : 'stopped';
}
