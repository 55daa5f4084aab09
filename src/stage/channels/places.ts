/** Where the stage keeps what it knows about a guild's channels and webhooks: the show's key-values, by these names. */
import type { RoomId, TraderId } from '#core/vocabulary.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Place } from '#show/ports/outbox.ts';
import type { WebhookCredentials } from '../discord/api.ts';

export type { Place } from '#show/ports/outbox.ts';

/** The show's own places, in the order of their channels around the rooms. */
export const OWN_PLACES = ['floor', 'tape', 'betting', 'green-room'] as const;
export type OwnPlace = (typeof OWN_PLACES)[number];

const isOwn = (place: Place): place is OwnPlace => OWN_PLACES.some((own) => own === place);

/** `channel:room:coffee-shop`, `channel:floor`. */
export const channelKey = (place: Place): string =>
  isOwn(place) ? `channel:${place}` : `channel:room:${place}`;
const CHANNELS = 'channel:';
/** Where members may write. */
const GALLERY_KEY = 'channel:gallery';
export const CATEGORY_KEY = 'channel:category';
export const webhookKey = (room: RoomId, trader: TraderId): string => `webhook:${room}:${trader}`;
export const PRODUCER_ROLE_KEY = 'producer-role';

export class Places {
  readonly #keyValues: KeyValues;

  constructor(keyValues: KeyValues) {
    this.#keyValues = keyValues;
  }

  channel(place: Place): string | null {
    return this.#keyValues.get(channelKey(place));
  }

  /** Whether any channel is noted. */
  any(): boolean {
    return this.#keyValues.entries(CHANNELS).some(({ name }) => name !== CATEGORY_KEY);
  }

  /** True for the show's own channels, but for the gallery: there members only read. */
  isReadOnly(channelId: string): boolean {
    return this.#keyValues
      .entries(CHANNELS)
      .some(({ name, value }) => value === channelId && name !== GALLERY_KEY);
  }

  setChannel(place: Place, channelId: string): void {
    this.#keyValues.set(channelKey(place), channelId);
  }

  webhook(room: RoomId, trader: TraderId): WebhookCredentials | null {
    const [id, token] = this.#keyValues.get(webhookKey(room, trader))?.split('/') ?? [];
    return id && token ? { id, token } : null;
  }

  setHook(room: RoomId, trader: TraderId, webhook: WebhookCredentials): void {
    this.#keyValues.set(webhookKey(room, trader), `${webhook.id}/${webhook.token}`);
  }
}
