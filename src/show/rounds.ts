/**
 * Rounds: opened, played room by room, closed, with the pools that open and settle, the bells and the pictures that go with
 * them. Everything is an action of the recorder, so a round that was cut short goes on from its last turn.
 */
import { openingBellDue } from '#core/actions/open-round.ts';
import type { Content } from '#core/content.ts';
import type { EventOf, ShowEvent } from '#core/events.ts';
import { observe } from '#core/observe.ts';
import type { RefundReason } from '#core/pools.ts';
import { nextSpeakers } from '#core/speaking.ts';
import type { ShowState } from '#core/state.ts';
import { backable } from '#core/trading/standings.ts';
import type { Audience } from './audience/audience.ts';
import { floorView, poolView, untilNextPicture, withWalks } from './views/floor-view.ts';
import type { Gallery } from './views/gallery.ts';
import type { Brain } from './ports/brain.ts';
import type { AwardsCard, RecapCard } from './ports/card-views.ts';
import type { Pool } from './ports/chips.ts';
import type { Log } from './ports/clock.ts';
import type { FloorView } from './ports/painter.ts';
import type { ShowStore } from './ports/store.ts';
import type { Recorder, ShowNews } from './recorder.ts';
import { tapeLines } from './views/tape.ts';
import { thinkInTime } from './thinking.ts';
import type { Timetable } from './schedule/timetable.ts';

const TAPE_LINES = 4;
/** Rounds that the small curves of the floor's picture and the market go back. */
export const SPARKLINE_ROUNDS = 32;

export interface RoundsDeps {
  content: Content;
  store: ShowStore;
  recorder: Recorder;
  audience: Audience;
  timetable: Timetable;
  gallery: Gallery;
  brain: Brain;
  log: Log;
  paceMs: () => number;
  turnLimitMs: number;
  /** A floor picture after every so many rounds; 0 for none. */
  pictureEveryRounds: number;
}

export class Rounds {
  readonly #deps: RoundsDeps;
  readonly #tape: string[] = [];

  constructor(deps: RoundsDeps) {
    this.#deps = deps;
    deps.recorder.subscribe((news) => this.#readTape(news));
  }

  floorView(): FloorView {
    const since = Math.max(0, this.#state.round - SPARKLINE_ROUNDS);
    const { audience, content, store } = this.#deps;
    const curves = { equity: store.equityCurves(since), prices: store.priceCurves(since) };
    const pool = audience.pool();
    const bets = poolView(pool, pool ? audience.odds(pool.id) : []);
    return floorView(this.#state, content, curves, this.#tape, bets);
  }

  /**
   * Plays the round that is open, or opens the next. False when the signal aborted it half way: what was stored stands,
   * and the next call goes on from there.
   */
  async play(signal: AbortSignal): Promise<boolean> {
    if (!this.#state.roundOpen) this.#openRound();
    const rooms = Object.keys(this.#state.speakers);
    await Promise.all(rooms.map((room) => this.#playRoom(room, signal)));
    if (signal.aborted) return false;
    this.#closeRound();
    return true;
  }

  #openRound(): void {
    this.#deps.recorder.commit(() => {
      this.#refundStale();
      if (openingBellDue(this.#state)) this.#deps.audience.pools.lock();
      this.#deps.recorder.act({ type: 'openRound' });
      this.openPoolIfDue();
    });
  }

  #closeRound(): void {
    this.#deps.recorder.commit(() => {
      // Before everybody walks: the picture shows who said what to whom, in the room where it was said.
      const view = this.floorView();
      const before = this.#state;
      const events = this.#deps.recorder.act({ type: 'closeRound' });
      const closed = events.find(
        (event): event is EventOf<'episodeClosed'> => event.type === 'episodeClosed',
      );
      for (const event of events) this.#postBell(event, before);
      if (closed) {
        this.#publish(this.#deps.audience.pools.settleEpisode(closed));
        this.#deps.timetable.belled();
      }
      this.openPoolIfDue();
      this.#postPicture(withWalks(view, this.#state), closed !== undefined);
    });
  }

  /** Traders of one room speak one after another, so that each answers what was really just said there. */
  async #playRoom(room: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const speaker = nextSpeakers(this.#state).find((id) => this.#state.speakers[room]?.includes(id));
      if (!speaker || signal.aborted) return;
      const turn = {
        id: `${this.#state.round}:${speaker}`,
        observation: observe(this.#state, speaker, this.#deps.content),
      };
      const thought = await thinkInTime(this.#deps.brain, turn, this.#deps.turnLimitMs, signal);
      if (signal.aborted) return;
      if (!thought.ok) {
        this.#deps.log.warn(
          { round: this.#state.round, trader: speaker, fumble: thought.code },
          thought.message,
        );
      }
      this.#deps.recorder.commit(() =>
        thought.ok
          ? this.#deps.recorder.act(
              { type: 'takeTurn', trader: speaker, decision: thought.answer.decision, fumble: null },
              thought.answer,
            )
          : this.#deps.recorder.act({
              type: 'takeTurn',
              trader: speaker,
              decision: null,
              fumble: thought.code,
            }),
      );
    }
  }

  /** Returns all stakes of a live pool, and its message says why; null when there is none of that id. */
  returnStakes(poolId: string, because: RefundReason): Pool | null {
    return this.#deps.recorder.commit(() => this.#refund(poolId, because));
  }

  /** The result of a closed pool reads otherwise than when it was shown. Within a transaction. */
  tellResultAnew(poolId: string): void {
    this.#publish(this.#deps.audience.poolById(poolId));
  }

  /** Stakes on an episode that did not finish in time return, though no round may ever be opened again. */
  returnStaleStakes(): void {
    if (this.#deps.audience.pools.stale()) this.#deps.recorder.commit(() => this.#refundStale());
  }

  openPoolIfDue(): void {
    const { phase, season, episode } = this.#state;
    // A pool is open while its intermission lasts, not until the gate opens another day.
    if (phase !== 'intermission' || !this.#deps.timetable.isOpen()) return;
    const pool = this.#deps.audience.pools.open(season, episode + 1, backable(this.#state));
    if (pool)
      this.#deps.recorder.post({
        place: 'betting',
        post: { kind: 'poolOpened', poolId: pool.id },
        afterMs: 0,
      });
  }

  #refundStale(): void {
    const pool = this.#deps.audience.pools.stale();
    if (pool) this.#refund(pool.id, 'episode_not_finished');
  }

  #refund(poolId: string, because: RefundReason): Pool | null {
    const pool = this.#deps.audience.pools.refund(poolId, because);
    this.#publish(pool);
    return pool;
  }

  #publish(pool: Pool | null): void {
    if (!pool) return;
    this.#deps.recorder.post({
      place: 'betting',
      post: { kind: 'poolClosed', poolId: pool.id, status: pool.status },
      afterMs: 0,
    });
  }

  /** A closing bell goes to the tape with its card. A card that cannot be made costs the card, never the bell. */
  #postBell(event: ShowEvent, before: ShowState): void {
    if (event.type !== 'episodeClosed' && event.type !== 'seasonClosed') return;
    let card: RecapCard | AwardsCard | null = null;
    try {
      const { gallery } = this.#deps;
      if (this.#deps.pictureEveryRounds > 0) {
        card = event.type === 'episodeClosed' ? gallery.recap(before, event) : gallery.awards(before, event);
      }
    } catch (error) {
      this.#deps.log.error(
        { err: error, bell: event.type },
        'the card of a closing bell could not be composed',
      );
    }
    this.#deps.recorder.post({
      place: 'tape',
      post: { kind: 'bell', event, card },
      afterMs: this.#deps.paceMs() * 0.8,
    });
  }

  #postPicture(view: FloorView, bell: boolean): void {
    const every = this.#deps.pictureEveryRounds;
    if (every === 0 || (!bell && this.#state.round % every !== 0)) return;
    this.#deps.recorder.post({
      place: 'floor',
      post: { kind: 'floorPicture', view: untilNextPicture(view, every) },
      afterMs: this.#deps.paceMs() * 0.85,
    });
  }

  #readTape(news: ShowNews): void {
    if ('events' in news) this.#tape.push(...tapeLines(news.events, this.#deps.content));
    this.#tape.splice(0, this.#tape.length - TAPE_LINES);
  }

  get #state(): ShowState {
    return this.#deps.recorder.state;
  }
}
