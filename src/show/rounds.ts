/**
 * Rounds: opened, played room by room, closed, with the bells and the pictures that go with them. Everything is an action of
 * the recorder, so a round that was cut short goes on from its last turn.
 */
import { isLastOfEpisode } from '#core/actions/close-round.ts';
import { openingBellDue } from '#core/actions/open-round.ts';
import type { Asked } from '#core/actions/take-turn.ts';
import { tipFor } from '#core/actions/whisper.ts';
import type { Decision } from '#core/decision.ts';
import type { EventOf, ShowEvent } from '#core/events.ts';
import { debutOf } from '#core/story/first-scene.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import type { ShowState } from '#core/state.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Audience } from './audience/audience.ts';
import type { BettingWindow } from './betting-window.ts';
import type { Roster } from './casting/roster.ts';
import type { SeasonRecord, Seasons } from './fairness/seasons.ts';
import { floorView, poolView, untilNextPicture, withWalks } from './views/floor-view.ts';
import type { Camera } from './camera.ts';
import type { Hand } from './hand/hand.ts';
import type { Gallery } from './views/gallery.ts';
import type { TwinPlayed } from './views/recap-card.ts';
import type { Answer, Brain } from './ports/brain.ts';
import type { AwardsCard, RecapCard } from './ports/card-views.ts';
import type { Clock, Log } from './ports/clock.ts';
import { isIdle, type LooksBack, type Recap } from './ports/hand-views.ts';
import type { Moment } from './ports/story-views.ts';
import type { FloorView } from './ports/painter.ts';
import type { ShowStore } from './ports/store.ts';
import { Movements } from './movements.ts';
import {
  bellPost,
  endingAtMs,
  handPost,
  highlightsAtMs,
  highlightsPost,
  movesAtMs,
  picturePost,
} from './programme.ts';
import { fitIntermission } from './intermission.ts';
import type { Recorder, ShowNews } from './recorder.ts';
import type { RightOfWay } from './hand/right-of-way.ts';
import { SPARKLINE_ROUNDS } from './views/market-rows.ts';
import { tapeLines } from './views/tape.ts';
import { thinkInTime, type Thought } from './thinking.ts';
import type { Tempo } from './tempo.ts';
import type { Timetable } from './schedule/timetable.ts';

const TAPE_LINES = 4;

export interface RoundsDeps {
  store: ShowStore;
  recorder: Recorder;
  audience: Audience;
  bettingWindow: BettingWindow;
  timetable: Timetable;
  gallery: Gallery;
  roster: Roster;
  seasons: Seasons;
  hand: Hand;
  camera: Camera;
  brain: Brain;
  tempo: Tempo;
  rightOfWay: RightOfWay;
  clock: Clock;
  log: Log;
  paceMs: () => number;
  /** How long a pool is meant to be open between two episodes; null: for the rounds that the rules say. */
  intermissionMs: number | null;
  turnLimitMs: number;
  /** Rounds from one floor picture to the next; 0 for none. */
  pictureEveryRounds: number;
}

export class Rounds {
  readonly #deps: RoundsDeps;
  readonly #tape: string[] = [];
  readonly #movements: Movements;
  /** Whose brain failed in this round. */
  readonly #fumbled = new Set<TraderId>();

  constructor(deps: RoundsDeps) {
    this.#deps = deps;
    const rooms = deps.recorder.content.office.rooms.map(({ id }) => id);
    this.#movements = new Movements(deps.recorder.state, rooms);
    deps.recorder.subscribe((news) => this.#follow(news));
  }

  floorView(): FloorView {
    const since = Math.max(0, this.#state.round - SPARKLINE_ROUNDS);
    const { audience, recorder, store, timetable } = this.#deps;
    const { content } = recorder;
    const doors = timetable.closedDoors();
    const curves = { equity: store.equityCurves(since), prices: store.priceCurves(since) };
    const pool = audience.pool();
    const bets = poolView(pool, pool ? audience.odds(pool.id) : []);
    const around = { tape: this.#tape, pool: bets, fumbled: this.#fumbled };
    return { ...floorView(this.#state, content, curves, around), ...(doors && { doors }) };
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
    const looksBack = isLastOfEpisode(this.#state) ? await this.#deps.camera.ask(signal) : {};
    if (signal.aborted) return false;
    this.#closeRound(looksBack);
    return true;
  }

  #openRound(): void {
    const { recorder, bettingWindow, seasons } = this.#deps;
    recorder.commit(() => {
      bettingWindow.returnStaleStakes();
      this.#deps.hand.bluffs.judge();
      if (openingBellDue(this.#state)) {
        this.#deps.hand.votes.count();
        bettingWindow.lock();
      }
      const opened = recorder.act({ type: 'openRound' });
      const first = opened.some(({ type }) => type === 'premiereOpened') && seasons.get(this.#state.season);
      if (first) this.#postSeal(first, null, movesAtMs(this.#deps.paceMs()));
      bettingWindow.openIfDue();
    });
  }

  #closeRound(looksBack: LooksBack): void {
    const { recorder, bettingWindow, gallery, timetable, paceMs } = this.#deps;
    recorder.commit(() => {
      // Before everybody walks: the picture shows who spoke to whom and what was said, in the room where it was said.
      const view = this.floorView();
      fitIntermission(recorder, this.#deps.intermissionMs, paceMs());
      const before = this.#state;
      const events = recorder.act({ type: 'closeRound' });
      const closed = events.find(
        (event): event is EventOf<'episodeClosed'> => event.type === 'episodeClosed',
      );
      // What the bell decides holds at once. Nobody reads it before the bell was heard.
      const endingMs = endingAtMs(paceMs());
      this.#postMoves(closed ? endingMs : movesAtMs(paceMs()));
      const twin = closed ? this.#twinOf(closed, before, events) : null;
      if (closed) gallery.belled(before);
      for (const event of events) this.#postBell(event, before, twin);
      const told = closed && this.#deps.hand.belled(closed, before);
      if (closed) {
        bettingWindow.settle(closed, twin?.leadBps ?? null, endingMs);
        timetable.belled();
      }
      const recast = events.some(({ type }) => type === 'seasonOpened') && this.#turnSeason();
      bettingWindow.openIfDue(closed && endingMs);
      if (closed) this.#deps.hand.votes.open(endingMs, timetable.nextOpeningMs());
      // The question that the bell asked is about those who played until now.
      const next = recast ? undefined : events.find((event) => event.type === 'intermissionOpened');
      if (next?.cliffhanger)
        recorder.post({ place: 'betting', post: { kind: 'event', event: next }, afterMs: endingMs });
      this.#postPicture(withWalks(view, this.#state), closed !== undefined);
      if (closed && told)
        this.#postEnd(closed, before, { next: next?.cliffhanger ?? null, hand: told, looksBack });
      if (closed) timetable.tellDoors(highlightsAtMs(paceMs()));
    });
  }

  /**
   * A season has ended: its seal is opened and the next one is sealed. A cast that was changed plays from here on, before the next
   * pool opens, whose outcomes they are. True when the cast is another.
   */
  #turnSeason(): boolean {
    const { recorder, roster, seasons } = this.#deps;
    const played = recorder.content;
    const content = roster.turnSeason();
    const { opened, sealed } = seasons.turn(recorder.state.season - 1, played, content ?? played);
    this.#postSeal(sealed, opened, endingAtMs(this.#deps.paceMs()));
    return content !== null;
  }

  #postSeal({ season, seal }: SeasonRecord, before: SeasonRecord | null, afterMs: number): void {
    const { recorder } = this.#deps;
    const opened = before && {
      season: before.season,
      seed: before.seed,
      salt: before.salt,
      seal: before.seal,
      archived: before.content !== null,
    };
    recorder.post({ place: 'tape', post: { kind: 'seal', season, seal, opened }, afterMs });
  }

  /** Traders of one room speak one after another, so that each answers what was really just said there. */
  async #playRoom(room: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const speaker = nextSpeakers(this.#state).find((id) => this.#state.speakers[room]?.includes(id));
      if (!speaker || signal.aborted) return;
      const debut = debutOf(this.#state, this.#deps.recorder.content, speaker);
      const tip = debut ? undefined : tipFor(this.#state, speaker);
      const asked: Asked = { seq: this.#deps.store.position(), tip: tip?.id ?? null };
      const thought = debut ? scripted(debut) : await this.#think(speaker, signal);
      if (signal.aborted) return;
      this.#take(speaker, thought, asked);
    }
  }

  #take(trader: TraderId, thought: Thought, asked: Asked): void {
    const { recorder, hand } = this.#deps;
    recorder.commit(() => {
      const events = thought.ok
        ? recorder.act(
            { type: 'takeTurn', trader, decision: thought.answer.decision, fumble: null, asked },
            thought.answer,
          )
        : recorder.act({ type: 'takeTurn', trader, decision: null, fumble: thought.code, asked });
      hand.turnTaken(events);
    });
  }

  async #think(speaker: TraderId, signal: AbortSignal): Promise<Thought> {
    const { brain, clock, log, recorder, rightOfWay, tempo, turnLimitMs } = this.#deps;
    const turn = {
      id: `${this.#state.round}:${speaker}`,
      observation: observe(this.#state, speaker, recorder.content),
    };
    const isTold = turn.observation.phone !== undefined;
    const think = async () => {
      const askedMs = clock.nowMs();
      const thought = await thinkInTime(brain, turn, turnLimitMs, clock, signal);
      return { thought, tookMs: clock.nowMs() - askedMs };
    };
    const { thought, tookMs } = await rightOfWay.turn(speaker, think, { isTold });
    if (signal.aborted) return thought;
    const how = thought.ok ? 'answered' : thought.code === 'timeout' ? 'cut' : 'failed';
    tempo.turnEnded({ how, tookMs }, turnLimitMs);
    if (!thought.ok)
      log.warn({ round: this.#state.round, trader: speaker, fumble: thought.code }, thought.message);
    return thought;
  }

  /** A twin that cannot be played costs its curves and returns what was staked on it, never the bell. */
  #twinOf(
    closed: EventOf<'episodeClosed'>,
    before: ShowState,
    events: readonly ShowEvent[],
  ): TwinPlayed | null {
    const { gallery, log } = this.#deps;
    const floor = events.find((event) => event.type === 'roundClosed');
    try {
      return floor ? gallery.twin(before, closed, floor) : null;
    } catch (error) {
      log.error({ err: error }, 'the twin of an episode could not be played');
      return null;
    }
  }

  /** A closing bell goes to the tape with its card. A card that cannot be made costs the card, never the bell. */
  #postBell(event: ShowEvent, before: ShowState, twin: TwinPlayed | null): void {
    if (event.type !== 'episodeClosed' && event.type !== 'seasonClosed') return;
    let card: RecapCard | AwardsCard | null = null;
    try {
      const { gallery } = this.#deps;
      if (this.#deps.pictureEveryRounds > 0) {
        card =
          event.type === 'episodeClosed' ? gallery.recap(before, event, twin) : gallery.awards(before, event);
      }
    } catch (error) {
      this.#deps.log.error(
        { err: error, bell: event.type },
        'the card of a closing bell could not be composed',
      );
    }
    const arcs = event.type === 'seasonClosed' ? this.#deps.gallery.arcs(before) : [];
    this.#deps.recorder.post(bellPost(event, card, arcs, this.#deps.paceMs()));
  }

  /** The episode's end as #the-floor tells it, and as /recap does later. Moments that cannot be found cost the moments, never the answer. */
  #postEnd(
    closed: EventOf<'episodeClosed'>,
    before: ShowState,
    end: Pick<Recap, 'next' | 'hand' | 'looksBack'>,
  ): void {
    const { gallery, log, recorder, paceMs } = this.#deps;
    let moments: Moment[] = [];
    try {
      if (closed.question) moments = gallery.moments(before, closed);
    } catch (error) {
      log.error({ err: error }, 'the moments of an episode could not be chosen');
    }
    const recap: Recap = { ...end, closed, moments, closing: before.market.priceCents };
    if (closed.question) recorder.post(highlightsPost(recap, paceMs()));
    if (!isIdle(end.hand)) recorder.post(handPost(closed.episode, end.hand, paceMs()));
    this.#deps.hand.keepRecap(recap);
  }

  #postPicture(view: FloorView, bell: boolean): void {
    const every = this.#deps.pictureEveryRounds;
    if (every === 0 || (!bell && this.#state.round % every !== 0)) return;
    this.#deps.recorder.post(picturePost(untilNextPicture(view, every), bell, this.#deps.paceMs()));
  }

  #postMoves(afterMs: number): void {
    const { recorder } = this.#deps;
    const { state } = recorder;
    const notices = this.#movements.due(state, afterMs);
    for (const notice of notices) recorder.post(notice);
    recorder.onceStored(() => this.#movements.told(notices, state));
  }

  #follow(news: ShowNews): void {
    if (!('events' in news)) return;
    for (const event of news.events) {
      if (event.type === 'roundOpened') this.#fumbled.clear();
      if (event.type === 'turnTaken' && event.fumble !== null) this.#fumbled.add(event.trader);
      if (event.type === 'spoke') this.#movements.heard(event.room);
    }
    this.#tape.push(...tapeLines(news.events, this.#deps.recorder.content));
    this.#tape.splice(0, this.#tape.length - TAPE_LINES);
  }

  get #state(): ShowState {
    return this.#deps.recorder.state;
  }
}

/** A turn of the first scene, which no brain thinks. */
function scripted(decision: Decision): { ok: true; answer: Answer } {
  return { ok: true, answer: { decision, raw: JSON.stringify(decision), tokens: null, ms: 0 } };
}
