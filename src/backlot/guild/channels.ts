import { ChannelType, OverwriteType, type APIOverwrite } from 'discord-api-types/v10';
import { refusals } from '../discord-error.ts';
import { INTENT } from './events.ts';
import type { Guild } from './guild.ts';
import { dropMessage } from './messages.ts';
import { isThread, type ChannelRecord, type GuildChannelType } from './record.ts';
import { renderChannel } from './render.ts';

const CHANNELS_PER_GUILD = 500;
const CHANNELS_PER_CATEGORY = 50;

export interface ChannelPlan {
  type: GuildChannelType;
  name: string;
  topic: string | null;
  parentId: string | null;
  position: number | null;
  nsfw: boolean;
  slowModeS: number;
  overwrites: APIOverwrite[] | null;
}

export function createChannel(guild: Guild, plan: ChannelPlan): ChannelRecord {
  const { channels } = guild.record;
  if (channels.length >= CHANNELS_PER_GUILD) throw refusals.tooManyChannels();
  const parent = plan.parentId === null ? undefined : requireCategory(guild, plan.parentId);
  const channel: ChannelRecord = {
    id: guild.ids.next(),
    type: plan.type,
    name: channelName(plan.type, plan.name),
    topic: plan.topic,
    position: plan.position ?? nextPosition(channels),
    parentId: plan.parentId,
    nsfw: plan.nsfw,
    slowModeS: plan.slowModeS,
    // A channel that is made under a category starts with the category's overwrites unless it brings its own.
    overwrites: plan.overwrites ?? structuredClone(parent?.overwrites ?? []),
    lastMessageId: null,
    lastPinAt: null,
  };
  channels.push(channel);
  publishChannel(guild, 'CHANNEL_CREATE', channel);
  return channel;
}

/** A public thread that hangs on a channel and on no message. It is never archived here, and nobody is told of it by a message. */
export function createThread(
  guild: Guild,
  parent: ChannelRecord,
  { name, archiveAfterMinutes }: { name: string; archiveAfterMinutes: number },
): ChannelRecord {
  const thread: ChannelRecord = {
    id: guild.ids.next(),
    type: ChannelType.PublicThread,
    name,
    topic: null,
    position: parent.position,
    parentId: parent.id,
    nsfw: false,
    slowModeS: 0,
    overwrites: [],
    lastMessageId: null,
    lastPinAt: null,
    thread: { ownerId: guild.botId, archiveAfterMinutes, createdAt: new Date().toISOString() },
  };
  guild.record.channels.push(thread);
  publishChannel(guild, 'THREAD_CREATE', thread);
  return thread;
}

export interface ChannelChange {
  type?: ChannelType.GuildText | ChannelType.GuildAnnouncement;
  name?: string;
  topic?: string | null;
  position?: number;
  parentId?: string | null;
  nsfw?: boolean;
  slowModeS?: number;
  overwrites?: APIOverwrite[];
}

export function changeChannel(guild: Guild, channel: ChannelRecord, change: ChannelChange): void {
  if (change.parentId !== undefined && change.parentId !== null && change.parentId !== channel.parentId) {
    requireCategory(guild, change.parentId);
  }
  Object.assign(channel, change);
  if (change.name !== undefined) channel.name = channelName(channel.type, change.name);
  publishChannel(guild, 'CHANNEL_UPDATE', channel);
}

export function deleteChannel(guild: Guild, channel: ChannelRecord): void {
  const { record } = guild;
  record.channels = record.channels.filter((each) => each !== channel);
  publishChannel(guild, isThread(channel) ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channel);
  for (const child of record.channels) {
    if (child.parentId !== channel.id) continue;
    if (isThread(child)) deleteChannel(guild, child);
    else changeChannel(guild, child, { parentId: null });
  }
  for (const message of guild.messagesOf(channel.id)) dropMessage(guild, message);
  delete record.messages[channel.id];
  record.webhooks = record.webhooks.filter((webhook) => webhook.channelId !== channel.id);
}

export function setOverwrite(guild: Guild, channel: ChannelRecord, overwrite: APIOverwrite): void {
  const known =
    overwrite.type === OverwriteType.Role
      ? guild.record.roles.some((role) => role.id === overwrite.id)
      : guild.record.members.some((member) => member.userId === overwrite.id);
  if (!known) throw refusals.unknownOverwrite();
  changeChannel(guild, channel, {
    overwrites: [...channel.overwrites.filter((each) => each.id !== overwrite.id), overwrite],
  });
}

export function removeOverwrite(guild: Guild, channel: ChannelRecord, id: string): void {
  if (!channel.overwrites.some((each) => each.id === id)) throw refusals.unknownOverwrite();
  changeChannel(guild, channel, { overwrites: channel.overwrites.filter((each) => each.id !== id) });
}

export function requireTextChannel(channel: ChannelRecord): void {
  if (channel.type === ChannelType.GuildCategory) throw refusals.wrongChannelType();
}

function invalidParent(code: string, message: string): Error {
  return refusals.invalidForm([{ path: ['parent_id'], code, message }]);
}

function requireCategory(guild: Guild, id: string): ChannelRecord {
  const parent = guild.record.channels.find((each) => each.id === id);
  if (parent === undefined) throw invalidParent('CHANNEL_PARENT_INVALID', 'Category does not exist');
  if (parent.type !== ChannelType.GuildCategory) {
    throw invalidParent('CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
  }
  const children = guild.record.channels.filter((each) => each.parentId === id);
  if (children.length >= CHANNELS_PER_CATEGORY) {
    throw invalidParent('CHANNEL_PARENT_MAX_CHANNELS', 'Maximum number of channels in category reached (50)');
  }
  return parent;
}

/** Text channels' names are lower case, without spaces, as Discord makes them. */
function channelName(type: ChannelRecord['type'], name: string): string {
  const isText = type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
  return isText ? name.trim().toLowerCase().replaceAll(/\s+/g, '-') : name;
}

function nextPosition(channels: readonly ChannelRecord[]): number {
  return channels.reduce((highest, each) => Math.max(highest, each.position), -1) + 1;
}

function publishChannel(guild: Guild, t: string, channel: ChannelRecord): void {
  guild.publish({ t, d: renderChannel(guild, channel), intents: INTENT.guilds, audience: 'bot' });
  // The change may hide the channel from a member or show it, so each page decides by what it showed before.
  guild.publish({ t, d: renderChannel(guild, channel), intents: INTENT.guilds, audience: 'pages' });
}
