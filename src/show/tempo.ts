/** Whether who thinks is fast enough for the pace and the turn limit. What is too fast for it is said once, with what it can keep. */
import type { Log } from './ports/clock.ts';

/** Slow rounds in a row that count: one alone may have had a bad moment. */
const SLOW_ROUNDS = 3;
/** Of the last turns, so many cut off are too many. */
const LAST_TURNS = 8;
const CUT_TURNS = 3;
/** Room above what was measured, so that the next slow round or turn fits too. */
const ROOM = 1.2;
/** Where no turn was answered, nothing was measured: so many times the limit are a try. */
const TRY_TIMES = 2;
/** What a producer may set the pace to, in milliseconds a round. */
export const PACE_MIN_MS = 3_000;
export const PACE_MAX_MS = 600_000;
export const isPace = (ms: number): boolean => Number.isInteger(ms) && ms >= PACE_MIN_MS && ms <= PACE_MAX_MS;
/** The longest turn limit that a show may be given. */
export const TURN_LIMIT_MAX_SECONDS = 600;

export interface EndedTurn {
  /** `cut`: its time was up before it was answered. */
  how: 'answered' | 'cut' | 'failed';
  tookMs: number;
}

/** Rounds that take longer than the pace. */
export interface Late {
  roundMs: number;
  /** The pace that would be enough; null where none that a show may be given is. */
  enoughMs: number | null;
}

export class Tempo {
  readonly #log: Log;
  /** Milliseconds of the rounds that took longer than the pace, while no other came between. */
  #slow: number[] = [];
  #lastTurns: EndedTurn[] = [];
  /** The pace that was said to be too fast. */
  #saidPaceMs: number | undefined;
  /** What was said of it, until a round keeps it. */
  #late: Late | null = null;
  #saidLimit = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** A round was played in `tookMs`, without the rest behind it. A pace of 0 asks for nothing. */
  roundTook(tookMs: number, paceMs: number): void {
    if (tookMs <= paceMs) this.#late = null;
    if (paceMs === 0 || tookMs <= paceMs || paceMs === this.#saidPaceMs) {
      this.#slow = [];
      return;
    }
    this.#slow.push(tookMs);
    if (this.#slow.length < SLOW_ROUNDS) return;
    const enoughMs = Math.max(PACE_MIN_MS, Math.ceil((Math.max(...this.#slow) * ROOM) / 1_000) * 1_000);
    this.#saidPaceMs = paceMs;
    this.#late = { roundMs: tookMs, enoughMs: enoughMs <= PACE_MAX_MS ? enoughMs : null };
    this.#slow = [];
    this.#log.warn(
      { paceMs, tookMs: Math.round(tookMs) },
      `a round takes ${inSeconds(tookMs)}, the pace is ${inSeconds(paceMs)}${longerPace(this.#late, paceMs)}`,
    );
  }

  /** What was said of this pace; null where nothing was, or the last round kept it. */
  late(paceMs: number): Late | null {
    return paceMs === this.#saidPaceMs ? this.#late : null;
  }

  turnEnded(turn: EndedTurn, limitMs: number): void {
    this.#lastTurns.push(turn);
    if (this.#lastTurns.length > LAST_TURNS) this.#lastTurns.shift();
    const cut = this.#lastTurns.filter(({ how }) => how === 'cut').length;
    if (this.#saidLimit || cut < CUT_TURNS) return;
    this.#saidLimit = true;
    this.#log.warn(
      { turnLimitMs: limitMs },
      `${cut} of the last ${this.#lastTurns.length} turns were not answered within ${inSeconds(limitMs)}${longerLimit(this.#lastTurns, limitMs)}`,
    );
  }
}

/** The pace that it can keep. What a producer has set counts before the flag. */
function longerPace({ enoughMs }: Late, paceMs: number): string {
  const late = 'rounds come late';
  const inPlace = (seconds: number): string =>
    `--pace ${seconds} (PACE; /show pace where a producer has set it)`;
  const cure = 'choose a smaller model, or give it more processors';
  if (enoughMs !== null)
    return `: ${late}. It can keep ${inPlace(enoughMs / 1_000)}; a smaller model is faster`;
  if (paceMs >= PACE_MAX_MS) return `, the longest that there is: ${late}. It can keep none: ${cure}`;
  return `: ${late}. Not even ${inPlace(PACE_MAX_MS / 1_000)} may be enough: ${cure}`;
}

/**
 * The limit that it can keep. How long a turn that was cut off would have gone on, nobody knows; so its time is added to that of the
 * turns that were answered. More of them cut off make a longer limit.
 */
function longerLimit(turns: readonly EndedTurn[], limitMs: number): string {
  const answers = turns.filter(({ how }) => how === 'answered').length;
  const spentMs = turns.reduce((sum, { how, tookMs }) => sum + (how === 'failed' ? 0 : tookMs), 0);
  const enoughMs = answers === 0 ? limitMs * TRY_TIMES : Math.max(limitMs, spentMs / answers) * ROOM;
  const longestMs = TURN_LIMIT_MAX_SECONDS * 1_000;
  const toGive = Math.min(Math.ceil(enoughMs / 1_000), TURN_LIMIT_MAX_SECONDS);
  const flag = `--turn-limit ${toGive} (TURN_LIMIT)`;
  if (limitMs >= longestMs) return ', the longest limit that there is. Choose a smaller model';
  if (answers === 0)
    return `, and none was, so its speed is not known. Try ${flag} and a --pace to go with it, or a smaller model`;
  if (enoughMs > longestMs) return `. Not even ${flag} may be enough: choose a smaller model`;
  return `. It can keep ${flag}, with a --pace to go with it; a smaller model is faster`;
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
