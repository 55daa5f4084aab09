import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Events, type TextChannel } from 'discord.js';
import { login, newClient, openForTest } from './stage.ts';

test('one bot in three guilds: each has its own channels, webhooks and commands', async (t) => {
  const backlot = await openForTest(t, { guilds: 3 });
  const client = newClient(backlot);
  await login(client, backlot);
  assert.deepEqual(client.guilds.cache.map(({ name }) => name).toSorted(), [
    'The Pit',
    'The Pit 2',
    'The Pit 3',
  ]);

  const [second, third] = backlot.neighbours;
  assert.ok(second && third);
  const channels = await client.guilds.cache.get(second.guildId)?.channels.fetch();
  const general = channels?.find((channel): channel is TextChannel => channel?.name === 'general');
  assert.ok(general);
  const webhook = await general.createWebhook({ name: 'Alice' });
  await webhook.send('Good morning, second guild.');
  assert.equal(second.viewer('Ann').readChannel('general')[0]?.content, 'Good morning, second guild.');
  assert.equal(third.viewer('Ann').readChannel('general').length, 0);
  assert.equal(backlot.viewer('Ann').readChannel('general').length, 0);

  await client.application?.commands.set([{ name: 'hello', description: 'Says hello' }], third.guildId);
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void interaction.reply(`Hello from ${interaction.guild?.name}`);
  });
  const answer = await third.viewer('Ann').ask('general', 'hello');
  assert.equal(answer.content, 'Hello from The Pit 3');
  assert.equal(second.viewer('Ann').commands().length, 0);
  third.viewer('Producer').removeBot();
  await new Promise((resolve) => client.once(Events.GuildDelete, resolve));
  assert.equal(client.guilds.cache.size, 2);
});
