/** Where the stage keeps what it knows about a guild's channels and webhooks: the show's key-values, by these names. */
import type { RoomId, TraderId } from '#core/vocabulary.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Place as PostPlace } from '#show/ports/outbox.ts';
import type { TraderWebhook, WebhookCredentials } from '../discord/api.ts';

/** Where something is posted, and the gallery, where members write. */
export type Place = PostPlace | 'gallery';

/** The show's own places, in the order of their channels around the rooms. */
export const OWN_PLACES = ['floor', 'tape', 'betting', 'gallery', 'green-room'] as const;
export type OwnPlace = (typeof OWN_PLACES)[number];

const isOwn = (place: Place): place is OwnPlace => OWN_PLACES.some((own) => own === place);

const ROOM_PREFIX = 'channel:room:';
/** `channel:room:coffee-shop`, `channel:floor`. */
export const channelKey = (place: Place): string =>
  isOwn(place) ? `channel:${place}` : `${ROOM_PREFIX}${place}`;
const CHANNELS = 'channel:';
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
      .some(({ name, value }) => value === channelId && name !== channelKey('gallery'));
  }

  setChannel(place: Place, channelId: string): void {
    this.#keyValues.set(channelKey(place), channelId);
  }

  /** The room whose channel this is. */
  roomOf(channelId: string): RoomId | null {
    const found = this.#keyValues.entries(ROOM_PREFIX).find(({ value }) => value === channelId);
    return found?.name.slice(ROOM_PREFIX.length) ?? null;
  }

  /** A trader's webhook and where it should speak. */
  webhook(room: RoomId, trader: TraderId): TraderWebhook | null {
    const [id, token] = this.#keyValues.get(webhookKey(room, trader))?.split('/') ?? [];
    const channelId = this.channel(room);
    return id && token && channelId !== null ? { id, token, channelId } : null;
  }

  /** The room that a webhook should speak in. */
  roomOfWebhook(webhookId: string): RoomId | null {
    const found = this.#keyValues.entries('webhook:').find(({ value }) => value.startsWith(`${webhookId}/`));
    return found?.name.split(':')[1] ?? null;
  }

  setHook(room: RoomId, trader: TraderId, webhook: WebhookCredentials): void {
    this.#keyValues.set(webhookKey(room, trader), `${webhook.id}/${webhook.token}`);
  }
}
