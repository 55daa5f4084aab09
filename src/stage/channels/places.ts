/** Where the stage keeps what it knows about a guild's channels and webhooks: the show's notes, by these names. */
import type { RoomId, TraderId } from '#core/vocabulary.ts';
import type { Notes, Planned } from '#show/ports/ports.ts';
import type { Hook } from '../discord/api.ts';

export type Place = Planned['place'];

/** The show's own places, in the order of their channels around the rooms. */
export const OWN_PLACES = ['floor', 'tape', 'betting', 'green-room'] as const;
export type OwnPlace = (typeof OWN_PLACES)[number];

const isOwn = (place: Place): place is OwnPlace => OWN_PLACES.some((own) => own === place);

/** `channel:room:coffee-shop`, `channel:floor`. */
export const channelNote = (place: Place): string =>
  isOwn(place) ? `channel:${place}` : `channel:room:${place}`;
export const CATEGORY_NOTE = 'channel:category';
export const hookNote = (room: RoomId, trader: TraderId): string => `webhook:${room}:${trader}`;
export const PRODUCER_ROLE_NOTE = 'producer-role';

export class Places {
  readonly #notes: Notes;

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  channel(place: Place): string | null {
    return this.#notes.get(channelNote(place));
  }

  setChannel(place: Place, channelId: string): void {
    this.#notes.set(channelNote(place), channelId);
  }

  hook(room: RoomId, trader: TraderId): Hook | null {
    const [id, token] = this.#notes.get(hookNote(room, trader))?.split('/') ?? [];
    return id && token ? { id, token } : null;
  }

  setHook(room: RoomId, trader: TraderId, hook: Hook): void {
    this.#notes.set(hookNote(room, trader), `${hook.id}/${hook.token}`);
  }
}
