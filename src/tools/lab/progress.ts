/** While a run goes: how far it is, and how long it will take. */
import type { Player, Reply } from '#lab/runs/player.ts';

const BAR = 24;
const SECOND = 1_000;
/** Between two lines where nobody looks on, and between two where somebody does. */
const SAID_EVERY_MS = 30_000;
const SHOWN_EVERY_MS = 200;

/** Of each kind, before its time is told: the first are asked at once, and wait for what a start brings with it. */
const SOME_TURNS = 8;

type Kind = 'headless' | 'model';

export interface RowToPlay {
  name: string;
  isModel: boolean;
  /** Of all its worlds. */
  turns: number;
  /** What a turn is counted at in the bar before some were measured, with what it is asked beside. */
  guessMs: number;
}

export interface ProgressOutput {
  /** Whether a line may be written over. */
  isTTY?: boolean | undefined;
  write: (text: string) => unknown;
}

/** One line that is written over while it changes, where somebody looks on; else a line now and then. */
export class Progress {
  readonly #rows: readonly RowToPlay[];
  readonly #output: ProgressOutput;
  readonly #nowMs: () => number;
  /** Turns that were played, and the time that they took; those that an earlier run had kept tell nothing about time. */
  readonly #seen: Record<Kind, { turns: number; ms: number }> = {
    headless: { turns: 0, ms: 0 },
    model: { turns: 0, ms: 0 },
  };
  #at = -1;
  /** Turns of this row that are done, kept ones among them. */
  #done = 0;
  #lookedMs = 0;
  #saidMs: number;

  constructor(
    rows: readonly RowToPlay[],
    output: ProgressOutput = process.stderr,
    nowMs = (): number => performance.now(),
  ) {
    this.#rows = rows;
    this.#output = output;
    this.#nowMs = nowMs;
    this.#saidMs = nowMs();
  }

  /** The next row begins. */
  row(): void {
    this.#at += 1;
    this.#done = 0;
    this.#lookedMs = this.#nowMs();
  }

  /** A turn was played. */
  turn(): void {
    const nowMs = this.#nowMs();
    const seen = this.#seen[kindOf(this.#rows[this.#at])];
    seen.turns += 1;
    seen.ms += nowMs - this.#lookedMs;
    this.#lookedMs = nowMs;
    this.#done += 1;
    this.#tell(nowMs);
  }

  /** The same player, each of whose turns is a step when it is through. */
  watching(player: Player): Player {
    const through = (reply: Reply): Reply => {
      this.turn();
      return reply;
    };
    return {
      ...player,
      answer: (ask, signal) => {
        const reply = player.answer(ask, signal);
        if (ask.aside === true) return reply;
        return reply instanceof Promise ? reply.then(through) : through(reply);
      },
    };
  }

  /** So many turns are there from an earlier run. */
  kept(turns: number): void {
    this.#lookedMs = this.#nowMs();
    this.#done += turns;
    this.#tell(this.#lookedMs);
  }

  end(): void {
    if (this.#output.isTTY === true) this.#output.write(CLEAR);
  }

  #tell(nowMs: number): void {
    const shown = this.#output.isTTY === true;
    if (nowMs - this.#saidMs < (shown ? SHOWN_EVERY_MS : SAID_EVERY_MS)) return;
    this.#saidMs = nowMs;
    this.#output.write(shown ? `${CLEAR}${this.#line()}` : `${this.#line()}\n`);
  }

  /**
   * The bar is of the time, as far as it can be told: a model's turn takes as long as thousands of a policy's. What is left is told
   * once all of it was measured.
   */
  #line(): string {
    let doneMs = 0;
    let leftMs = 0;
    let isMeasured = true;
    for (const [index, row] of this.#rows.entries()) {
      const done = index < this.#at ? row.turns : index === this.#at ? Math.min(this.#done, row.turns) : 0;
      const each = this.#turnMs(row);
      doneMs += done * each;
      leftMs += (row.turns - done) * each;
      isMeasured &&= done === row.turns || this.#isMeasured(row);
    }
    const share = doneMs / (doneMs + leftMs);
    const full = Math.round(BAR * share);
    const bar = `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}]`;
    const { name, turns } = this.#rows[this.#at] ?? { name: '', turns: 0 };
    const left = isMeasured ? `${duration(leftMs)} left: ` : '';
    return `${bar} ${left}${name}, ${Math.min(this.#done, turns)} of ${turns} turns`;
  }

  #turnMs(row: RowToPlay): number {
    const { turns, ms } = this.#seen[kindOf(row)];
    return this.#isMeasured(row) ? ms / turns : row.guessMs;
  }

  #isMeasured(row: RowToPlay): boolean {
    return this.#seen[kindOf(row)].turns >= SOME_TURNS;
  }
}

const CLEAR = '\r\u001B[K';

const kindOf = (row: RowToPlay | undefined): Kind => (row?.isModel === true ? 'model' : 'headless');

export function duration(ms: number): string {
  const seconds = Math.round(ms / SECOND);
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
