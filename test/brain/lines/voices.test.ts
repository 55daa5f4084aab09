import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Favour, spellingsOf } from '#brain/engine/answer/favour.ts';
import { Voices } from '#brain/lines/voices.ts';
import { neutralTurns } from '#brain/choices/habits.ts';
import { content } from '#test/support/floor.ts';

const { cast, office } = content;
const voices = new Voices(cast, office.rooms);

function seenBy(id: string, said: string | null, ownLines: readonly string[] = []) {
  const persona = cast.find((each) => each.id === id) ?? assert.fail();
  const [neutral] = neutralTurns(persona, office.rooms);
  const sarah = { trader: 'sarah', name: 'Sarah', said, unanswered: true, justWalkedIn: false };
  return { ...(neutral?.observation ?? assert.fail()), company: said === null ? [] : [sarah], ownLines };
}

const wordsFor = (...about: Parameters<typeof seenBy>) => voices.for(seenBy(...about))['speech'] ?? new Map();

test('each trader has words of its own, which are no names and not the words of another', () => {
  for (const { id } of cast) {
    const words = wordsFor(id, null);
    assert.ok(words.size >= 40, `${id}: ${words.size}`);
    for (const other of cast.filter((each) => each.id !== id)) {
      const shared = [...words.keys()].filter((word) => wordsFor(other.id, null).has(word));
      assert.ok(shared.length <= words.size / 10, `${id} and ${other.id} share ${shared.join(' ')}`);
    }
    for (const name of ['alex', 'sarah', 'tech', 'crypto', 'coffee'])
      assert.ok(!words.has(name), `${id}: ${name}`);
  }
  assert.ok(wordsFor('alex', null).has('moon'));
});

test('a persona without phrase banks or examples still has the words of its description', () => {
  const plain = cast.map((persona) =>
    persona.id === 'mike' ? { ...persona, script: undefined, examples: undefined } : persona,
  );
  const words = new Voices(plain, office.rooms).for(seenBy('mike', null))['speech'] ?? assert.fail();
  assert.ok(words.size >= 5 && words.has('breathlessly'));
});

test('the line that waits for an answer lends its words; what the trader said lately is not favoured again', () => {
  const heard = wordsFor('alex', 'The printer ate my bonus, Alex.');
  assert.ok(heard.has('printer') && heard.has('bonus') && !heard.has('the') && !heard.has('alex'));
  const tired = wordsFor('alex', 'The printer ate my bonus, Alex.', ['To the moon with that printer!']);
  assert.ok(!tired.has('moon') && !tired.has('printer') && tired.has('bonus'));
});

test('a favoured word of several tokens is favoured to its end, and one that begins like anything is left out', () => {
  // A vocabulary that writes "buttercup" in three tokens, and all else letter by letter.
  const tokens = new Map([
    [' butter', 1],
    ['cu', 2],
    ['p', 3],
  ]);
  const tokenize = (text: string): number[] =>
    text.toLowerCase() === ' buttercup' && text.startsWith(' b')
      ? [1, 2, 3]
      : Array.from(text, (_, at) => 100 + at);
  const letters = (token: number): number =>
    [...tokens].find(([, id]) => id === token)?.[0].trim().length ?? 1;
  const favour = new Favour(new Map([['buttercup', 2]]), (word) => spellingsOf(word, tokenize, letters));
  assert.deepEqual(favour.biases([9]), [[1, 2]]);
  assert.deepEqual(favour.biases([9, 1]), [[2, 3]]);
  assert.deepEqual(favour.biases([9, 1, 2]), [[3, 3]]);
  assert.deepEqual(favour.biases([9, 1, 2, 3]), [[1, 2]], 'the word is said');
  assert.deepEqual(
    new Favour(new Map([['zebra', 2]]), (word) => spellingsOf(word, tokenize, letters)).biases([9]),
    [],
  );
});

test('a line begins as the model wants, and no more than three of its words are favoured', () => {
  const favour = new Favour(new Map([['tulip', 2]]), () => [[1]]);
  assert.deepEqual(favour.biases([]), []);
  assert.deepEqual(favour.biases([77]), [[1, 2]]);
  assert.deepEqual(favour.biases([77, 1, 78]), [[1, 2]]);
  assert.deepEqual(favour.biases([77, 1, 78, 1, 79, 1, 80]), []);
});

test('a thought may well be of what the news is about and of what moved most; a shut market moves nothing', () => {
  const [neutral] = neutralTurns(content.cast[0] ?? assert.fail(), office.rooms);
  const quiet = neutral?.observation ?? assert.fail();
  const prices = quiet.prices.map((price) => ({
    ...price,
    roundBps: { Tech: 30, Crypto: -420, Bonds: 60 }[price.instrument],
  }));
  const news = {
    text: 'Printer union strikes over toner',
    source: 'wire',
    names: 'Bonds',
    tone: 'down',
    round: 0,
  } as const;
  const thoughts = (seen: Partial<typeof quiet>): string[] => [
    ...(voices.for({ ...quiet, ...seen })['thought'] ?? assert.fail()).keys(),
  ];
  assert.deepEqual(thoughts({}), []);
  assert.deepEqual(thoughts({ prices }), ['Crypto']);
  assert.deepEqual(thoughts({ prices, headlines: [news] }), [
    'printer',
    'union',
    'strikes',
    'toner',
    'Bonds',
    'Crypto',
  ]);
  assert.deepEqual(thoughts({ prices, phase: 'intermission' }), []);
});
