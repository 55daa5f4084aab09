/** Where on Discord one show's stage stands: ids of channels, webhooks and messages. */
import type { RoomId, TraderId } from '#core/vocabulary.ts';
import type { Place } from './outbox.ts';

/** Where something is posted, and the gallery, where members write. */
export type StagePlace = Place | 'gallery';

/** What it takes to speak through a webhook. */
export interface WebhookCredentials {
  id: string;
  token: string;
}

/** A message that is edited in place. */
export interface StandingAt {
  channelId: string;
  messageId: string;
  /** When it was posted, by this machine's clock; 0 where nobody knows. */
  postedMs: number;
}

export interface StageRecord {
  channel(place: StagePlace): string | null;
  channels(): { place: StagePlace; channelId: string }[];
  setChannel(place: StagePlace, channelId: string): void;
  webhook(room: RoomId, trader: TraderId): WebhookCredentials | null;
  webhooks(): (WebhookCredentials & { room: RoomId; trader: TraderId })[];
  setWebhook(room: RoomId, trader: TraderId, webhook: WebhookCredentials): void;
  forgetWebhook(room: RoomId, trader: TraderId): void;
  /** By the name that its keeper gave it: `board`, `rules`, `pool:s1e2`. */
  message(name: string): StandingAt | null;
  setMessage(name: string, message: StandingAt): void;
  forgetMessage(name: string): void;
  /** Forgets everything above, as when the stage is taken down. */
  clear(): void;
}
