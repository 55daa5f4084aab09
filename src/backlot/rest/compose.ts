/** From what a request says about a message to what the message then is: files stored, mentions found, pictures resolved. */
import type { APIAttachment, APIMessage, APIUser } from 'discord-api-types/v10';
import { MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Guild } from '../guild/guild.ts';
import type { MessageDraft } from '../guild/messages.ts';
import { channelPermissions } from '../guild/permissions.ts';
import type { ChannelRecord, MessageRecord } from '../guild/record.ts';
import { refusals } from '../discord-error.ts';
import type { AllowedMentions, MessageInput } from './message-input.ts';
import { pictureSize } from './picture.ts';

/** Flags that a bot may set itself; all others are Discord's to set. */
const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

export interface Speaker {
  author: APIUser;
  /** Whose permissions count for mentions of @everyone and of roles. Undefined for a webhook, which may mention all. */
  userId: string | undefined;
}

export function composeDraft(
  guild: Guild,
  channel: ChannelRecord,
  input: MessageInput,
  speaker: Speaker,
): MessageDraft {
  const hung = hangFiles(guild, channel, input);
  const resolved = resolvePictures(
    { embeds: input.embeds ?? [], components: input.components ?? [] },
    hung.attachments,
  );
  const content = input.content ?? '';
  return {
    author: speaker.author,
    content,
    embeds: resolved.embeds,
    components: resolved.components,
    attachments: resolved.listed,
    fileKeys: hung.fileKeys,
    flags: (input.flags ?? 0) & SETTABLE_FLAGS,
    mentions: findMentions(guild, channel, content, input.allowedMentions, speaker.userId),
    tts: input.tts,
    ...(input.nonce === undefined ? {} : { more: { nonce: input.nonce } }),
  };
}

/** What an edit changes. Attachments that its list leaves out are removed; without a list all stay. */
export function composeChange(
  guild: Guild,
  channel: ChannelRecord,
  record: MessageRecord,
  input: MessageInput,
  speakerId: string | undefined,
): Partial<APIMessage> {
  const { message } = record;
  const hung = hangFiles(guild, channel, input);
  const staying =
    input.attachments === undefined
      ? message.attachments
      : message.attachments.filter(({ id }) => input.attachments?.some((each) => each.id === id));
  const resolved = resolvePictures(
    { embeds: input.embeds ?? message.embeds, components: input.components ?? message.components ?? [] },
    [...staying, ...hung.attachments],
  );
  const content = input.content ?? message.content;
  if (content === '' && resolved.embeds.length + resolved.components.length + resolved.listed.length === 0) {
    throw refusals.emptyMessage();
  }
  const kept = (message.flags ?? 0) & ~(MessageFlags.Loading | MessageFlags.SuppressEmbeds);
  const change: Partial<APIMessage> = {
    content,
    embeds: resolved.embeds,
    components: resolved.components,
    attachments: resolved.listed,
    flags: kept | ((input.flags ?? 0) & SETTABLE_FLAGS & ~MessageFlags.Ephemeral),
    ...findMentions(guild, channel, content, input.allowedMentions, speakerId),
  };
  record.fileKeys = dropUnused(guild, [...record.fileKeys, ...hung.fileKeys], change);
  return change;
}

function hangFiles(
  guild: Guild,
  channel: ChannelRecord,
  input: MessageInput,
): { attachments: APIAttachment[]; fileKeys: string[] } {
  const attachments: APIAttachment[] = [];
  const fileKeys: string[] = [];
  for (const file of input.files) {
    const about = input.attachments?.find((each) => each.id === String(file.index));
    const id = guild.ids.next();
    const filename = (about?.filename ?? file.name).replaceAll(/[^\w.-]/g, '_');
    const key = `attachments/${channel.id}/${id}/${filename}`;
    guild.files.put(key, file.data, file.contentType);
    fileKeys.push(key);
    const url = guild.cdnUrl(key);
    attachments.push({
      id,
      filename,
      size: file.data.length,
      url,
      proxy_url: url,
      content_type: file.contentType,
      ...(about?.description === undefined ? {} : { description: about.description }),
      ...pictureSize(file.data),
      ...(((input.flags ?? 0) & MessageFlags.Ephemeral) === 0 ? {} : { ephemeral: true }),
    });
  }
  return { attachments, fileKeys };
}

/**
 * Puts addresses in the place of `attachment://name`. As on Discord, a picture that an embed or a component shows is not
 * listed as an attachment as well.
 */
function resolvePictures(
  shown: { embeds: APIMessage['embeds']; components: NonNullable<APIMessage['components']> },
  attachments: readonly APIAttachment[],
): {
  embeds: APIMessage['embeds'];
  components: NonNullable<APIMessage['components']>;
  listed: APIAttachment[];
} {
  const used = new Set<APIAttachment>();
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      const name =
        typeof inner === 'string' && key.endsWith('url')
          ? /^attachment:\/\/(.+)$/.exec(inner)?.[1]
          : undefined;
      const attachment = name === undefined ? undefined : attachments.find((each) => each.filename === name);
      if (attachment === undefined) {
        result[key] = resolve(inner);
        continue;
      }
      used.add(attachment);
      result[key] = attachment.url;
      result[key === 'url' ? 'proxy_url' : `proxy_${key}`] = attachment.url;
      if (key === 'url') Object.assign(result, { width: attachment.width, height: attachment.height });
    }
    return result;
  };
  const embeds = resolve(shown.embeds) as APIMessage['embeds'];
  const components = resolve(shown.components) as NonNullable<APIMessage['components']>;
  return { embeds, components, listed: attachments.filter((each) => !used.has(each)) };
}

/** Removes the files that the message no longer shows, and returns the others. */
function dropUnused(guild: Guild, fileKeys: readonly string[], shown: Partial<APIMessage>): string[] {
  const text = JSON.stringify(shown);
  const isShown = (key: string): boolean => text.includes(guild.cdnUrl(key));
  for (const key of fileKeys) if (!isShown(key)) guild.files.remove(key);
  return fileKeys.filter(isShown);
}

function findMentions(
  guild: Guild,
  channel: ChannelRecord,
  content: string,
  allowed: AllowedMentions | undefined,
  speakerId: string | undefined,
): MessageDraft['mentions'] {
  const allows = (kind: 'users' | 'roles', id: string): boolean =>
    allowed === undefined || allowed.parse.includes(kind) || allowed[kind].includes(id);
  const mayMentionAll =
    speakerId === undefined ||
    (channelPermissions(guild, speakerId, channel) & PermissionFlagsBits.MentionEveryone) !== 0n;
  const userIds = new Set([...content.matchAll(/<@!?(\d+)>/g)].map((match) => match[1]));
  const roleIds = new Set([...content.matchAll(/<@&(\d+)>/g)].map((match) => match[1]));
  const users = [...guild.record.people, guild.record.bot];
  return {
    mentions: users.filter(({ id }) => userIds.has(id) && allows('users', id)),
    mention_roles: guild.record.roles
      .filter(
        ({ id, mentionable }) => roleIds.has(id) && allows('roles', id) && (mentionable || mayMentionAll),
      )
      .map(({ id }) => id),
    mention_everyone:
      mayMentionAll &&
      /@(?:everyone|here)\b/.test(content) &&
      (allowed === undefined || allowed.parse.includes('everyone')),
  };
}
