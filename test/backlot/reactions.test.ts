import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Events, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { login, newClient, openForTest, PIXEL } from './stage.ts';

test('a bet is a reaction: it reaches the bot, is counted over REST, and is taken back', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const window = await guild.channels.create({ name: 'betting-window' });
  const board = await window.send('Who goes bankrupt first?');
  await board.react('🐻');
  const [ann, ben] = [backlot.viewer('Ann'), backlot.viewer('Ben')];
  const shown = await ann.untilMessage('betting-window', ({ reactions }) => reactions?.length === 1);
  assert.equal(shown.reactions?.[0]?.me, false);

  const added = once(client, Events.MessageReactionAdd);
  ann.react(shown, '🐻');
  const [reaction, user] = await added;
  assert.equal(reaction.emoji.name, '🐻');
  assert.equal(user.id, ann.id);
  ben.react(shown, '🐻');
  assert.equal(ann.readChannel('betting-window')[0]?.reactions?.[0]?.count, 3);

  const fresh = await window.messages.fetch({ message: board.id, force: true });
  const users = await fresh.reactions.cache.get('🐻')?.users.fetch();
  assert.deepEqual(new Set(users?.keys()), new Set([client.user?.id, ann.id, ben.id]));
  const page = await fresh.reactions.cache.get('🐻')?.users.fetch({ limit: 1, after: ann.id });
  assert.equal(page?.size, 1);

  const removed = once(client, Events.MessageReactionRemove);
  ann.unreact(shown, '🐻');
  assert.equal((await removed)[1].id, ann.id);
  await fresh.reactions.cache.get('🐻')?.users.remove(ben.id);
  await fresh.reactions.cache.get('🐻')?.users.remove();
  assert.equal(ann.readChannel('betting-window')[0]?.reactions, undefined);
});

test('a reaction to a message from before the bot started reaches it as a partial', async (t) => {
  const backlot = await openForTest(t);
  const old = backlot.viewer('Producer').say('general', 'welcome');
  const client = newClient(backlot);
  await login(client, backlot);

  const added = once(client, Events.MessageReactionAdd);
  backlot.viewer('Ann').react(old, '👍');
  const [reaction] = await added;
  assert.ok(reaction.partial || reaction.message.partial);
  assert.equal((await reaction.message.fetch()).author.id, backlot.viewer('Producer').id);
});

test('denying new reactions still lets members click those that are there', async (t) => {
  const backlot = await openForTest(t);
  const guild = await login(newClient(backlot), backlot);
  const window = await guild.channels.create({
    name: 'betting-window',
    permissionOverwrites: [{ id: guild.roles.everyone, deny: PermissionFlagsBits.AddReactions }],
  });
  const board = await window.send('Bets');
  await board.react('🐻').catch((error: unknown) => assert.equal((error as { code: number }).code, 50013));
  await window.permissionOverwrites.create(guild.client.user, { AddReactions: true });
  await board.react('🐻');
  const [shown] = backlot.viewer('Ann').readChannel('betting-window');
  assert.ok(shown);
  backlot.viewer('Ann').react(shown, '🐻');
  assert.throws(() => backlot.viewer('Ann').react(shown, '🐂'), /may not add reactions/);
});

test('a message takes at most twenty different reactions; what is no emoji is unknown', async (t) => {
  const backlot = await openForTest(t, {
    botPermissions:
      PermissionFlagsBits.ViewChannel |
      PermissionFlagsBits.SendMessages |
      PermissionFlagsBits.ReadMessageHistory |
      PermissionFlagsBits.AddReactions |
      PermissionFlagsBits.CreateGuildExpressions |
      PermissionFlagsBits.ManageMessages,
  });
  const client = newClient(backlot, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildExpressions],
  });
  const guild = await login(client, backlot);
  const general = guild.channels.cache.find(({ name }) => name === 'general');
  assert.ok(general?.isSendable());
  const board = await general.send('Everything');
  const ann = backlot.viewer('Ann');
  const message = { id: board.id, channel_id: board.channelId };

  const bull = await guild.emojis.create({ name: 'bull', attachment: PIXEL });
  await board.react(bull);
  for (const emoji of ['1️⃣', '2️⃣', '❤️', '❤', '👨‍👩‍👧', '🏳️‍🌈', '🇩🇪', '👍🏽']) ann.react(message, emoji);
  assert.throws(() => ann.react(message, '7'), { code: 10014 });
  await assert.rejects(board.react('nonsense'), { code: 10014 });
  for (let n = 0; n < 11; n += 1) ann.react(message, String.fromCodePoint(0x1f4_00 + n));
  assert.throws(() => ann.react(message, '🐻'), { code: 30010 });

  await board.fetch(true);
  await board.reactions.cache.get('👍🏽')?.remove();
  await board.reactions.removeAll();
  assert.equal(ann.readChannel('general')[0]?.reactions, undefined);
});
