import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChannelType, DiscordAPIError, PermissionFlagsBits, type TextChannel } from 'discord.js';
import type { Backlot } from '#backlot/backlot.ts';
import { login, newClient, openForTest } from './stage.ts';

async function roomOf(backlot: Backlot): Promise<TextChannel> {
  const guild = await login(newClient(backlot), backlot);
  return guild.channels.create({ name: 'the-tape' });
}

test('a message has at most 2,000 characters, and at least something in it', async (t) => {
  const backlot = await openForTest(t);
  const room = await roomOf(backlot);

  assert.equal((await room.send('📈'.repeat(2000))).content.length, 4000);
  await assert.rejects(room.send('x'.repeat(2001)), (error: unknown) => {
    assert.ok(error instanceof DiscordAPIError);
    assert.equal(error.code, 50035);
    assert.match(error.message, /content\[BASE_TYPE_MAX_LENGTH\]: Must be 2000 or fewer in length/);
    return true;
  });
  await assert.rejects(room.send('   '), { code: 50006 });
  await assert.rejects(room.send({ embeds: [{ description: 'x'.repeat(4097) }] }), { code: 50035 });
  const long = { description: 'x'.repeat(3001) };
  await assert.rejects(room.send({ embeds: [long, long] }), /MAX_EMBED_SIZE_EXCEEDED/);
  await assert.rejects(room.send({ embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }), {
    code: 50035,
  });
});

test("too many webhooks or channels, and things that are gone, are refused with Discord's codes", async (t) => {
  const backlot = await openForTest(t);
  const room = await roomOf(backlot);
  const { guild } = room;

  for (let n = 0; n < 15; n += 1) await room.createWebhook({ name: `Trader ${n}` });
  await assert.rejects(room.createWebhook({ name: 'One too many' }), { code: 30007 });
  await assert.rejects(guild.channels.create({ name: 'x', parent: room.id }), /CHANNEL_PARENT_INVALID_TYPE/);
  const category = await guild.channels.create({ name: 'Full', type: ChannelType.GuildCategory });
  for (let n = 0; n < 50; n += 1) await category.children.create({ name: `room ${n}` });
  await assert.rejects(category.children.create({ name: 'room 50' }), /CHANNEL_PARENT_MAX_CHANNELS/);

  await assert.rejects(guild.channels.fetch('1'), { code: 10003 });
  await assert.rejects(room.messages.fetch('1'), { code: 10008 });
  await assert.rejects(guild.client.fetchWebhook('1'), { code: 10015 });
  await assert.rejects(guild.client.guilds.fetch('1'), { code: 10004 });
  await assert.rejects(guild.members.fetch('1'), { code: 10007 });
  const [webhook] = (await room.fetchWebhooks()).values();
  await assert.rejects(guild.client.fetchWebhook(webhook?.id ?? '', 'wrong'), { code: 50027 });
  await assert.rejects(room.createWebhook({ name: 'Clyde' }), /USERNAME_INVALID_CONTAINS/);
});

test('a bot that lacks a permission is told so, and can be given it', async (t) => {
  const backlot = await openForTest(t);
  const room = await roomOf(backlot);
  const { ViewChannel, SendMessages, ManageChannels } = PermissionFlagsBits;

  backlot.setBotPermissions(ViewChannel | SendMessages);
  await assert.rejects(room.createWebhook({ name: 'Alex' }), { code: 50013 });
  await assert.rejects(room.guild.channels.create({ name: 'more' }), { code: 50013 });
  backlot.setBotPermissions(ViewChannel | SendMessages | ManageChannels);
  const hidden = await room.guild.channels.create({
    name: 'hidden',
    permissionOverwrites: [{ id: room.guild.roles.everyone, deny: ViewChannel }],
  });
  await assert.rejects(hidden.send('hello?'), { code: 50001 });
});

test('the client waits where the rate limit says so, and nothing is lost', async (t) => {
  const backlot = await openForTest(t, { limits: 'discord' });
  const room = await roomOf(backlot);
  const statuses: number[] = [];
  backlot.onRequest(({ status }) => statuses.push(status));
  const webhook = await room.createWebhook({ name: 'Alex' });

  const startedMs = Date.now();
  await Promise.all(Array.from({ length: 7 }, (_, n) => webhook.send(`line ${n}`)));
  assert.ok(Date.now() - startedMs >= 1500, 'five lines pass at once, the rest two seconds later');
  assert.equal(statuses.includes(429), false, 'the headers alone keep the client from being refused');
  assert.deepEqual(
    backlot
      .viewer('Ann')
      .readChannel('the-tape')
      .map(({ content }) => content),
    Array.from({ length: 7 }, (_, n) => `line ${n}`),
  );

  for (let n = 0; n < 2; n += 1) await room.edit({ topic: `topic ${n}` });
  const answer = await fetch(`${backlot.restApi}/v10/channels/${room.id}`, {
    method: 'PATCH',
    headers: { authorization: `Bot ${backlot.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ topic: 'too often' }),
  });
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers.get('retry-after')) > 500);
  assert.equal(answer.headers.get('x-ratelimit-scope'), 'shared');
});

test('edits of an old message are limited', async (t) => {
  const backlot = await openForTest(t, { limits: 'discord', oldMessageMs: 0 });
  const room = await roomOf(backlot);
  const board = await room.send('Leaderboard');
  const edit = (content: string): Promise<Response> =>
    fetch(`${backlot.restApi}/v10/channels/${room.id}/messages/${board.id}`, {
      method: 'PATCH',
      headers: { authorization: `Bot ${backlot.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content }),
    });
  for (const n of [1, 2, 3]) assert.equal((await edit(`edit ${n}`)).status, 200);
  const refused = await edit('once too often');
  assert.equal(refused.status, 429);
  assert.equal(((await refused.json()) as { code: number }).code, 30046);
  assert.equal(refused.headers.get('x-ratelimit-scope'), 'shared');
});
