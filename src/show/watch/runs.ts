/** How long each way of being dead has lasted, counted from one turn to the next: what the watchdog judges by. */
import type { TurnFact } from '../ports/store.ts';
import type { RoomId, TraderId } from '#core/vocabulary.ts';

/** Of a round's turns, so many fumbled that nobody sees a show any more. */
const FUMBLED_SHARE = 0.75;
/** The newest lines of the floor, among which one and the same may be too many. */
const LINES_KEPT = 12;

/** A turn as the watchdog sees it. `deals`: the market was open to this trader, so the trade says something. */
export interface WatchedTurn extends TurnFact {
  deals: boolean;
}

interface Habits {
  room: RoomId | null;
  trade: string | null;
  /** Turns in a row with one and the same trade. */
  trades: number;
  line: string | null;
  /** Lines in a row that are one and the same. */
  lines: number;
}

/** Rounds in a row, unless it says otherwise. */
export interface Lasting {
  /** Three of four turns were fumbled. */
  fumbled: number;
  /** Nobody stood elsewhere than in the round before. */
  unmoved: number;
  /** Nobody said a word. */
  silent: number;
  /** Everybody made one and the same trade, each an own one: turns of the one who has done so for the shortest time. */
  allTraded: number;
  /** How many of the last twelve lines of the floor are the most frequent one. */
  sameLines: number;
  /** Turns in a row with one trade, by trader. */
  trades: ReadonlyMap<TraderId, number>;
  /** Lines in a row that are one and the same, by trader; silence is no line. */
  lines: ReadonlyMap<TraderId, number>;
}

export class Runs {
  readonly #habits = new Map<TraderId, Habits>();
  #lines: string[] = [];
  #fumbled = 0;
  #unmoved = 0;
  #silent = 0;

  /** The turns of one round, which is over. A round without a turn tells nothing. */
  add(turns: readonly WatchedTurn[]): void {
    if (turns.length === 0) return;
    const fumbles = turns.filter(({ fumble }) => fumble !== null).length;
    this.#fumbled = fumbles >= turns.length * FUMBLED_SHARE ? this.#fumbled + 1 : 0;
    this.#silent = turns.some(({ speech }) => wordsOf(speech) !== '') ? 0 : this.#silent + 1;
    let moved = false;
    for (const turn of turns) {
      const habits = this.#habitsOf(turn.trader);
      moved ||= habits.room !== null && habits.room !== turn.room;
      habits.room = turn.room;
      if (turn.deals) heedTrade(habits, turn);
      this.#heedLine(habits, turn);
    }
    this.#unmoved = moved ? 0 : this.#unmoved + 1;
    this.#forgetLeavers(turns);
  }

  /** As things stand after the last round. */
  lasting(): Lasting {
    const habits = [...this.#habits];
    const counts = [...Map.groupBy(this.#lines, (words) => words).values()].map(({ length }) => length);
    return {
      fumbled: this.#fumbled,
      unmoved: this.#unmoved,
      silent: this.#silent,
      allTraded: habits.length === 0 ? 0 : Math.min(...habits.map(([, { trades }]) => trades)),
      sameLines: Math.max(0, ...counts),
      trades: new Map(habits.map(([trader, { trades }]) => [trader, trades])),
      lines: new Map(habits.map(([trader, { lines }]) => [trader, lines])),
    };
  }

  #habitsOf(trader: TraderId): Habits {
    const known = this.#habits.get(trader);
    if (known) return known;
    const habits: Habits = { room: null, trade: null, trades: 0, line: null, lines: 0 };
    this.#habits.set(trader, habits);
    return habits;
  }

  /** Everybody who plays has a turn in every round: interns too, and a fumble is one. */
  #forgetLeavers(turns: readonly WatchedTurn[]): void {
    const playing = new Set(turns.map(({ trader }) => trader));
    for (const trader of this.#habits.keys()) if (!playing.has(trader)) this.#habits.delete(trader);
  }

  #heedLine(habits: Habits, { speech }: WatchedTurn): void {
    const words = wordsOf(speech);
    if (words === '') return;
    habits.lines = words === habits.line ? habits.lines + 1 : 1;
    habits.line = words;
    this.#lines = [...this.#lines, words].slice(-LINES_KEPT);
  }
}

function heedTrade(habits: Habits, { trade, size }: WatchedTurn): void {
  const made = trade === 'Hold' ? trade : `${trade} ${size}`;
  habits.trades = made === habits.trade ? habits.trades + 1 : 1;
  habits.trade = made;
}

/** What is left of a line when its dots and capitals do not count. */
function wordsOf(speech: string): string {
  return speech
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
