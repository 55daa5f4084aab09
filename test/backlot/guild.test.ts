import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  EmbedBuilder,
  Events,
  PermissionFlagsBits,
  WebhookClient,
} from 'discord.js';
import { atTheEnd, login, newClient, openForTest, PIXEL } from './stage.ts';

const picture = (name: string): AttachmentBuilder =>
  new AttachmentBuilder(PIXEL, { name, description: 'Four traders at their desks' });

const embed = (name: string): EmbedBuilder =>
  new EmbedBuilder().setTitle('The floor').setImage(`attachment://${name}`).setTimestamp();

const button = (id: string): ButtonBuilder =>
  new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Primary);

const row = (...ids: string[]): ActionRowBuilder<ButtonBuilder> =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(ids.map(button));

test('a bot logs in and finds its guild with its people', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);

  assert.equal(guild.name, 'The Pit');
  assert.equal(client.user?.username, 'Outcry');
  assert.equal(guild.memberCount, 4);
  assert.equal((await guild.fetchOwner()).displayName, 'Producer');
  assert.ok(guild.members.me?.permissions.has(PermissionFlagsBits.ManageWebhooks));
  assert.equal((await client.application?.fetch())?.owner?.id, backlot.personas[0]?.user.id);
});

test('a bot builds a category of channels, one of them only for the owner', async (t) => {
  const backlot = await openForTest(t);
  const guild = await login(newClient(backlot), backlot);

  const category = await guild.channels.create({ name: 'Open Outcry', type: ChannelType.GuildCategory });
  const floor = await guild.channels.create({ name: 'The Floor', parent: category, topic: 'pictures' });
  const green = await guild.channels.create({
    name: 'green-room',
    parent: category,
    permissionOverwrites: [
      { id: guild.roles.everyone, deny: PermissionFlagsBits.ViewChannel },
      { id: guild.client.user, allow: PermissionFlagsBits.ViewChannel },
    ],
  });
  assert.equal(floor.name, 'the-floor');
  assert.equal(floor.parentId, category.id);

  const names = (who: string): string[] =>
    backlot
      .viewer(who)
      .channels()
      .map(({ name }) => name);
  assert.deepEqual(names('Producer'), ['general', 'Open Outcry', 'the-floor', 'green-room']);
  assert.deepEqual(names('Ann'), ['general', 'Open Outcry', 'the-floor']);

  await green.edit({ topic: 'producers only' });
  await green.permissionOverwrites.create(guild.roles.everyone, { ViewChannel: true });
  assert.ok(names('Ann').includes('green-room'));
  await guild.channels.setPositions([{ channel: floor.id, position: 7 }]);
  await floor.delete();
  assert.ok(!names('Ann').includes('the-floor'));
});

test('a trader speaks through a webhook with a portrait of its own', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const room = await guild.channels.create({ name: 'coffee-shop' });

  const webhook = await room.createWebhook({ name: 'Alex', avatar: PIXEL });
  const portrait = await fetch(webhook.avatarURL() ?? '');
  assert.equal(portrait.headers.get('content-type'), 'image/png');
  assert.deepEqual(Buffer.from(await portrait.arrayBuffer()), PIXEL);

  const line = await webhook.send({ content: 'Crypto only goes up.' });
  assert.equal(line.author.username, 'Alex');
  assert.equal(line.webhookId, webhook.id);
  const [seen] = backlot.viewer('Ann').readChannel('coffee-shop');
  assert.equal(seen?.content, 'Crypto only goes up.');

  const standalone = new WebhookClient(
    { id: webhook.id, token: webhook.token ?? '' },
    { rest: { api: backlot.restApi, cdn: backlot.cdn }, allowedMentions: { parse: [] } },
  );
  atTheEnd(t, () => standalone.destroy());
  await standalone.editMessage(line.id, { content: 'Crypto mostly goes up.' });
  assert.equal(backlot.viewer('Ben').readChannel('coffee-shop')[0]?.content, 'Crypto mostly goes up.');
  assert.equal((await room.fetchWebhooks()).size, 1);
  assert.equal((await guild.fetchWebhooks()).size, 1);
  await webhook.edit({ name: 'Alexander' });
  await standalone.deleteMessage(line.id);
  await webhook.delete();
  assert.equal((await room.fetchWebhooks()).size, 0);
});

test('a picture is posted inside an embed and both are replaced in place', async (t) => {
  const backlot = await openForTest(t);
  const guild = await login(newClient(backlot), backlot);
  const room = await guild.channels.create({ name: 'the-floor' });

  const message = await room.send({
    embeds: [embed('one.png')],
    files: [picture('one.png'), picture('chart.png')],
  });

  const url = message.embeds[0]?.image?.url ?? '';
  assert.ok(url.startsWith(`${backlot.cdn}/attachments/${room.id}/`));
  assert.equal(message.embeds[0]?.image?.width, 1);
  assert.deepEqual(
    [...message.attachments.values()].map(({ name }) => name),
    ['chart.png'],
  );
  assert.equal(message.attachments.first()?.description, 'Four traders at their desks');
  assert.equal((await fetch(url)).status, 200);

  const edited = await message.edit({
    content: 'now',
    embeds: [embed('two.png')],
    files: [picture('two.png')],
    attachments: [],
  });
  assert.equal(edited.id, message.id);
  assert.match(edited.embeds[0]?.image?.url ?? '', /two\.png$/);
  assert.equal(edited.attachments.size, 0);
  assert.equal((await fetch(url)).status, 404, 'what nobody shows any more is taken down');
  assert.ok(backlot.viewer('Ann').readChannel('the-floor')[0]?.edited_timestamp);
});

test('messages are listed by pages, pinned, answered, mentioned and deleted', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const room = await guild.channels.create({ name: 'the-tape' });
  const ann = backlot.viewer('Ann');
  for (let n = 1; n <= 12; n += 1)
    await room.send({ content: `tick ${n}`, nonce: `tick-${n}`, enforceNonce: true });

  const newest = await room.messages.fetch({ limit: 5 });
  assert.deepEqual(
    [...newest.values()].map(({ content }) => content),
    ['tick 12', 'tick 11', 'tick 10', 'tick 9', 'tick 8'],
  );
  const before = await room.messages.fetch({ limit: 2, before: newest.lastKey() ?? '' });
  assert.deepEqual(
    [...before.values()].map(({ content }) => content),
    ['tick 7', 'tick 6'],
  );
  const after = await room.messages.fetch({ limit: 2, after: before.lastKey() ?? '' });
  assert.deepEqual(
    [...after.values()].map(({ content }) => content),
    ['tick 8', 'tick 7'],
  );

  const again = await room.send({ content: 'tick 12', nonce: 'tick-12', enforceNonce: true });
  assert.equal(again.id, newest.firstKey(), 'a nonce that is enforced makes no second message');

  await newest.last()?.pin();
  assert.deepEqual(
    (await room.messages.fetchPins()).items.map(({ message }) => message.content),
    ['tick 8'],
  );
  await newest.last()?.unpin();

  const reply = await again.reply({ content: `<@${ann.id}> look`, allowedMentions: { users: [ann.id] } });
  assert.ok(reply.mentions.users.has(ann.id));
  assert.equal(reply.reference?.messageId, again.id);
  const quiet = await reply.edit(`<@${ann.id}> look again`);
  assert.equal(quiet.mentions.users.size, 0, "the client's own setting mentions nobody");

  await room.sendTyping();
  await reply.delete();
  await room.bulkDelete([...before.keys()]);
  assert.equal(
    ann.readChannel('the-tape').some(({ content }) => content === 'tick 7'),
    false,
  );
});

test('when a member writes the bot learns of it, but reads the words only if it is mentioned', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  await login(client, backlot);
  const ann = backlot.viewer('Ann');

  const heard = once(client, Events.MessageCreate);
  ann.say('general', 'secret plans');
  const [message] = await heard;
  assert.equal(message.content, '');
  assert.equal(message.author.id, ann.id);

  const called = once(client, Events.MessageCreate);
  ann.say('general', `<@${client.user?.id}> are you there?`);
  assert.match((await called)[0].content, /are you there/);
});

test("buttons carry Discord's limits", async (t) => {
  const backlot = await openForTest(t);
  const guild = await login(newClient(backlot), backlot);
  const room = await guild.channels.create({ name: 'the-tape' });

  await room.send({ content: 'two', components: [row('a', 'b')] });
  await assert.rejects(
    room.send({ content: 'same', components: [row('a', 'a')] }),
    /COMPONENT_CUSTOM_ID_DUPLICATED/,
  );
});
