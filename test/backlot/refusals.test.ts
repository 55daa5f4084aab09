import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Backlot } from '#backlot/backlot.ts';
import { login, newClient, openForTest } from './stage.ts';

const V2 = 1 << 15;
const row = (...components: object[]) => ({ type: 1, components });
const text = (content: string) => ({ type: 10, content });
const option = (more: object) => ({ type: 3, name: 'x', description: 'd', ...more });
const command = (more: object) => [{ type: 1, name: 'a', description: 'b', ...more }];
const choices = (count: number) =>
  Array.from({ length: count }, (_, nth) => ({
    name: 'n'.repeat(90) + nth,
    value: 'v'.repeat(90) + nth,
  }));

interface Refused {
  what: string;
  code: number;
  path: string;
  method?: string;
  body: unknown;
}

// `:channel`, `:application` and `:guild` stand for ids.
const MESSAGES = '/channels/:channel/messages';
const COMMANDS = '/applications/:application/guilds/:guild/commands';
const CHANNELS = '/guilds/:guild/channels';
/** What Discord refuses. */
const REFUSED: readonly Refused[] = [
  {
    what: 'a message of characters without a width',
    code: 50006,
    path: MESSAGES,
    body: { content: '\u200b' },
  },
  {
    what: 'a link button with a custom id',
    code: 50035,
    path: MESSAGES,
    body: {
      content: 'x',
      components: [row({ type: 2, style: 5, label: 'L', url: 'https://a.b', custom_id: 'c' })],
    },
  },
  {
    what: 'a container in a container',
    code: 50035,
    path: MESSAGES,
    body: { flags: V2, components: [{ type: 17, components: [{ type: 17, components: [text('a')] }] }] },
  },
  {
    what: 'more than 4,000 characters of text in components',
    code: 50035,
    path: MESSAGES,
    body: { flags: V2, components: [text('a'.repeat(2001)), text('a'.repeat(2000))] },
  },
  {
    what: 'more than 40 components, nested ones counted',
    code: 50035,
    path: MESSAGES,
    body: {
      flags: V2,
      components: [{ type: 17, components: Array.from({ length: 40 }, () => text('a')) }],
    },
  },
  { what: 'an embed with nothing in it', code: 50006, path: MESSAGES, body: { embeds: [{}] } },
  {
    what: 'a kind of mention that is none',
    code: 50035,
    path: MESSAGES,
    body: { content: 'x', allowed_mentions: { parse: ['all'] } },
  },
  {
    what: 'an attachment without its file',
    code: 50035,
    path: MESSAGES,
    body: { content: 'x', attachments: [{ id: '0', filename: 'a.png' }] },
  },
  { what: 'an unknown sticker', code: 50081, path: MESSAGES, body: { sticker_ids: ['123456789012345678'] } },
  {
    what: 'an overwrite that is neither for a role nor for a member',
    code: 50035,
    path: CHANNELS,
    body: { name: 'a', permission_overwrites: [{ id: '123456789012345678', allow: '0' }] },
  },
  ...Object.entries({
    'a localised name in upper case': command({ name_localizations: { de: 'Hallo' } }),
    'an unknown locale': command({ name_localizations: { xx: 'hallo' } }),
    'a localised description of 101 characters': command({
      description_localizations: { de: 'x'.repeat(101) },
    }),
    'a command of more than 8,000 characters': command({
      options: Array.from({ length: 25 }, (_, nth) => option({ name: `o${nth}`, choices: choices(25) })),
    }),
    'a subcommand beside an option': command({
      options: [{ type: 1, name: 's', description: 'd' }, option({})],
    }),
    'two commands of one name': [...command({}), ...command({})],
    'a least value above the largest': command({
      options: [option({ type: 4, min_value: 5, max_value: 3 })],
    }),
    'a context that is none': command({ contexts: [9] }),
  }).map(([what, body]) => ({ what, code: 50035, path: COMMANDS, method: 'PUT', body })),
];

async function send(
  backlot: Backlot,
  path: string,
  init: RequestInit,
): Promise<{ status: number; code: number }> {
  const response = await fetch(`${backlot.restApi}/v10${path}`, {
    ...init,
    headers: {
      authorization: `Bot ${backlot.token}`,
      'content-type': 'application/json',
      ...(init.headers as Record<string, string> | undefined),
    },
  });
  const body = (await response.json()) as { code?: number };
  return { status: response.status, code: body.code ?? 0 };
}

async function open(t: Parameters<typeof openForTest>[0]) {
  const backlot = await openForTest(t);
  const guild = await login(newClient(backlot), backlot);
  const channel = await guild.channels.create({ name: 'the-tape' });
  return { backlot, channel };
}

suite('what Discord refuses, the backlot refuses in the same words', { concurrency: 8 }, () => {
  for (const { what, code, path, method = 'POST', body } of REFUSED) {
    test(what, async (t) => {
      const { backlot, channel } = await open(t);
      const place = path
        .replace(':channel', channel.id)
        .replace(':application', backlot.applicationId)
        .replace(':guild', backlot.guildId);
      const refused = await send(backlot, place, { method, body: JSON.stringify(body) });
      assert.deepEqual(refused, { status: 400, code });
    });
  }

  test('a message over a webhook is refused with a `wait` that is no flag, and in a thread that does not exist', async (t) => {
    const { backlot, channel } = await open(t);
    const webhook = await channel.createWebhook({ name: 'Alex' });
    const path = `/webhooks/${webhook.id}/${webhook.token}`;
    const line = { method: 'POST', body: JSON.stringify({ content: 'x' }) };
    assert.deepEqual(await send(backlot, `${path}?wait=maybe`, line), { status: 400, code: 50035 });
    assert.deepEqual(await send(backlot, `${path}?wait=true&thread_id=123456789012345678`, line), {
      status: 404,
      code: 10003,
    });
  });

  test('an edit cannot keep an attachment that the message does not have', async (t) => {
    const { backlot, channel } = await open(t);
    const { id } = await channel.send('x');
    const edit = { method: 'PATCH', body: JSON.stringify({ attachments: [{ id: '123456789012345678' }] }) };
    const refused = await send(backlot, `/channels/${channel.id}/messages/${id}`, edit);
    assert.deepEqual(refused, { status: 400, code: 50035 });
  });

  test('a client without a User-Agent is refused', async (t) => {
    const { backlot } = await open(t);
    const refused = await send(backlot, '/users/@me', { headers: { 'user-agent': '' } });
    assert.equal(refused.status, 403);
  });
});
