import { PermissionFlagsBits as P, type APIMessage } from 'discord-api-types/v10';
import { refusals } from '../../discord-error.ts';
import { withoutContent } from '../../guild/hidden-content.ts';
import { changeMessage, deleteMessage, deleteMessages, postMessage } from '../../guild/messages.ts';
import { channelPermissions, requireInChannel } from '../../guild/permissions.ts';
import { pinMessage, pinnedMessages, unpinMessage } from '../../guild/pins.ts';
import type { ChannelRecord, MessageRecord } from '../../guild/record.ts';
import { renderMessage } from '../../guild/render.ts';
import { snowflakeTimeMs } from '../../guild/snowflake.ts';
import { compact } from '../embeds.ts';
import { noContent, ok, type Answer, type Call, type Route } from '../call.ts';
import { composeChange, composeDraft } from '../compose.ts';
import { readMessageInput, requireSomething, type MessageInput } from '../message-input.ts';

const NONCE_MS = 5 * 60_000;
const BULK_DELETE_MS = 14 * 86_400_000;

export const messageRoutes: readonly Route[] = [
  ofChannel('GET', '/messages', listMessages),
  ofChannel('POST', '/messages', sendMessage),
  ofChannel('POST', '/messages/bulk-delete', bulkDelete),
  ofChannel('GET', '/messages/:messageId', (call) => {
    call.textChannel(P.ReadMessageHistory);
    return ok(shown(call, call.message()));
  }),
  ofChannel('PATCH', '/messages/:messageId', editMessage),
  ofChannel('DELETE', '/messages/:messageId', (call) => {
    const channel = call.textChannel();
    const record = call.message();
    if (record.message.author.id !== call.guild.botId) {
      requireInChannel(call.guild, call.guild.botId, channel, P.ManageMessages);
    }
    deleteMessage(call.guild, record);
    return noContent;
  }),
  ofChannel('GET', '/messages/pins', (call) => {
    const channel = call.textChannel(P.ReadMessageHistory);
    const limit = call.queryInteger('limit', { min: 1, max: 50, usual: 50 });
    const before = call.query.get('before');
    const pinned = pinnedMessages(call.guild, channel).filter(
      ({ pinnedAt = '' }) => before === null || pinnedAt < before,
    );
    return ok({
      items: pinned.slice(0, limit).map((each) => ({ pinned_at: each.pinnedAt, message: shown(call, each) })),
      has_more: pinned.length > limit,
    });
  }),
  ofChannel('GET', '/pins', (call) => {
    const channel = call.textChannel(P.ReadMessageHistory);
    return ok(pinnedMessages(call.guild, channel).map((each) => shown(call, each)));
  }),
  ...['/messages/pins/:messageId', '/pins/:messageId'].flatMap((path) => [
    ofChannel('PUT', path, (call) => {
      const channel = call.textChannel(P.PinMessages);
      pinMessage(call.guild, channel, call.message());
      return noContent;
    }),
    ofChannel('DELETE', path, (call) => {
      const channel = call.textChannel(P.PinMessages);
      unpinMessage(call.guild, channel, call.message());
      return noContent;
    }),
  ]),
];

function ofChannel(method: string, path: string, handle: (call: Call) => Answer): Route {
  return { method, path: `/channels/:channelId${path}`, auth: 'bot', handle };
}

/** A message as the bot may read it over REST. */
function shown(call: Call, record: MessageRecord): unknown {
  return withoutContent(
    call.guild,
    renderMessage(record, call.guild.botId),
    call.backstage.privilegedIntents,
  );
}

function listMessages(call: Call): Answer {
  const channel = call.textChannel();
  const limit = call.queryInteger('limit', { min: 1, max: 100, usual: 50 });
  const [before, after, around] = ['before', 'after', 'around'].map((name) => call.querySnowflake(name));
  // A bot that may not read the history gets an empty list, not an error.
  const mayRead = (channelPermissions(call.guild, call.guild.botId, channel) & P.ReadMessageHistory) !== 0n;
  const all = mayRead ? call.guild.messagesOf(channel.id).filter(({ onlyFor }) => onlyFor === undefined) : [];
  let chosen: MessageRecord[];
  if (around !== undefined) {
    const half = Math.floor(limit / 2);
    const older = all.filter(({ message }) => BigInt(message.id) < BigInt(around)).slice(-half);
    const rest = all.filter(({ message }) => BigInt(message.id) >= BigInt(around));
    chosen = [...older, ...rest.slice(0, limit - older.length)];
  } else if (after !== undefined) {
    chosen = all.filter(({ message }) => BigInt(message.id) > BigInt(after)).slice(0, limit);
  } else {
    const older =
      before === undefined ? all : all.filter(({ message }) => BigInt(message.id) < BigInt(before));
    chosen = older.slice(-limit);
  }
  return ok(chosen.toReversed().map((record) => shown(call, record)));
}

function sendMessage(call: Call): Answer {
  const { guild } = call;
  const channel = call.textChannel(P.SendMessages);
  const input = readMessageInput(call.form(), call.files);
  requireSomething(input);
  requireForContent(call, channel, input);
  const known = findByNonce(call, input);
  if (known !== undefined) return ok(renderMessage(known, guild.botId));
  const draft = composeDraft(guild, channel, input, { author: guild.record.bot, userId: guild.botId });
  const record = postMessage(guild, channel, { ...draft, ...replyFields(call, channel, input, draft.more) });
  if (input.nonce !== undefined) {
    call.backstage.nonces.set(nonceKey(channel, input.nonce), { record, atMs: Date.now() });
  }
  return ok(renderMessage(record, guild.botId));
}

/** Without these permissions Discord drops links' previews, but refuses files and embeds. */
function requireForContent(call: Call, channel: ChannelRecord, input: MessageInput): void {
  const needed =
    ((input.embeds ?? []).length > 0 ? P.EmbedLinks : 0n) | (input.files.length > 0 ? P.AttachFiles : 0n);
  requireInChannel(call.guild, call.guild.botId, channel, needed);
}

function replyFields(
  call: Call,
  channel: ChannelRecord,
  input: MessageInput,
  more: Partial<APIMessage> = {},
): { type?: 19; more: Partial<APIMessage> } {
  if (input.referenceId === undefined) return { more };
  const target = call.guild.messagesOf(channel.id).find(({ message }) => message.id === input.referenceId);
  if (target === undefined) {
    if (!input.failIfReferenceMissing) return { more };
    throw refusals.invalidForm([
      { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
    ]);
  }
  const { referenced_message: _, ...referenced } = renderMessage(target, call.guild.botId);
  return {
    type: 19,
    more: {
      ...more,
      message_reference: {
        type: 0,
        message_id: input.referenceId,
        channel_id: channel.id,
        guild_id: call.guild.id,
      },
      referenced_message: referenced,
    },
  };
}

function findByNonce(call: Call, input: MessageInput): MessageRecord | undefined {
  const { nonces } = call.backstage;
  for (const [key, { atMs }] of nonces) {
    if (Date.now() - atMs > NONCE_MS) nonces.delete(key);
  }
  if (input.nonce === undefined || !input.enforceNonce) return undefined;
  return nonces.get(nonceKey({ id: call.param('channelId') }, input.nonce))?.record;
}

function nonceKey(channel: Pick<ChannelRecord, 'id'>, nonce: string | number): string {
  return `${channel.id} ${nonce}`;
}

function editMessage(call: Call): Answer {
  const { guild } = call;
  const channel = call.textChannel();
  const record = call.message();
  if (record.message.author.id !== guild.botId) throw refusals.notYourMessage();
  const input = readMessageInput(call.form(), call.files, record.message);
  const change = composeChange(guild, channel, record, input, guild.botId);
  changeMessage(guild, record, compact(change), { edited: true });
  return ok(renderMessage(record, guild.botId));
}

function bulkDelete(call: Call): Answer {
  const channel = call.textChannel(P.ManageMessages);
  const form = call.form().required('messages');
  const ids = (form.list('messages', { min: 2, max: 100 }) ?? []).map(String);
  form.check();
  if (ids.some((id) => Date.now() - snowflakeTimeMs(id) > BULK_DELETE_MS))
    throw refusals.tooOldForBulkDelete();
  const records = call.guild.messagesOf(channel.id).filter(({ message }) => ids.includes(message.id));
  deleteMessages(call.guild, channel, records);
  return noContent;
}
