/** Whether a show runs and how fast, kept over restarts, and the loop that plays its rounds. */
import type { Clock } from './ports/clock.ts';
import type { KeyValues } from './ports/key-values.ts';
import type { Recorder } from './recorder.ts';
import type { RunMode, RunRefusal, StandstillRefusal } from './results.ts';
import { PACE_MAX_MS, type Late, type Tempo } from './tempo.ts';

const MODE_AFTER = { start: 'running', pause: 'paused', resume: 'running', stop: 'stopped' } as const;
/** What a producer does to a show. */
export type RunSwitch = keyof typeof MODE_AFTER;

const MODE_KEY = 'mode';
const PACE_KEY = 'pace-ms';

export interface RunningDeps {
  keyValues: KeyValues;
  recorder: Recorder;
  clock: Clock;
  tempo: Tempo;
  /** Milliseconds a round until a producer sets it; 0 runs as fast as it can and stays so. */
  paceMs: number;
  /** True while the timetable lets the show play. */
  mayPlay: () => boolean;
  /** One round; false when the signal cut it short. */
  playRound: (signal: AbortSignal) => Promise<boolean>;
}

export class Running {
  readonly #deps: RunningDeps;
  #mode: RunMode;
  #paceMs: number;
  /** The next round does not wait for its time. */
  #hurried = false;
  /** Wakes the pause between rounds: a pace or a mode changed. */
  #wakeUp = new AbortController();

  constructor(deps: RunningDeps) {
    this.#deps = deps;
    const mode = deps.keyValues.get(MODE_KEY);
    this.#mode = mode === 'running' || mode === 'paused' ? mode : 'stopped';
    const saved = Number(deps.keyValues.get(PACE_KEY) ?? Number.NaN);
    this.#paceMs = deps.paceMs === 0 || Number.isNaN(saved) ? deps.paceMs : saved;
  }

  get mode(): RunMode {
    return this.#mode;
  }

  get paceMs(): number {
    return this.#paceMs;
  }

  /** How late its rounds come; null where they keep the pace, or nothing is said yet. */
  get late(): Late | null {
    return this.#deps.tempo.late(this.#paceMs);
  }

  /** Why nothing can be done to the floor now; null while the show runs. */
  get standstill(): StandstillRefusal | null {
    if (this.#mode === 'running') return null;
    return this.#mode === 'paused' ? 'show_paused' : 'show_not_running';
  }

  /** Why the show cannot be switched so now; null when it can. */
  refusalOf(what: RunSwitch): RunRefusal | null {
    if (what === 'start') return this.#mode === 'running' ? 'already_running' : null;
    if (this.#mode === 'stopped') return 'not_running';
    if (what === 'resume') return this.#mode === 'paused' ? null : 'not_paused';
    return what === 'pause' && this.#mode === 'paused' ? 'already_paused' : null;
  }

  /** Within a transaction: the mode, which is returned, counts when that is stored. */
  switch(what: RunSwitch): RunMode {
    const mode = MODE_AFTER[what];
    this.#deps.keyValues.set(MODE_KEY, mode);
    this.#deps.recorder.onceStored(() => {
      this.#mode = mode;
      this.wake();
    });
    return mode;
  }

  /** Within a transaction: the pace counts when that is stored. */
  setPace(paceMs: number): void {
    this.#deps.keyValues.set(PACE_KEY, String(paceMs));
    this.#deps.recorder.onceStored(() => {
      this.#paceMs = paceMs;
      this.wake();
    });
  }

  /** Runs rounds at the show's pace while it is in mode `running`, until aborted or `rounds` are done. */
  async run(signal: AbortSignal, rounds: number): Promise<void> {
    const { clock, tempo, playRound } = this.#deps;
    let done = 0;
    while (!signal.aborted && done < rounds) {
      const openedMs = clock.nowMs();
      if (!this.#playing()) {
        await clock.sleep(PACE_MAX_MS, AbortSignal.any([signal, this.#wakeUp.signal]));
        continue;
      }
      const finished = await playRound(signal);
      if (finished) {
        done += 1;
        tempo.roundTook(clock.nowMs() - openedMs, this.#paceMs);
      }
      // A round that an abort cut short stays open and goes on from its last turn. A pause cuts none short: it counts from the next.
      if (finished && done < rounds) await this.#restAfter(openedMs, signal);
    }
  }

  /** Within a transaction: once it is stored, the next round opens at once instead of at its time. */
  hurry(): void {
    this.#deps.recorder.onceStored(() => {
      this.#hurried = true;
      this.wake();
    });
  }

  /** What the loop waits for may have changed. */
  wake(): void {
    const wakeUp = this.#wakeUp;
    this.#wakeUp = new AbortController();
    wakeUp.abort();
  }

  #playing(): boolean {
    return this.#mode === 'running' && this.#deps.mayPlay();
  }

  /** Waits out the rest of the round's time; a new pace counts at once, a pause ends the wait. */
  async #restAfter(openedMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    // Rounds without a pause would never let the process hear a signal or a click, nor keep its connection.
    if (this.#paceMs === 0) return await clock.sleep(0, signal);
    for (let fromMs = openedMs; ;) {
      const nowMs = clock.nowMs();
      // A clock that was set back must not hold the show for as long.
      fromMs = Math.min(fromMs, nowMs);
      const leftMs = fromMs + this.#paceMs - nowMs;
      const hurried = this.#hurried;
      this.#hurried = false;
      if (hurried || leftMs <= 0 || signal.aborted || !this.#playing()) return;
      await clock.sleep(leftMs, AbortSignal.any([signal, this.#wakeUp.signal]));
    }
  }
}
