/**
 * Rounds: opened, played room by room, closed, with the bells and the pictures that go with them. Everything is an action of
 * the recorder, so a round that was cut short goes on from its last turn.
 */
import { openingBellDue } from '#core/actions/open-round.ts';
import type { Content } from '#core/content.ts';
import type { EventOf, ShowEvent } from '#core/events.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import type { ShowState } from '#core/state.ts';
import type { Audience } from './audience/audience.ts';
import type { BettingWindow } from './betting-window.ts';
import { floorView, poolView, untilNextPicture, withWalks } from './views/floor-view.ts';
import type { Gallery } from './views/gallery.ts';
import type { Brain } from './ports/brain.ts';
import type { AwardsCard, RecapCard } from './ports/card-views.ts';
import type { Clock, Log } from './ports/clock.ts';
import type { FloorView } from './ports/painter.ts';
import type { ShowStore } from './ports/store.ts';
import { bellPost, picturePost } from './programme.ts';
import type { Recorder, ShowNews } from './recorder.ts';
import { SPARKLINE_ROUNDS } from './views/market-rows.ts';
import { tapeLines } from './views/tape.ts';
import { thinkInTime } from './thinking.ts';
import type { Tempo } from './tempo.ts';
import type { Timetable } from './schedule/timetable.ts';

const TAPE_LINES = 4;

export interface RoundsDeps {
  content: Content;
  store: ShowStore;
  recorder: Recorder;
  audience: Audience;
  bettingWindow: BettingWindow;
  timetable: Timetable;
  gallery: Gallery;
  brain: Brain;
  tempo: Tempo;
  clock: Clock;
  log: Log;
  paceMs: () => number;
  turnLimitMs: number;
  /** Rounds from one floor picture to the next; 0 for none. */
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
   * Plays the round that is open, or opens the next. False when the signal aborted it halfway: what was stored stands,
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
    const { recorder, bettingWindow } = this.#deps;
    recorder.commit(() => {
      bettingWindow.returnStaleStakes();
      if (openingBellDue(this.#state)) bettingWindow.lock();
      recorder.act({ type: 'openRound' });
      bettingWindow.openIfDue();
    });
  }

  #closeRound(): void {
    const { recorder, bettingWindow, timetable } = this.#deps;
    recorder.commit(() => {
      // Before everybody walks: the picture shows who spoke to whom and what was said, in the room where it was said.
      const view = this.floorView();
      const before = this.#state;
      const events = recorder.act({ type: 'closeRound' });
      const closed = events.find(
        (event): event is EventOf<'episodeClosed'> => event.type === 'episodeClosed',
      );
      for (const event of events) this.#postBell(event, before);
      if (closed) {
        bettingWindow.settle(closed);
        timetable.belled();
      }
      bettingWindow.openIfDue();
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
      const thought = await thinkInTime(
        this.#deps.brain,
        turn,
        this.#deps.turnLimitMs,
        this.#deps.clock,
        signal,
      );
      if (signal.aborted) return;
      this.#deps.tempo.turnEnded(!thought.ok && thought.code === 'timeout', this.#deps.turnLimitMs);
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
    this.#deps.recorder.post(bellPost(event, card, this.#deps.paceMs()));
  }

  #postPicture(view: FloorView, bell: boolean): void {
    const every = this.#deps.pictureEveryRounds;
    if (every === 0 || (!bell && this.#state.round % every !== 0)) return;
    this.#deps.recorder.post(picturePost(untilNextPicture(view, every), this.#deps.paceMs()));
  }

  #readTape(news: ShowNews): void {
    if ('events' in news) this.#tape.push(...tapeLines(news.events, this.#deps.content));
    this.#tape.splice(0, this.#tape.length - TAPE_LINES);
  }

  get #state(): ShowState {
    return this.#deps.recorder.state;
  }
}
