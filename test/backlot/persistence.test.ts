import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { Events, MessageFlags, SlashCommandBuilder } from 'discord.js';
import { BacklotError } from '#backlot/backlot.ts';
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

/** Opens a backlot, which must fail with one line for a person and leave the folder as it is. */
async function refusal(t: TestContext, dataFile: string): Promise<BacklotError> {
  const folder = path.dirname(dataFile);
  const listed = (): string[] => (statSync(folder).isDirectory() ? readdirSync(folder) : []);
  const before = listed();
  const thrown: unknown = await openForTest(t, { dataFile }).then(
    () => assert.fail('it opened'),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof BacklotError, String(thrown));
  assert.doesNotMatch(thrown.message, /\n/);
  assert.ok(thrown.message.includes(dataFile), thrown.message);
  assert.deepEqual(
    listed().filter((name) => !name.endsWith('.files')),
    before.filter((name) => !/\.(?:new|files)$/.test(name)),
  );
  return thrown;
}

test('a file that holds no guild is named, with what to do, and stays as it is', async (t) => {
  const dataFile = dataFileFor(t);
  const contents: [string, RegExp][] = [
    ['{"format":', /guild\.json is no JSON\. Move it away or delete it to start with a fresh guild\.$/],
    ['', /is no JSON/],
    ['"hello"', /holds no guild/],
    ['[]', /holds no guild/],
    ['null', /holds no guild/],
    ['{"format":99}', /has format 99, this version reads 1/],
    ['{"format":1,"baseUrl":"http://127.0.0.1:1"}', /is damaged: "lastId" is not as it was written/],
  ];
  for (const [content, said] of contents) {
    writeFileSync(dataFile, content);
    const error = await refusal(t, dataFile);
    assert.match(error.message, said);
    assert.equal(error.code, 'fileUnreadable');
    assert.equal(readFileSync(dataFile, 'utf8'), content);
  }
});

test('a data file that is a folder, or lies in a file, is refused in one line', async (t) => {
  const dataFile = dataFileFor(t);
  mkdirSync(dataFile);
  assert.match((await refusal(t, dataFile)).message, /it is a folder\. Name a file/);
  const file = dataFileFor(t);
  writeFileSync(file, 'text');
  assert.match((await refusal(t, path.join(file, 'below.json'))).message, /part of its path is a file/);
  const beside = dataFileFor(t);
  writeFileSync(`${beside}.files`, 'text');
  assert.match((await refusal(t, beside)).message, /guild\.json\.files: part of its path is a file/);
});

test(
  'the guild’s file and its pictures are for their owner only, also where an earlier version left them open',
  { skip: process.platform === 'win32' && 'Windows keeps no such modes' },
  async (t) => {
    const dataFile = dataFileFor(t);
    writeFileSync(`${dataFile}.new`, 'half written', { mode: 0o644 });
    const backlot = await openForTest(t, { dataFile });
    const bot = newClient(backlot);
    const room = await (await login(bot, backlot)).channels.create({ name: 'the-floor' });
    await room.send({ files: [{ attachment: PIXEL, name: 'floor.png' }] });
    await bot.destroy();
    await backlot.close();
    const pictures = readdirSync(`${dataFile}.files`).map((name) => path.join(`${dataFile}.files`, name));
    assert.notEqual(pictures.length, 0);
    for (const file of [dataFile, ...pictures]) assert.equal(statSync(file).mode & 0o777, 0o600, file);
  },
);

/** Where this exists, every byte that is written meets a full disk. */
const FULL_DISK = '/dev/full';
const NO_FULL_DISK = existsSync(FULL_DISK) ? false : `there is no ${FULL_DISK}`;

test(
  'a full disk is told in one line at the start, and nothing half written stays',
  { skip: NO_FULL_DISK },
  async (t) => {
    const dataFile = dataFileFor(t);
    symlinkSync(FULL_DISK, `${dataFile}.new`);
    const error = await refusal(t, dataFile);
    assert.equal(error.code, 'fileUnwritable');
    assert.match(
      error.message,
      /guild\.json: the disk is full\. Make room, or name a file on another disk\.$/,
    );
  },
);

test(
  'a disk that fills while the guild runs is told once; the file stays whole',
  { skip: NO_FULL_DISK },
  async (t) => {
    const dataFile = dataFileFor(t);
    const told: Error[] = [];
    const full = Promise.withResolvers<undefined>();
    const backlot = await openForTest(t, {
      dataFile,
      onError: (error) => {
        told.push(error);
        full.resolve(undefined);
      },
    });
    const before = readFileSync(dataFile, 'utf8');
    symlinkSync(FULL_DISK, `${dataFile}.new`);
    backlot.viewer('Ann').say('general', 'lost on the way');
    await full.promise;
    assert.deepEqual(
      told.map(({ message }) => message),
      [`The backlot cannot write ${dataFile}: the disk is full. Make room, or name a file on another disk.`],
    );
    assert.equal(backlot.saveTrouble, told[0]?.message);
    assert.equal(readFileSync(dataFile, 'utf8'), before);

    // There is room again: all is written at the end at the latest.
    await backlot.close();
    assert.match(readFileSync(dataFile, 'utf8'), /lost on the way/);
    assert.equal(backlot.saveTrouble, null);
  },
);
