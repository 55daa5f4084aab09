import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { Events, MessageFlags, SlashCommandBuilder } from 'discord.js';
import { atTheEnd, login, newClient, openForTest, PIXEL } from './stage.ts';

function dataFileFor(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlot-'));
  atTheEnd(t, () => rmSync(folder, { recursive: true }));
  return path.join(folder, 'guild.json');
}

test('after a restart the guild, its messages, pictures, webhooks and ids are as they were', async (t) => {
  const dataFile = dataFileFor(t);
  const first = await openForTest(t, { dataFile });
  const before = newClient(first);
  const guild = await login(before, first);
  const room = await guild.channels.create({ name: 'the-floor' });
  const webhook = await room.createWebhook({ name: 'Alex', avatar: PIXEL });
  const board = await room.send({ content: 'board', files: [{ attachment: PIXEL, name: 'floor.png' }] });
  await webhook.send('hello');
  await guild.commands.set([new SlashCommandBuilder().setName('market').setDescription('Prices')]);
  before.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand())
      void interaction.reply({ content: 'private', flags: MessageFlags.Ephemeral });
  });
  const ann = first.viewer('Ann');
  await ann.ask('the-floor', 'market');
  ann.react({ id: board.id, channel_id: room.id }, '🐻');
  await before.destroy();
  await first.close();

  const second = await openForTest(t, { dataFile, members: ['Producer', 'Ann', 'Ben', 'Cleo'] });
  assert.equal(second.token, first.token);
  assert.deepEqual(
    second.personas.map(({ user }) => user.global_name),
    ['Producer', 'Ann', 'Ben', 'Cleo'],
  );
  const client = newClient(second);
  const sameRoom = (await login(client, second)).channels.cache.get(room.id);
  assert.ok(sameRoom?.isSendable());
  const sameBoard = await sameRoom.messages.fetch(board.id);
  assert.equal(sameBoard.reactions.cache.get('🐻')?.count, 1);
  const url = sameBoard.attachments.first()?.url ?? '';
  assert.ok(url.startsWith(second.cdn));
  assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), PIXEL);
  await sameBoard.edit({ content: 'edited', attachments: [] });
  const sameWebhook = await client.fetchWebhook(webhook.id, webhook.token ?? '');
  const line = await sameWebhook.send('and again');
  assert.ok(BigInt(line.id) > BigInt(board.id));
  assert.deepEqual(
    second
      .viewer('Ann')
      .readChannel('the-floor')
      .map(({ content }) => content),
    ['edited', 'hello', 'and again'],
  );
  assert.deepEqual(
    second
      .viewer('Cleo')
      .commands()
      .map(({ name }) => name),
    ['market'],
  );

  const removed = once(client, Events.MessageReactionRemove);
  second.viewer('Ann').unreact({ id: board.id, channel_id: room.id }, '🐻');
  await removed;
});

test('only the last 500 messages of a channel are kept, and no pictures but theirs', async (t) => {
  const dataFile = dataFileFor(t);
  const backlot = await openForTest(t, { dataFile });
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const room = await guild.channels.create({ name: 'the-floor' });
  await room.send({ content: 'oldest', files: [{ attachment: PIXEL, name: 'floor.png' }] });
  const ann = backlot.viewer('Ann');
  for (let n = 0; n < 500; n += 1) ann.say('the-floor', `line ${n}`);
  const kept = ann.readChannel('the-floor');
  assert.equal(kept.length, 500);
  assert.equal(kept[0]?.content, 'line 0');
  await client.destroy();
  await backlot.close();
  assert.deepEqual(readdirSync(`${dataFile}.files`), []);
});

test('a file that cannot be read is named, with what to do', async (t) => {
  const dataFile = dataFileFor(t);
  writeFileSync(dataFile, '{"format":');
  await assert.rejects(
    openForTest(t, { dataFile }),
    /guild\.json is no JSON\. Delete it to start with a fresh guild/,
  );
  writeFileSync(dataFile, '{"format":99}');
  await assert.rejects(openForTest(t, { dataFile }), /has format 99, this version reads 1/);
});
