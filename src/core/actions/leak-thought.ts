/** A thought is read out in its trader's room, where the others hear it. */
import { assertThat } from '../assert.ts';
import type { RoomId, TraderId } from '../vocabulary.ts';
import type { Draft } from './draft.ts';

export interface LeakThought {
  type: 'leakThought';
  trader: TraderId;
  text: string;
}

export interface ThoughtLeaked {
  type: 'thoughtLeaked';
  trader: TraderId;
  room: RoomId;
  text: string;
}

export function leakThought({ state, tell }: Draft<ThoughtLeaked>, { trader: id, text }: LeakThought): void {
  const trader = state.traders[id];
  assertThat(trader !== undefined, `${id} is not a trader of this show`);
  const heardBy = Object.values(state.traders)
    .filter((other) => other.room === trader.room)
    .map((other) => other.id);
  // Read out between two rounds, it is heard in the next one.
  const round = state.roundOpen ? state.round : state.round + 1;
  state.lines.push({ round, speaker: id, room: trader.room, text, heardBy });
  tell({ type: 'thoughtLeaked', trader: id, room: trader.room, text });
}
