/** Which channel is which place, and which webhook speaks for which trader, as the stage recorded it. */
import type { RoomId, TraderId } from '#core/vocabulary.ts';
import type { StagePlace, StageRecord, WebhookCredentials } from '#show/ports/stage-record.ts';
import type { TraderWebhook } from '../discord/api.ts';

export type { StagePlace as Place } from '#show/ports/stage-record.ts';

/** The show's own places, in the order in which their channels stand around the rooms. */
export const OWN_PLACES = ['floor', 'tape', 'betting', 'gallery', 'green-room'] as const;
export type OwnPlace = (typeof OWN_PLACES)[number];

const isOwn = (place: StagePlace): place is OwnPlace => OWN_PLACES.some((own) => own === place);

/** Key-values: the category that holds the channels, and the role that may produce. */
export const CATEGORY_KEY = 'category';
export const PRODUCER_ROLE_KEY = 'producer-role';

export class Places {
  readonly #record: StageRecord;

  constructor(record: StageRecord) {
    this.#record = record;
  }

  channel(place: StagePlace): string | null {
    return this.#record.channel(place);
  }

  /** Whether any channel is recorded. */
  any(): boolean {
    return this.#record.channels().length > 0;
  }

  /** True for the show's channels in which members only read: all but the gallery. */
  isReadOnly(channelId: string): boolean {
    const place = this.#placeOf(channelId);
    return place !== null && place !== 'gallery';
  }

  setChannel(place: StagePlace, channelId: string): void {
    this.#record.setChannel(place, channelId);
  }

  /** The room whose channel this is. */
  roomOf(channelId: string): RoomId | null {
    const place = this.#placeOf(channelId);
    return place === null || isOwn(place) ? null : place;
  }

  /** A trader's webhook and the channel in which it should speak. */
  webhook(room: RoomId, trader: TraderId): TraderWebhook | null {
    const kept = this.#record.webhook(room, trader);
    const channelId = this.channel(room);
    return kept?.token && channelId !== null ? { ...kept, channelId } : null;
  }

  /** The room that a webhook should speak in. */
  roomOfWebhook(webhookId: string): RoomId | null {
    return this.#record.webhooks().find(({ id }) => id === webhookId)?.room ?? null;
  }

  /** The trader that a webhook speaks for. */
  traderOfWebhook(webhookId: string): TraderId | null {
    return this.#record.webhooks().find(({ id }) => id === webhookId)?.trader ?? null;
  }

  setHook(room: RoomId, trader: TraderId, webhook: WebhookCredentials): void {
    this.#record.setWebhook(room, trader, webhook);
  }

  /** All webhooks of a room, those of traders who have left too. */
  webhooksIn(room: RoomId): (WebhookCredentials & { trader: TraderId })[] {
    return this.#record.webhooks().filter((each) => each.room === room);
  }

  forgetHook(room: RoomId, trader: TraderId): void {
    this.#record.forgetWebhook(room, trader);
  }

  /** Forgets everything that was recorded, also the messages that are edited in place. */
  clear(): void {
    this.#record.clear();
  }

  #placeOf(channelId: string): StagePlace | null {
    return this.#record.channels().find((each) => each.channelId === channelId)?.place ?? null;
  }
}
