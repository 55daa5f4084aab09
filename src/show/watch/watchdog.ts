/**
 * Watches whether there is a show to see, not whether the process lives. It follows what is stored, begins from what was stored
 * before, so that a show which restarts again and again is judged as one that does not, and changes nothing itself.
 */
import type { ShowEvent } from '#core/events.ts';
import { errorText } from '#lib/error-text.ts';
import type { Clock, Log } from '../ports/clock.ts';
import type { KeyValues } from '../ports/key-values.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { ShowStore } from '../ports/store.ts';
import type { Recorder, ShowNews } from '../recorder.ts';
import { quietHours, quietUntilMs } from '../schedule/quiet-hours.ts';
import { Runs, type WatchedTurn } from './runs.ts';
import { patienceOf, symptomsOf, type Symptom } from './symptoms.ts';

/** As many rounds as the longest run that is judged. */
const REMEMBERED_ROUNDS = 100;
/** Below this a show that was asked to play a moment ago cannot be told from one that hangs. */
const STALLED_LEAST_MS = 90_000;

export interface WatchdogDeps {
  recorder: Recorder;
  store: ShowStore;
  outbox: Outbox;
  keyValues: KeyValues;
  clock: Clock;
  log: Log;
  turnLimitMs: number;
  paceMs: () => number;
  /** True while rounds should be played. */
  isPlaying: () => boolean;
}

export class Watchdog {
  readonly #deps: WatchdogDeps;
  readonly #runs = new Runs();
  #turns: WatchedTurn[] = [];
  #sent: number;
  /** Rounds with a line since a post was last shown. */
  #unseenRounds = 0;
  /** When a turn or a round last ended, or there was nothing to be played. */
  #movedMs: number;
  /** Of what is played, after the last round. */
  #inPlay: readonly Symptom[] = [];
  #told = new Set<string>();

  constructor(deps: WatchdogDeps) {
    this.#deps = deps;
    this.#movedMs = deps.clock.nowMs();
    this.#sent = deps.outbox.counts().sent;
    this.#remember();
    deps.recorder.subscribe((news) => this.#hear(news));
  }

  /** What is wrong now; nothing for a show that is well, or that is not to be played. */
  symptoms(): Symptom[] {
    const { isPlaying, recorder } = this.#deps;
    if (!isPlaying()) return [];
    const unseen = this.#unseenRounds;
    const limit = patienceOf('unseen', recorder.state.rules.episodeRounds);
    return [
      ...this.#inPlay,
      ...(unseen >= limit ? [{ kind: 'unseen' as const, trader: null, count: unseen }] : []),
      ...this.#stalled(),
    ];
  }

  /** About once a minute: a show in which nothing happens any more does not tell so itself. */
  minuteTick(): void {
    if (!this.#deps.isPlaying()) this.#movedMs = this.#deps.clock.nowMs();
    this.#tell();
  }

  #stalled(): Symptom[] {
    const { clock, paceMs, turnLimitMs } = this.#deps;
    const nowMs = clock.nowMs();
    this.#movedMs = Math.min(this.#movedMs, nowMs);
    const stillMs = nowMs - this.#movedMs;
    const limitMs = Math.max(STALLED_LEAST_MS, paceMs() + 2 * turnLimitMs);
    return stillMs < limitMs ? [] : [{ kind: 'stalled', trader: null, count: Math.round(stillMs / 1_000) }];
  }

  /** The rounds before this start, as they were stored. The open one is told by its events. */
  #remember(): void {
    const { store, recorder } = this.#deps;
    const { state } = recorder;
    const since = Math.max(0, state.round - REMEMBERED_ROUNDS);
    const shut = new Set(
      store
        .rounds(since)
        .filter(({ phase }) => phase === 'intermission')
        .map(({ round }) => round),
    );
    const turns = store.turnFacts(since).map((turn) => ({ ...turn, deals: !shut.has(turn.round) }));
    for (const [round, of] of Map.groupBy(turns, (turn) => turn.round)) {
      if (round === state.round && state.roundOpen) this.#turns = of;
      else this.#runs.add(of);
    }
    this.#inPlay = symptomsOf(this.#runs.lasting(), state.rules.episodeRounds);
  }

  /** The show's listeners must not throw: it plays on, watched or not. */
  #hear(news: ShowNews): void {
    try {
      this.#follow(news);
    } catch (error) {
      this.#deps.log.error(
        { error: errorText(error) },
        'whether there is something to see could not be judged',
      );
    }
  }

  #follow(news: ShowNews): void {
    if (!('events' in news)) return;
    this.#movedMs = this.#deps.clock.nowMs();
    for (const event of news.events) this.#heed(event);
  }

  #heed(event: ShowEvent): void {
    const { state } = this.#deps.recorder;
    if (event.type === 'turnTaken') {
      const { round, trader, room, fumble } = event;
      const { trade, size, speech } = event.decision;
      const deals = state.phase !== 'intermission' && state.traders[trader]?.standing === 'trading';
      this.#turns.push({ round, trader, room, trade, size, speech, fumble, deals });
    }
    if (event.type === 'roundClosed') this.#closeRound();
  }

  #closeRound(): void {
    const { recorder, outbox, clock, keyValues, paceMs } = this.#deps;
    const spoken = this.#turns.some(({ speech }) => speech !== '');
    this.#runs.add(this.#turns);
    this.#turns = [];
    this.#inPlay = symptomsOf(this.#runs.lasting(), recorder.state.rules.episodeRounds);
    const { sent } = outbox.counts();
    const quiet = quietUntilMs(quietHours(keyValues), clock.nowMs()) !== null;
    // Without a pace rounds take no time, and what they plan is shown when they are over.
    if (sent !== this.#sent || quiet || paceMs() === 0) this.#unseenRounds = 0;
    else if (spoken) this.#unseenRounds += 1;
    this.#sent = sent;
    this.#tell();
  }

  /** Each is told once when it is noticed, and once when it is over. */
  #tell(): void {
    const { log, recorder } = this.#deps;
    const { round } = recorder.state;
    const now = new Map(
      this.symptoms().map((symptom) => [`${symptom.kind} ${symptom.trader ?? ''}`, symptom]),
    );
    for (const [name, symptom] of now)
      if (!this.#told.has(name))
        log.warn(
          { round, ...symptom },
          'there is little to see of this show: /show status says what is wrong',
        );
    for (const name of this.#told)
      if (!now.has(name)) log.info({ round, was: name.trim() }, 'this trouble of the show is over');
    this.#told = new Set(now.keys());
  }
}
