/** In a replay: the state that a turn's brain was asked in, which is older than the turn. */
import type { Action } from '#core/actions/action.ts';
import type { TakeTurn } from '#core/actions/take-turn.ts';
import type { ShowState } from '#core/state.ts';

export class AskedStates {
  /** Of the round that is on, by the journal's entry that left it. */
  readonly #after = new Map<number, ShowState>();

  /** @param state what the entry left */
  note({ seq, action }: { seq: number; action: Action }, state: ShowState): void {
    if (action.type === 'openRound') this.#after.clear();
    this.#after.set(seq, state);
  }

  /** `before` the turn, where the journal is from before it was kept. */
  of({ asked }: TakeTurn, before: ShowState): ShowState {
    return (asked && this.#after.get(asked.seq)) ?? before;
  }
}
