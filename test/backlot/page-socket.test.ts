import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { Events, MessageFlags, PermissionFlagsBits, SlashCommandBuilder } from 'discord.js';
import { WebSocket } from 'ws';
import type { Backlot } from '#backlot/backlot.ts';
import { VIEWER_PATH, type Act, type ServerFrame } from '#backlot/page-protocol.ts';
import { atTheEnd, login, newClient, openForTest } from './stage.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** What the page does, without a browser. */
class Page {
  readonly frames: ServerFrame[] = [];
  readonly #socket: WebSocket;
  #lastId = 0;

  constructor(t: TestContext, backlot: Backlot, name: string, origin = backlot.url) {
    const { id } = backlot.viewer(name);
    this.#socket = new WebSocket(`${backlot.url.replace('http', 'ws')}${VIEWER_PATH}?as=${id}`, { origin });
    this.#socket.on('message', (data: Buffer) =>
      this.frames.push(JSON.parse(data.toString()) as ServerFrame),
    );
    atTheEnd(t, () => this.#socket.terminate());
  }

  async until<T extends ServerFrame['type']>(
    type: T,
    matches: (frame: Extract<ServerFrame, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerFrame, { type: T }>> {
    for (;;) {
      for (const frame of this.frames) {
        const candidate = frame as Extract<ServerFrame, { type: T }>;
        if (frame.type === type && matches(candidate)) return candidate;
      }
      await once(this.#socket, 'message');
    }
  }

  /** Resolves with the reason when it is refused, else with undefined. */
  async act(act: WithoutId<Act>): Promise<string | undefined> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#socket.send(JSON.stringify({ ...act, id }));
    const isMine = (frame: { id: number }): boolean => frame.id === id;
    return Promise.race([
      this.until('done', isMine).then(() => undefined),
      this.until('refused', isMine).then(({ reason }) => reason),
    ]);
  }

  /** Resolves with the code of the close. */
  async junk(text: string): Promise<unknown> {
    await once(this.#socket, 'open');
    this.#socket.send(text);
    return (await once(this.#socket, 'close'))[0];
  }

  get refusal(): Promise<unknown[]> {
    return once(this.#socket, 'error');
  }
}

test('a page shows a member the channels and messages that this member sees, and what happens there', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const green = await guild.channels.create({
    name: 'green-room',
    permissionOverwrites: [
      { id: guild.roles.everyone, deny: PermissionFlagsBits.ViewChannel },
      { id: guild.client.user, allow: PermissionFlagsBits.ViewChannel },
    ],
  });
  await green.send('for producers');

  const ann = new Page(t, backlot, 'Ann');
  const producer = new Page(t, backlot, 'Producer');
  const snapshot = await ann.until('snapshot');
  assert.deepEqual(
    snapshot.channels.map(({ name }) => name),
    ['general'],
  );
  assert.equal(snapshot.botOnline, true);
  assert.deepEqual(
    snapshot.personas.map((each) => each.producer),
    [true, false, false],
  );
  const all = await producer.until('snapshot');
  assert.equal(all.messages[green.id]?.[0]?.content, 'for producers');

  const general = snapshot.channels[0]?.id ?? '';
  assert.equal(await ann.act({ type: 'say', channelId: general, content: 'hello' }), undefined);
  await producer.until('event', ({ t: name }) => name === 'MESSAGE_CREATE');
  assert.match(
    (await ann.act({ type: 'say', channelId: green.id, content: 'let me in' })) ?? '',
    /no channel/,
  );
  assert.match((await ann.act({ type: 'say', channelId: general, content: '' })) ?? '', /empty message/);

  await green.permissionOverwrites.create(guild.roles.everyone, { ViewChannel: true });
  const wider = await ann.until('snapshot', ({ channels }) => channels.length === 2);
  assert.equal(wider.messages[green.id]?.[0]?.content, 'for producers');
  await client.destroy();
  await ann.until('bot', ({ online }) => !online);
});

test('a private answer is "thinking" first, and then a message, on the page of its addressee only', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    void interaction
      .deferReply({ flags: MessageFlags.Ephemeral })
      .then(() => interaction.editReply('your wallet: 100 chips'));
  });
  const [ann, ben] = [new Page(t, backlot, 'Ann'), new Page(t, backlot, 'Ben')];
  const general = (await ann.until('snapshot')).channels[0]?.id ?? '';
  await guild.commands.set([new SlashCommandBuilder().setName('wallet').setDescription('Your chips')]);
  await ann.until('commands', ({ commands }) => commands[0]?.name === 'wallet');

  assert.equal(
    await ann.act({ type: 'command', channelId: general, name: 'wallet', options: {} }),
    undefined,
  );
  const thinking = await ann.until('thinking');
  assert.equal(thinking.ephemeral, true);
  const { d } = await ann.until('event', ({ t: name }) => name === 'MESSAGE_CREATE');
  const answer = d as { id: string; content: string; interaction_metadata: { id: string } };
  assert.equal(answer.content, 'your wallet: 100 chips');
  assert.equal(answer.interaction_metadata.id, thinking.interactionId);
  assert.equal(await ann.act({ type: 'dismiss', messageId: answer.id }), undefined);
  await ann.until('event', ({ t: name }) => name === 'MESSAGE_DELETE');

  assert.equal(await ben.act({ type: 'say', channelId: general, content: 'anything?' }), undefined);
  const heard = ben.frames.flatMap((frame) =>
    frame.type === 'event' ? [frame.d as { content?: string }] : [],
  );
  assert.deepEqual(
    heard.map(({ content }) => content),
    ['anything?'],
  );
});

test('a web page from elsewhere gets no socket', async (t) => {
  const backlot = await openForTest(t);
  const [error] = await new Page(t, backlot, 'Producer', 'https://evil.example').refusal;
  assert.match(String(error), /403/);
});

test('what is no act closes the page that sent it, and no more', async (t) => {
  const backlot = await openForTest(t);
  for (const text of ['null', '{']) assert.equal(await new Page(t, backlot, 'Ann').junk(text), 1003);
  await new Page(t, backlot, 'Ann').until('snapshot');
});
