import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationCommandOptionType as Type } from 'discord.js';

/** The page is JavaScript: its types are in its comments. */
const page: string = import.meta.resolve('#backlot/page/slash.js');
const { leavesOf, toCall } = (await import(page)) as {
  leavesOf: (commands: readonly object[]) => readonly object[];
  toCall: (line: string, leaves: readonly object[], lists: () => []) => unknown;
};

const option = (name: string, type: Type, required: boolean): object => ({
  name,
  description: name,
  type,
  required,
});

const commands = [
  {
    name: 'bet',
    description: 'Stakes chips',
    type: 1,
    options: [option('trader', Type.String, true), option('amount', Type.Integer, true)],
  },
  {
    name: 'whisper',
    description: 'Whispers',
    type: 1,
    options: [
      { ...option('trader', Type.String, true), autocomplete: true },
      option('tip', Type.String, true),
    ],
  },
  {
    name: 'cast',
    description: 'Casts',
    type: 1,
    options: [option('file', Type.Attachment, false), option('persona', Type.String, false)],
  },
  {
    name: 'setup',
    description: 'Sets up',
    type: 1,
    options: [
      option('producer-role', Type.Role, false),
      { ...option('language', Type.String, false), autocomplete: true },
    ],
  },
  { name: 'say', description: 'Says it', type: 1, options: [option('text', Type.String, true)] },
];

const sent = (line: string): unknown => toCall(line, leavesOf(commands), () => []);

test('values without their names go to the options in order: words to the first, a number at the end to the next', () => {
  const wanted = { name: 'bet', options: { trader: 'alex', amount: '75' } };
  for (const line of ['/bet alex 75', '/bet trader:alex amount:75', '/bet alex amount:75', '/bet  alex  75 '])
    assert.deepEqual(sent(line), wanted, line);
  assert.deepEqual(sent('/bet Old Alex 75'), { name: 'bet', options: { trader: 'Old Alex', amount: '75' } });
  assert.deepEqual(
    sent('/say it 75'),
    { name: 'say', options: { text: 'it 75' } },
    'no number is wanted there',
  );
  assert.deepEqual(sent('/bet 75'), { error: '/bet needs amount: amount' });
});

test('behind a name off a list comes the text that is needed; what cannot be typed gets nothing', () => {
  const wanted = { name: 'whisper', options: { trader: 'alice', tip: 'Sell Crypto' } };
  for (const line of ['/whisper alice Sell Crypto', '/whisper alice tip:Sell Crypto'])
    assert.deepEqual(sent(line), wanted, line);
  assert.deepEqual(sent('/whisper alice'), { error: '/whisper needs tip: tip' });
  assert.deepEqual(sent('/cast hugo'), { name: 'cast', options: { persona: 'hugo' } });
});

test('an option’s name in front is its name, colon or not; where any text may stand it is text', () => {
  const german = { name: 'setup', options: { language: 'German' } };
  for (const line of ['/setup language:German', '/setup language German', '/setup Language  German '])
    assert.deepEqual(sent(line), german, line);
  const both = { name: 'setup', options: { 'producer-role': 'Crew', language: 'German' } };
  for (const line of ['/setup Crew language:German', '/setup producer-role Crew language:German'])
    assert.deepEqual(sent(line), both, line);
  assert.deepEqual(sent('/whisper trader alice Sell Crypto'), {
    name: 'whisper',
    options: { trader: 'alice', tip: 'Sell Crypto' },
  });
  assert.deepEqual(sent('/setup language'), { name: 'setup', options: { 'producer-role': 'language' } });
  assert.deepEqual(sent('/say text is cheap'), { name: 'say', options: { text: 'text is cheap' } });
});
