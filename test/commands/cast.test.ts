/** /cast over the backlot: a producer shows, adds and takes out traders, and the next season plays with them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { APIMessage } from 'discord.js';
import { loadLibrary } from '#app/content.ts';
import { openRig, type Rig } from '#test/stage/rig.ts';
import { everyLine } from './kit.ts';

const ZOE = {
  spec: 'chara_card_v2',
  data: {
    name: 'Zoe',
    description: '{{char}} sells hats. **@everyone** <@1>',
    first_mes: '"Hats, anybody?"',
    mes_example: '<START>\n{{user}}: Why Tech?\n{{char}}: "Tech fits every head."',
    tags: ['hatter'],
  },
};
const asFile = (name: string, bytes: Buffer, type = 'application/json'): string =>
  `data:${type};name=${encodeURIComponent(name)};base64,${bytes.toString('base64')}`;
const jsonFile = (json: unknown): string => asFile('zoe.json', Buffer.from(JSON.stringify(json)));

function picture(card: unknown): Buffer {
  const text = Buffer.from(`chara\0${Buffer.from(JSON.stringify(card)).toString('base64')}`, 'latin1');
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('tEXt', text), chunk('IEND', Buffer.alloc(0))]);
}

const SHORT = { episodeRounds: 2, intermissionRounds: 1, seasonEpisodes: 1 };

function openFloor(t: Parameters<typeof openRig>[0]): Promise<Rig> {
  return openRig(t, { staging: { rules: SHORT, personas: loadLibrary(null).personas } });
}

test('a card is cast from a picture, and the next season it speaks, is backed and stands on the board', async (t) => {
  const rig = await openFloor(t);
  const producer = rig.backlot.viewer('Producer');
  const ask = async (line: string, options = {}): Promise<string> =>
    everyLine(await producer.ask('green-room', line, options));

  assert.match(await ask('cast list'), /4 traders[^]*The next season has the same cast[^]*Hugo[^]*Nadia/u);
  const joined = await ask('cast add', { file: asFile('Zoe card.png', picture(ZOE), 'image/png') });
  assert.match(joined, /Zoe\*\* joins from a character card, with 1 worked turn/u);
  assert.match(joined, /From the next season on:\*\* 5 traders/u);
  assert.match(await ask('cast add', { persona: 'Nadia' }), /Nadia\*\* joins when/u);
  assert.match(await ask('cast remove', { trader: 'mike' }), /Mike\*\* leaves/u);

  await rig.play(3);
  const pool = await producer.untilMessage('betting-window', (message) => everyLine(message).includes('Zoe'));
  assert.ok(!everyLine(pool).includes('Mike'));
  const emojis = (): (string | null)[] => (reread(rig, pool).reactions ?? []).map(({ emoji }) => emoji.name);
  await producer.until(() => (emojis().length >= 5 ? true : undefined), { what: 'five reactions' });
  assert.ok(emojis().includes('🔮'));
  const ann = rig.backlot.viewer('Ann');
  assert.match((await ann.ask('the-gallery', 'bet', { trader: 'zoe', amount: '20' })).content, /20/u);

  await rig.play(4);
  const spoken = rig.show.content.office.rooms
    .flatMap(({ channel }) => producer.readChannel(channel))
    .filter(({ webhook_id: hook }) => hook !== undefined)
    .map(({ author }) => author.username);
  assert.ok(spoken.includes('Zoe'), [...new Set(spoken)].join(', '));
  assert.match(await ask('leaderboard'), /Zoe/u);
  assert.match(everyLine(await ann.ask('the-gallery', 'confess', { trader: 'Zoe' })), /Zoe/u);
  assert.ok(!JSON.stringify(producer.readChannel('the-tape')).includes('@everyone'));
});

function reread({ backlot }: Rig, { id, channel_id: channel }: APIMessage): APIMessage {
  const found = backlot
    .viewer('Producer')
    .readChannel(channel)
    .find((each) => each.id === id);
  assert.ok(found);
  return found;
}

test('a file that cannot play is refused field by field, in the language of whoever hands it in', async (t) => {
  const rig = await openFloor(t);
  const producer = rig.backlot.viewer('Producer');
  const ask = async (options: Record<string, string>): Promise<string> =>
    everyLine(await producer.ask('green-room', 'cast add', options));
  const wrong = {
    ...rig.show.content.cast[0],
    name: 'zoe!',
    homeRoom: 'cellar',
    color: 'red',
    extra: '@everyone',
  };

  const told = await ask({ file: jsonFile(wrong) });
  assert.match(told, /3 fields must be put right/u);
  assert.match(told, /`name`: must be one word/u);
  assert.match(told, /`color`: must be a colour as/u);
  assert.ok(!told.includes('@everyone'), told);
  assert.match(await ask({ file: asFile('notes.txt', Buffer.from('hello')) }), /JSON or PNG/u);
  assert.match(await ask({ file: asFile('zoe.png', Buffer.from('{"name":')) }), /not whole/u);
  assert.match(await ask({ file: asFile('zoe.json', Buffer.alloc(300_000, '{')) }), /too large/u);
  assert.match(await ask({ persona: 'nobody' }), /No persona of that name/u);
  assert.match(await ask({}), /either a `file` or/u);
  assert.equal(rig.show.casting.cast().next.length, 4);

  producer.speak('de');
  assert.match(await ask({ file: jsonFile(wrong) }), /erst 3 Felder berichtigen[^]*`name`: muss ein Wort/u);
});

test('only producers cast', async (t) => {
  const rig = await openFloor(t);
  const ann = rig.backlot.viewer('Ann');
  assert.ok(!ann.commands().some(({ name }) => name === 'cast'), 'it is not offered to members');
});
