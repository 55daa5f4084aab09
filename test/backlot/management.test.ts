import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Events, PermissionFlagsBits } from 'discord.js';
import { login, newClient, openForTest } from './stage.ts';

test('what an owner deletes is gone for the bot, which is told', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const [producer, ann] = [backlot.viewer('Producer'), backlot.viewer('Ann')];
  const room = await guild.channels.create({ name: 'coffee-shop' });
  const webhook = await room.createWebhook({ name: 'Alex' });
  const board = await room.send('the board');
  const message = { id: board.id, channel_id: room.id };

  assert.throws(() => ann.deleteMessage(message), /lack the permission/);
  producer.deleteMessage(message);
  await assert.rejects(board.edit('still there?'), { code: 10008 });

  const told = once(client, Events.WebhooksUpdate);
  producer.deleteWebhooks('coffee-shop');
  await told;
  await assert.rejects(webhook.send('hello?'), { code: 10015 });

  producer.setOverwrite('coffee-shop', guild.client.user.id, { deny: PermissionFlagsBits.SendMessages });
  await assert.rejects(room.send('hello?'), { code: 50013 });

  const gone = once(client, Events.ChannelDelete);
  producer.deleteChannel('coffee-shop');
  await gone;
  await assert.rejects(room.send('hello?'), { code: 10003 });
});

test('a bot that was thrown out learns of it, can do nothing, and can be invited again', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const producer = backlot.viewer('Producer');
  const room = await guild.channels.create({ name: 'coffee-shop' });

  const out = once(client, Events.GuildDelete);
  producer.removeBot();
  await out;
  await assert.rejects(room.send('hello?'), { code: 50001 });
  await assert.rejects(client.guilds.fetch(guild.id), { code: 10004 });

  const back = once(client, Events.GuildCreate);
  producer.inviteBot();
  await back;
  await room.send('I am back');
  assert.equal(backlot.viewer('Ann').readChannel('coffee-shop').length, 1);
});

test('a bot that signed off is offline for the members', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  await guild.commands.create({ name: 'market', description: 'Prices' });
  await client.destroy();
  const ann = backlot.viewer('Ann');
  await ann.until(() => !backlot.gateway.online, { what: 'the bot to be gone' });
  assert.throws(() => void ann.command('general', 'market'), /offline/);
});
