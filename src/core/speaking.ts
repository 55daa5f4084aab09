/** Who speaks when: traders of one room take turns, rooms go side by side. */
import type { Chance } from './chance/chance.ts';
import type { Content } from './content.ts';
import { hasWord } from './hearing/hear.ts';
import type { Line, ShowState } from './state.ts';
import type { RoomId, TraderId } from './vocabulary.ts';

/** By room, the order of its speakers: the one who was spoken to last comes first (in a closing scene the winner), then the others by chance. Empty rooms are absent. */
export function speakingOrder(
  state: ShowState,
  content: Content,
  chance: Chance,
): Record<RoomId, TraderId[]> {
  const order: Record<RoomId, TraderId[]> = {};
  for (const room of content.office.rooms) {
    const present = Object.values(state.traders).filter((trader) => trader.room === room.id);
    if (present.length === 0) continue;
    const drawn = chance.order(
      'speakers',
      present.map((trader) => trader.id),
    );
    const winner = state.scene?.room === room.id && state.phaseRound === 1 ? state.scene.winner : undefined;
    const opens = drawn.find((id) => id === winner);
    const spokenTo = opens ?? addressee(state, content, room.id, drawn);
    order[room.id] = spokenTo ? [spokenTo, ...drawn.filter((id) => id !== spokenTo)] : drawn;
  }
  return order;
}

/** To whom the room's last line was said: the trader it names, or else the only other person there. */
function addressee(
  state: ShowState,
  content: Content,
  room: RoomId,
  present: readonly TraderId[],
): TraderId | undefined {
  const last: Line | undefined = state.lines.findLast((line) => line.room === room);
  if (!last) return undefined;
  const others = present.filter((id) => id !== last.speaker && last.heardBy.includes(id));
  const named = others.filter((id) => {
    const name = content.cast.find((persona) => persona.id === id)?.name;
    return name !== undefined && hasWord(last.text, name);
  });
  if (named.length > 0) return named[0];
  return others.length === 1 ? others[0] : undefined;
}

/** The next trader to speak in each room, rooms in the office's order. */
export function nextSpeakers(state: ShowState): TraderId[] {
  return Object.values(state.speakers).flatMap((ids) => nextOf(ids, state) ?? []);
}

export function speaksNext(state: ShowState, id: TraderId): boolean {
  return Object.values(state.speakers).some((ids) => nextOf(ids, state) === id);
}

function nextOf(ids: readonly TraderId[], { turnsTaken }: ShowState): TraderId | undefined {
  return ids.find((id) => !turnsTaken.includes(id));
}
