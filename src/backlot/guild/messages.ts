import { MessageFlags, type APIAttachment, type APIMessage, type APIUser } from 'discord-api-types/v10';
import { INTENT, type GuildEvent } from './events.ts';
import type { Guild } from './guild.ts';
import type { ChannelRecord, MessageRecord } from './record.ts';
import { renderMemberFields, renderMessage } from './render.ts';

/** A channel keeps this many messages; older ones go, and their pictures with them. */
export const MESSAGES_PER_CHANNEL = 500;

/** What a new message consists of, already checked. */
export interface MessageDraft {
  author: APIUser;
  content: string;
  embeds: APIMessage['embeds'];
  components: NonNullable<APIMessage['components']>;
  attachments: APIAttachment[];
  fileKeys: string[];
  flags: number;
  mentions: Pick<APIMessage, 'mentions' | 'mention_roles' | 'mention_everyone'>;
  tts?: boolean;
  /** Fields that only some messages have: `webhook_id`, `interaction_metadata`, `message_reference`, `nonce`, ... */
  more?: Partial<APIMessage>;
  onlyFor?: string;
  type?: APIMessage['type'];
}

export function postMessage(
  guild: Guild,
  channel: ChannelRecord,
  draft: MessageDraft,
  id = guild.ids.next(),
): MessageRecord {
  const record: MessageRecord = {
    message: {
      id,
      type: draft.type ?? 0,
      channel_id: channel.id,
      author: draft.author,
      content: draft.content,
      embeds: draft.embeds,
      components: draft.components,
      attachments: draft.attachments,
      flags: draft.flags,
      ...draft.mentions,
      pinned: false,
      tts: draft.tts ?? false,
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      ...draft.more,
    },
    reactions: [],
    fileKeys: draft.fileKeys,
    ...(draft.onlyFor === undefined ? {} : { onlyFor: draft.onlyFor }),
  };
  const messages = guild.messagesOf(channel.id);
  messages.push(record);
  channel.lastMessageId = id;
  while (messages.length > MESSAGES_PER_CHANNEL) {
    const oldest = messages.shift();
    if (oldest !== undefined) dropMessage(guild, oldest);
  }
  publishMessage(guild, 'MESSAGE_CREATE', record);
  return record;
}

/** Changes a message in place. `edited: false` for changes that nobody made by editing, such as a pin. */
export function changeMessage(
  guild: Guild,
  record: MessageRecord,
  change: Partial<APIMessage>,
  { edited }: { edited: boolean },
): void {
  const wasLoading = isLoading(record);
  Object.assign(record.message, change);
  if (edited && !wasLoading) record.message.edited_timestamp = new Date().toISOString();
  publishMessage(guild, 'MESSAGE_UPDATE', record, wasLoading);
}

export function deleteMessage(guild: Guild, record: MessageRecord): void {
  const { id, channel_id } = record.message;
  removeFromChannel(guild, record);
  guild.publish({
    t: 'MESSAGE_DELETE',
    d: { id, channel_id, guild_id: guild.id },
    intents: INTENT.messages,
    channelId: channel_id,
    ...(record.onlyFor === undefined ? {} : { onlyFor: record.onlyFor }),
  });
}

export function deleteMessages(
  guild: Guild,
  channel: ChannelRecord,
  records: readonly MessageRecord[],
): void {
  for (const record of records) removeFromChannel(guild, record);
  guild.publish({
    t: 'MESSAGE_DELETE_BULK',
    d: { ids: records.map(({ message }) => message.id), channel_id: channel.id, guild_id: guild.id },
    intents: INTENT.messages,
    channelId: channel.id,
  });
}

/** Removes the files of a message that is gone. */
export function dropMessage(guild: Guild, record: MessageRecord): void {
  for (const key of record.fileKeys) guild.files.remove(key);
}

/** Whether the message stands for a deferred answer that has not come yet. */
export function isLoading(record: MessageRecord): boolean {
  return ((record.message.flags ?? 0) & MessageFlags.Loading) !== 0;
}

function removeFromChannel(guild: Guild, record: MessageRecord): void {
  const messages = guild.messagesOf(record.message.channel_id);
  const index = messages.indexOf(record);
  if (index !== -1) messages.splice(index, 1);
  dropMessage(guild, record);
}

/**
 * The bot and the pages are not told the same. A page learns of a deferred answer only when it has come (until then it
 * shows that the bot is thinking), and it gets private answers; the bot gets no event for what it said in private.
 */
function publishMessage(guild: Guild, t: string, record: MessageRecord, wasLoading = false): void {
  const channelId = record.message.channel_id;
  const about: Pick<GuildEvent, 'intents' | 'channelId'> = { intents: INTENT.messages, channelId };
  if (record.onlyFor === undefined) {
    guild.publish({ ...about, t, d: botPayload(guild, record), audience: 'bot' });
  }
  if (isLoading(record)) return;
  guild.publish({
    ...about,
    t: wasLoading ? 'MESSAGE_CREATE' : t,
    d: { ...renderMessage(record, ''), guild_id: guild.id },
    audience: 'pages',
    ...(record.onlyFor === undefined ? {} : { onlyFor: record.onlyFor }),
  });
}

function botPayload(guild: Guild, record: MessageRecord): object {
  const { message } = record;
  const author = guild.record.members.find((member) => member.userId === message.author.id);
  return {
    ...renderMessage(record, guild.botId),
    guild_id: guild.id,
    ...(author === undefined ? {} : { member: renderMemberFields(author) }),
  };
}
