import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TraderGuards } from '#brain/lines/trader-guards.ts';
import type { Observation } from '#core/observation.ts';
import { content } from '#test/support/floor.ts';
import { observationsOfShows } from '../contract.ts';

const [first] = observationsOfShows(1);
assert.ok(first);
const hearing = (trader: string, said: string): Observation => ({
  ...first,
  trader,
  headlines: [],
  ownLines: [],
  company: [{ trader: 'mike', name: 'Mike', said, unanswered: true, justWalkedIn: false }],
});
const guards = (): TraderGuards =>
  new TraderGuards(
    content.cast,
    content.office.rooms,
    new Map([['alex', 'You are loud, generous and reckless']]),
  );
const may = (each: TraderGuards, observation: Observation, text: string): boolean =>
  each.for(observation)?.judge('speech', text, false) === 'fine';

test('a trader may not repeat what it was told, what it hears, and what anybody said lately', () => {
  const each = guards();
  const alex = hearing('alex', 'My cat predicted this crash.');
  assert.ok(!may(each, alex, 'I am loud, generous and reckless'));
  assert.ok(!may(each, alex, 'Well, my cat predicted this'));
  assert.ok(may(each, alex, 'The barista winked at me'));
  each.remember('sarah', { speech: 'The barista winked at me today.', thought: 'How sweet of the boy.' });
  assert.ok(!may(each, alex, 'The barista winked at me'), 'the audience reads all rooms');
  assert.ok(may(each, alex, 'How sweet of the boy'), "another's thought is not known to it");
  assert.ok(!may(each, hearing('sarah', 'Hello.'), 'How sweet of the boy'), 'its own is');
});

test('an answer is not the line turned round: three words of it in a row are too many', () => {
  const each = guards();
  const alex = hearing('alex', 'My cat predicted this crash.');
  assert.ok(!may(each, alex, 'So your cat predicted this'));
  assert.ok(may(each, alex, 'So your cat predicted it'));
  assert.ok(!each.copies(alex, { speech: 'So your cat predicted this?', thought: '' }));
});

test('three words that anybody says are no echo', () => {
  const each = guards();
  const alex = hearing('alex', 'So what do you think? I do not like it.');
  for (const text of ['Well, what do you', 'But I do not', 'And do not like'])
    assert.ok(may(each, alex, text), text);
  assert.ok(!may(each, alex, 'But I do not like'), 'four are a copy as ever');
  assert.ok(!may(each, hearing('alex', 'You think frogs are rich.'), 'So I think frogs are'));
});

test('what a member whispers on the phone is not read aloud, in a line or in a thought', () => {
  const each = guards();
  const quiet = hearing('alex', 'Hello.');
  const alex: Observation = {
    ...quiet,
    phone: { text: 'Pineapples will replace bonds by Friday', names: 'Bonds', tone: 'down' },
  };
  assert.ok(may(each, quiet, 'They say pineapples will replace bonds'));
  assert.ok(!may(each, alex, 'They say pineapples will replace bonds'));
  assert.ok(may(each, alex, 'Somebody believes in pineapples'), 'it may still speak of it');
  const heard = { speech: '', thought: 'So pineapples will replace bonds.' };
  assert.ok(each.copies(alex, heard) && !each.copies(quiet, heard));
});

test('what a trader is bidden is not read aloud; what it is bidden to speak of may be said', () => {
  const each = guards();
  const quiet = hearing('alex', 'Hello.');
  const refuses = (seen: Partial<Observation>, line: string): void => {
    assert.ok(may(each, quiet, line), line);
    assert.ok(!may(each, { ...quiet, ...seen }, line), line);
  };
  refuses({ bend: { kind: 'fall', told: 'You fell hard. Bet small.' } }, 'You fell hard, bet');
  refuses({ lookingBack: true }, 'I look into the camera and say what you make');
  const results = {
    own: { amount: 'nine hundred dollars', gained: true },
    theirs: { amount: 'two hundred dollars', gained: false },
  };
  const scene = { won: true, other: { trader: 'mike', name: 'Mike' }, ...results };
  refuses({ scene }, 'The episode is over');
  refuses({ scene }, 'Mike came last, speak of');
  assert.ok(may(each, { ...quiet, scene }, 'I made nine hundred dollars and won it'));
});

test('what was said longer ago than six rounds may come again', () => {
  const each = guards();
  const alex = hearing('alex', 'Hello.');
  each.remember('sarah', { speech: 'The barista winked at me today.', thought: '' });
  for (let turn = 0; turn < 24; turn++) each.remember('mike', { speech: `Line ${turn}.`, thought: '' });
  assert.ok(may(each, alex, 'The barista winked at me'));
});

test('two shows with one brain may have turns of one trader at the same time', () => {
  const each = guards();
  const here = each.for(hearing('alex', 'My cat predicted this crash.'));
  const there = each.for(hearing('alex', 'The moon is made of bonds.'));
  assert.equal(here?.judge('speech', 'My cat predicted this', false), 'never');
  assert.equal(there?.judge('speech', 'My cat predicted this', false), 'fine');
  assert.equal(each.for({ ...first, trader: 'nobody' }), undefined);
});

test('no third line of a hundred begins in the same way, whoever is named in it; where lines are measured, it may', () => {
  const each = guards();
  const alex = hearing('alex', 'Hello.');
  const mayBegin = (text: string): boolean =>
    each
      .for(alex, undefined, { isWornOut: (line) => each.isWornOutSoFar(line) })
      ?.judge('speech', text, false) === 'fine';
  each.remember('sarah', { speech: 'Mike is right about frogs.', thought: '' });
  assert.ok(mayBegin('Sarah is right'));
  each.remember('mike', { speech: 'Sarah is right, who knew.', thought: '' });
  assert.ok(!mayBegin('Sarah is right'));
  assert.ok(mayBegin('Sarah is wrong'));
  assert.ok(may(each, alex, 'Sarah is right'));
  for (let turn = 0; turn < 99; turn++)
    each.remember('mike', { speech: `Word${'a'.repeat(turn)} and so on.`, thought: '' });
  assert.ok(mayBegin('Sarah is right'), 'a hundred lines later');
});
