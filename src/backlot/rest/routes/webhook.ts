import { createHash } from 'node:crypto';
import { MessageFlags, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { refusals } from '../../discord-error.ts';
import { changeMessage, deleteMessage, postMessage } from '../../guild/messages.ts';
import { requireInChannel } from '../../guild/permissions.ts';
import type { MessageRecord, WebhookRecord } from '../../guild/record.ts';
import { renderMessage, renderWebhook, renderWebhookWithCreator, webhookAuthor } from '../../guild/render.ts';
import { changeWebhook, deleteWebhook } from '../../guild/webhooks.ts';
import { compact } from '../embeds.ts';
import { noContent, ok, type Answer, type Call, type Route } from '../call.ts';
import { composeChange, composeDraft } from '../compose.ts';
import type { Form } from '../form.ts';
import { readMessageInput, requireSomething } from '../message-input.ts';
import { readPicture } from '../picture.ts';
import { followUp, followUpTarget } from './interaction.ts';

const ONE = '/webhooks/:webhookId';
const WITH_TOKEN = `${ONE}/:webhookToken`;
const MESSAGE = `${WITH_TOKEN}/messages/:messageId`;

export const webhookRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: ONE,
    auth: 'bot',
    handle: (call) => ok(renderWebhookWithCreator(call.guild, managedWebhook(call))),
  },
  {
    method: 'PATCH',
    path: ONE,
    auth: 'bot',
    handle: (call) => ok(renderWebhookWithCreator(call.guild, patch(call, managedWebhook(call)))),
  },
  {
    method: 'DELETE',
    path: ONE,
    auth: 'bot',
    handle: (call) => {
      deleteWebhook(call.guild, managedWebhook(call));
      return noContent;
    },
  },
  {
    method: 'GET',
    path: WITH_TOKEN,
    auth: 'none',
    handle: (call) => ok(renderWebhook(call.guild, tokenWebhook(call), true)),
  },
  {
    method: 'PATCH',
    path: WITH_TOKEN,
    auth: 'none',
    handle: (call) => ok(renderWebhook(call.guild, patch(call, tokenWebhook(call)), true)),
  },
  {
    method: 'DELETE',
    path: WITH_TOKEN,
    auth: 'none',
    handle: (call) => {
      deleteWebhook(call.guild, tokenWebhook(call));
      return noContent;
    },
  },
  { method: 'POST', path: WITH_TOKEN, auth: 'none', handle: execute },
  { method: 'GET', path: MESSAGE, auth: 'none', handle: (call) => ok(shown(call, target(call))) },
  { method: 'PATCH', path: MESSAGE, auth: 'none', handle: edit },
  {
    method: 'DELETE',
    path: MESSAGE,
    auth: 'none',
    handle: (call) => {
      deleteMessage(call.guild, target(call));
      return noContent;
    },
  },
];

/** Reads a webhook's name: 1 to 80 characters without Discord's own names. */
export function readWebhookName(form: Form): string | undefined {
  const name = form.text('name', { min: 1, max: 80 });
  for (const reserved of ['clyde', 'discord']) {
    if (name?.toLowerCase().includes(reserved) !== true) continue;
    form.fail('name', 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${reserved}"`);
  }
  return name;
}

/** The webhook of the path, which the bot's permissions let it manage. */
function managedWebhook(call: Call): WebhookRecord {
  const webhook = call.guild.webhook(call.param('webhookId'));
  requireInChannel(call.guild, call.guild.botId, call.guild.channel(webhook.channelId), P.ManageWebhooks);
  return webhook;
}

/** The webhook of the path, whose token must be right. */
function tokenWebhook(call: Call): WebhookRecord {
  const webhook = call.guild.webhook(call.param('webhookId'));
  if (webhook.token !== call.param('webhookToken')) throw refusals.invalidWebhookToken();
  return webhook;
}

function patch(call: Call, webhook: WebhookRecord): WebhookRecord {
  const form = call.form();
  const change = compact({
    name: readWebhookName(form),
    avatar: form.isNull('avatar') ? null : readPicture(form, 'avatar'),
    channelId: form.snowflake('channel_id'),
  });
  form.check();
  changeWebhook(call.guild, webhook, change);
  return webhook;
}

function execute(call: Call): Answer {
  const { guild } = call;
  if (call.param('webhookId') === guild.record.application.id) return followUp(call);
  const webhook = tokenWebhook(call);
  const form = call.form();
  const username = form.has('username') ? readWebhookName(formWithName(form)) : undefined;
  const avatarUrl = form.url('avatar_url');
  const input = readMessageInput(form, call.files);
  requireSomething(input);
  const channel = guild.channel(webhook.channelId);
  const wait = call.queryFlag('wait');
  // There are no threads here.
  if (call.querySnowflake('thread_id') !== undefined) throw refusals.unknownChannel();
  const author = webhookAuthor(webhook, username ?? null, borrowAvatar(call, webhook, avatarUrl));
  const draft = composeDraft(guild, channel, input, { author, userId: undefined });
  const record = postMessage(guild, channel, {
    ...draft,
    flags: draft.flags & ~MessageFlags.Ephemeral,
    more: {
      ...draft.more,
      webhook_id: webhook.id,
      ...(webhook.applicationId === null ? {} : { application_id: webhook.applicationId }),
    },
  });
  return wait ? ok(renderMessage(record, guild.botId)) : noContent;
}

/** A line's own `username` obeys the rules of webhooks' names. */
function formWithName(form: Form): Form {
  return form.renamed({ username: 'name' });
}

/**
 * Discord copies the picture at `avatar_url` to its own CDN. The backlot fetches nothing from elsewhere: the CDN sends
 * those who look for the picture to the address itself.
 */
function borrowAvatar(call: Call, webhook: WebhookRecord, url: string | undefined): string | null {
  if (url === undefined || url === '') return null;
  const hash = createHash('sha256').update(url).digest('hex').slice(0, 32);
  call.guild.files.put(`avatars/${webhook.id}/${hash}`, Buffer.from(url), 'text/uri-list');
  return hash;
}

/** A webhook's own message, or that of an interaction whose token this is. */
function target(call: Call): MessageRecord {
  if (call.param('webhookId') === call.guild.record.application.id) return followUpTarget(call);
  const webhook = tokenWebhook(call);
  const record = call.guild.message(webhook.channelId, call.param('messageId'));
  if (record.message.webhook_id !== webhook.id) throw refusals.unknownMessage();
  return record;
}

function edit(call: Call): Answer {
  const { guild } = call;
  const record = target(call);
  const channel = guild.channel(record.message.channel_id);
  const input = readMessageInput(call.form(), call.files, record.message);
  const change = composeChange(guild, channel, record, input, undefined);
  changeMessage(guild, record, compact(change), { edited: true });
  return ok(shown(call, record));
}

function shown(call: Call, record: MessageRecord): unknown {
  return renderMessage(record, call.guild.botId);
}
