/** Whether who thinks is fast enough for the pace and the turn limit. What is too fast for it is said once, with what it can keep. */
import type { Log } from './ports/clock.ts';

/** Slow rounds in a row that count: one alone may have had a bad moment. */
const SLOW_ROUNDS = 3;
/** Of the last turns, so many cut off are too many. */
const LAST_TURNS = 8;
const CUT_TURNS = 3;
/** Room above what was measured, so that the next slow round fits too. */
const ROOM = 1.2;

export class Tempo {
  readonly #log: Log;
  /** Milliseconds of the rounds that took longer than the pace, while no other came between. */
  #slow: number[] = [];
  /** Of the last turns, whether they were cut off. */
  #cut: boolean[] = [];
  /** The pace that was said to be too fast. */
  #saidPaceMs: number | undefined;
  #saidLimit = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** A round was played in `tookMs`, without the rest behind it. A pace of 0 asks for nothing. */
  roundTook(tookMs: number, paceMs: number): void {
    if (paceMs === 0 || tookMs <= paceMs || paceMs === this.#saidPaceMs) {
      this.#slow = [];
      return;
    }
    this.#slow.push(tookMs);
    if (this.#slow.length < SLOW_ROUNDS) return;
    const seconds = Math.ceil((Math.max(...this.#slow) * ROOM) / 1_000);
    this.#saidPaceMs = paceMs;
    this.#slow = [];
    this.#log.warn(
      { paceMs, tookMs: Math.round(tookMs) },
      `a round takes ${inSeconds(tookMs)}, the pace is ${inSeconds(paceMs)}: rounds come late. ` +
        `It can keep --pace ${seconds} (PACE); a smaller model is faster`,
    );
  }

  /** A turn was answered, or cut off because its time was up. */
  turnEnded(cut: boolean, limitMs: number): void {
    this.#cut.push(cut);
    if (this.#cut.length > LAST_TURNS) this.#cut.shift();
    if (this.#saidLimit || this.#cut.filter((each) => each).length < CUT_TURNS) return;
    this.#saidLimit = true;
    this.#log.warn(
      { turnLimitMs: limitMs },
      `${CUT_TURNS} of the last ${this.#cut.length} turns were not answered within ${inSeconds(limitMs)}. ` +
        `Give them longer (--turn-limit, TURN_LIMIT, and a --pace to go with it), or choose a smaller model`,
    );
  }
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
