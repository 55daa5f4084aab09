import { createHash, randomBytes } from 'node:crypto';
import { refusals } from '../discord-error.ts';
import { INTENT } from './events.ts';
import type { Guild } from './guild.ts';
import type { ChannelRecord, WebhookRecord } from './record.ts';

const WEBHOOKS_PER_CHANNEL = 15;

export interface Picture {
  contentType: string;
  data: Buffer;
}

export function createWebhook(
  guild: Guild,
  channel: ChannelRecord,
  { name, avatar, creatorId }: { name: string; avatar: Picture | null; creatorId: string },
): WebhookRecord {
  const { webhooks } = guild.record;
  if (webhooks.filter((each) => each.channelId === channel.id).length >= WEBHOOKS_PER_CHANNEL) {
    throw refusals.tooManyWebhooks();
  }
  const id = guild.ids.next();
  const webhook: WebhookRecord = {
    id,
    token: randomBytes(51).toString('base64url'),
    name,
    avatar: avatar === null ? null : hangAvatar(guild, id, avatar),
    channelId: channel.id,
    applicationId: creatorId === guild.botId ? guild.record.application.id : null,
    creatorId,
  };
  webhooks.push(webhook);
  publishUpdate(guild, channel.id);
  return webhook;
}

export function changeWebhook(
  guild: Guild,
  webhook: WebhookRecord,
  change: { name?: string; avatar?: Picture | null; channelId?: string },
): void {
  if (change.name !== undefined) webhook.name = change.name;
  if (change.avatar !== undefined) {
    webhook.avatar = change.avatar === null ? null : hangAvatar(guild, webhook.id, change.avatar);
  }
  publishUpdate(guild, webhook.channelId);
  if (change.channelId !== undefined && change.channelId !== webhook.channelId) {
    webhook.channelId = guild.channel(change.channelId).id;
    publishUpdate(guild, webhook.channelId);
  }
}

export function deleteWebhook(guild: Guild, webhook: WebhookRecord): void {
  guild.record.webhooks = guild.record.webhooks.filter((each) => each !== webhook);
  publishUpdate(guild, webhook.channelId);
}

/** Stores a portrait where clients look for it and returns its hash. Old portraits stay: old messages show them. */
function hangAvatar(guild: Guild, ownerId: string, { data, contentType }: Picture): string {
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 32);
  guild.files.put(`avatars/${ownerId}/${hash}`, data, contentType);
  return hash;
}

function publishUpdate(guild: Guild, channelId: string): void {
  guild.publish({
    t: 'WEBHOOKS_UPDATE',
    d: { guild_id: guild.id, channel_id: channelId },
    intents: INTENT.webhooks,
    audience: 'bot',
  });
}
