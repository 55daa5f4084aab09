/**
 * Who came and who left, folded: a room tells it at most once a round, and only when enough was said there since it last did, so
 * that notices are at most a fifth of its messages. What happened meanwhile is told as its sum: who came and left again did not
 * move.
 */
import type { ShowState } from '#core/state.ts';
import type { RoomId, TraderId } from '#core/vocabulary.ts';
import type { Planned } from './ports/outbox.ts';

/** Lines that a room hears for each notice. */
export const LINES_A_NOTICE = 4;

interface RoomMemory {
  /** Who was there when it was last told, or when the show was opened. */
  told: ReadonlySet<TraderId>;
  linesSince: number;
}

export class Movements {
  readonly #rooms = new Map<RoomId, RoomMemory>();

  constructor(state: ShowState, rooms: readonly RoomId[]) {
    for (const room of rooms) this.#rooms.set(room, { told: inRoom(state, room), linesSince: 0 });
  }

  /** A line was shown in the room. */
  heard(room: RoomId): void {
    const memory = this.#rooms.get(room);
    if (memory) memory.linesSince += 1;
  }

  /** The notices that are due as a round closes; `told` is to be called with them once they are stored. */
  due(state: ShowState, afterMs: number): Planned[] {
    return [...this.#rooms].flatMap(([room, { told, linesSince }]) => {
      if (linesSince < LINES_A_NOTICE) return [];
      const now = inRoom(state, room);
      const came = [...now]
        .filter((id) => !told.has(id))
        .map((trader) => ({ trader, from: state.traders[trader]?.cameFrom ?? null }));
      const left = [...told]
        .filter((id) => !now.has(id))
        .flatMap((trader) => {
          const to = state.traders[trader]?.room;
          return to === undefined ? [] : [{ trader, to }];
        });
      if (came.length === 0 && left.length === 0) return [];
      return [{ place: room, post: { kind: 'moves', came, left }, afterMs }];
    });
  }

  told(notices: readonly Planned[], state: ShowState): void {
    for (const { place } of notices) this.#rooms.set(place, { told: inRoom(state, place), linesSince: 0 });
  }
}

function inRoom(state: ShowState, room: RoomId): Set<TraderId> {
  return new Set(
    Object.values(state.traders)
      .filter((trader) => trader.room === room)
      .map(({ id }) => id),
  );
}
