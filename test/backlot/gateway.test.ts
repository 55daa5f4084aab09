import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createInflate } from 'node:zlib';
import { ChannelType, Events, GatewayIntentBits } from 'discord.js';
import { WebSocket } from 'ws';
import { atTheEnd, INTENTS, login, newClient, openForTest } from './stage.ts';

test('after a resume the bot is told what happened while its connection was lost', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  await login(client, backlot);
  const ann = backlot.viewer('Ann');
  const heard = once(client, Events.MessageCreate);
  const message = ann.say('general', 'bet here');
  await heard;

  const told: string[] = [];
  client.on(Events.Raw, (packet: { t: string }) => told.push(packet.t));
  const resumed = once(client, Events.ShardResume);
  const added = once(client, Events.MessageReactionAdd);
  backlot.gateway.cutAll();
  ann.react(message, '🐻');
  assert.equal((await added)[1].id, ann.id);
  await resumed;
  assert.deepEqual(told, ['MESSAGE_REACTION_ADD', 'RESUMED']);
  assert.equal(backlot.gateway.identifies, 1);
});

test('a bot whose session the gateway has forgotten logs in afresh', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  await login(client, backlot);

  const ready = once(client, Events.ShardReady);
  backlot.gateway.forgetSessions();
  backlot.gateway.closeAll(4000);
  await ready;
  assert.equal(backlot.gateway.identifies, 2);
});

test('a login with a wrong token, or with an intent that was not granted, is refused', async (t) => {
  const backlot = await openForTest(t);
  await assert.rejects(newClient(backlot).login('no.such.token'), /invalid token/i);

  const curious = newClient(backlot, { intents: [...INTENTS, GatewayIntentBits.MessageContent] });
  await assert.rejects(curious.login(backlot.token), /disallowed intents/i);
  assert.equal(backlot.gateway.online, false);
});

test('a bot is told only of what its intents name', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions],
  });
  await login(client, backlot);
  const heard: string[] = [];
  client.on(Events.Raw, ({ t: name }: { t: string }) => heard.push(name));
  const reacted = once(client, Events.MessageReactionAdd);
  const ann = backlot.viewer('Ann');
  ann.react(ann.say('general', 'hello'), '👋');
  await reacted;
  assert.deepEqual(heard, ['MESSAGE_REACTION_ADD']);
});

test('with the privileged intents a bot reads what members write, and may ask for the list of members', async (t) => {
  const privileged = GatewayIntentBits.MessageContent | GatewayIntentBits.GuildMembers;
  const backlot = await openForTest(t, { privilegedIntents: privileged });
  const client = newClient(backlot, { intents: [...INTENTS, privileged] });
  const guild = await login(client, backlot);
  const heard = once(client, Events.MessageCreate);
  backlot.viewer('Ann').say('general', 'good morning');
  assert.equal((await heard)[0].content, 'good morning');
  assert.equal((await guild.members.fetch()).size, 4);
  assert.equal((await guild.members.list({ limit: 2 })).size, 2);
});

test('a client that asks for compression gets one deflated stream', async (t) => {
  const backlot = await openForTest(t);
  const socket = new WebSocket(
    `${backlot.url.replace('http', 'ws')}/gateway?v=10&encoding=json&compress=zlib-stream`,
  );
  atTheEnd(t, () => socket.terminate());
  const inflate = createInflate();
  socket.on('message', (chunk: Buffer) => inflate.write(chunk));
  const [hello] = await once(inflate, 'data');
  assert.match(String(hello), /"heartbeat_interval"/);
});

test("a message of the bot's webhook is blank when read with the bot's token, and whole with the webhook's token", async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const [room] = [...guild.channels.cache.filter((each) => each.isTextBased()).values()];
  assert.ok(room?.type === ChannelType.GuildText);
  const webhook = await room.createWebhook({ name: 'Alice' });
  const heard = once(client, Events.MessageCreate);
  const said = await webhook.send({ content: 'Bonds, mostly.', embeds: [{ title: 'A card' }] });
  const [event] = await heard;
  assert.equal(event.id, said.id);
  assert.deepEqual([event.content, event.embeds], ['', []]);
  const read = await room.messages.fetch({ message: said.id, force: true });
  assert.deepEqual([read.content, read.embeds, read.webhookId], ['', [], webhook.id]);
  const [newest] = [...(await room.messages.fetch({ limit: 1, cache: false })).values()];
  assert.equal(newest?.content, '');
  const whole = await webhook.fetchMessage(said.id);
  assert.deepEqual([whole.content, whole.embeds[0]?.title], ['Bonds, mostly.', 'A card']);
  // The bot's own messages, and those that mention it, are never blank.
  const own = await room.send('Mine');
  assert.equal((await room.messages.fetch({ message: own.id, force: true })).content, 'Mine');
  const called = backlot.viewer('Ann').say(room.name, `hello <@${backlot.applicationId}>`);
  assert.match((await room.messages.fetch(called.id)).content, /^hello/);
});

test('what is no frame closes the connection that sent it, and the backlot goes on', async (t) => {
  const backlot = await openForTest(t);
  for (const junk of ['null', '7', '[', 'hello']) {
    const socket = new WebSocket(backlot.gatewayUrl);
    atTheEnd(t, () => socket.terminate());
    await once(socket, 'open');
    socket.send(junk);
    assert.equal((await once(socket, 'close'))[0], 4002, junk);
  }
  await login(newClient(backlot), backlot);
});
