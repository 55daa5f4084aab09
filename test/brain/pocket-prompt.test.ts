import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compactText, MOODS, moodOf } from '#brain/prompts/compact.ts';
import { THOUGHT_MAX, SPEECH_MAX } from '#core/decision.ts';
import { samples } from '#test/pocket/corpus.ts';
import { SUBJECTS } from '#test/pocket/headlines.ts';
import { expansions } from '#core/script.ts';
import { phrasesOf } from '#test/pocket/script.ts';
import { content } from '#test/support/floor.ts';
import { observations } from '#test/support/observations.ts';

const TURNS = 2_000;
const corpus = samples(7).take(TURNS).toArray();

test('a prompt of the corpus tells all that its trade, size and walk depend on', () => {
  const decided = new Map<string, string>();
  for (const { observation, prompt, decision } of corpus) {
    const { trade, size, location } = decision;
    const key = `${observation.name}\n${prompt}`;
    const answer = `${trade} ${size} ${location}`;
    assert.equal(decided.get(key) ?? answer, answer, key);
    decided.set(key, answer);
  }
  assert.ok(decided.size > TURNS / 3);
});

test('the corpus keeps to the limits of an answer and names only traders who are there or of whom something is remembered', () => {
  for (const { observation, decision } of corpus) {
    assert.ok(decision.thought.length <= THOUGHT_MAX && decision.speech.length <= SPEECH_MAX);
    const remembered = (observation.facts ?? []).flatMap(({ about, by }) => [
      about?.name ?? '',
      by?.name ?? '',
    ]);
    const here = [...observation.company.map(({ name }) => name), ...observation.justLeft, ...remembered];
    const present = new Set([observation.name, ...here]);
    for (const { name } of content.cast)
      if (!present.has(name)) assert.doesNotMatch(decision.speech, new RegExp(`\\b${name}\\b`));
  }
});

test('in the corpus a trader now and then says one thing and does another', () => {
  const two = corpus.filter(
    ({ decision }) =>
      /\b(Tech|Crypto|Bonds)\b/.test(decision.speech) &&
      decision.trade !== 'Hold' &&
      !decision.speech.includes(decision.trade),
  );
  assert.ok(two.length > TURNS / 100, `${two.length}`);
});

test('a compact prompt is a few short lines, and no text that people wrote adds a line', () => {
  fc.assert(
    fc.property(observations(content), fc.constantFrom(...MOODS), (observation, mood) => {
      const persona = content.cast.find(({ id }) => id === observation.trader);
      assert.ok(persona);
      const prompt = compactText(observation, persona, mood, SUBJECTS);
      const lines = prompt.split('\n');
      assert.equal(lines.pop(), '');
      assert.ok(lines.length <= 12, prompt);
      assert.ok(!prompt.includes('"'));
      assert.match(lines[0] ?? '', new RegExp(`^in ${observation.roomName} ${mood.word}$`));
      for (const other of observation.company) assert.ok(prompt.includes(other.name));
    }),
    { numRuns: 200 },
  );
});

test('a turn always has the same mood, and every mood comes up', () => {
  assert.equal(moodOf('1:alice'), moodOf('1:alice'));
  const words = new Set(Array.from({ length: 200 }, (_, turn) => moodOf(`${turn}:alice`).word));
  assert.equal(words.size, MOODS.length);
});

test('a phrase with choices makes as many sentences as its choices multiply to', () => {
  assert.deepEqual(expansions('[a|b] {name}[!|?]'), ['a {name}!', 'a {name}?', 'b {name}!', 'b {name}?']);
});

test('every sentence of every phrase fits into an answer, names nobody in the cast and leaves no choice open', () => {
  const longest = {
    '{instrument}': 'Crypto',
    '{name}': 'Sarah',
    '{move}': 'a touch',
    '{gain}': 'a fair bit',
  };
  for (const { id } of content.cast) {
    const others = content.cast.filter((persona) => persona.id !== id).map(({ name }) => name);
    const foreign = new RegExp(`[[\\]|#"]|\\b(?:${others.join('|')})\\b`);
    const { says, thinks } = phrasesOf(id);
    for (const [bank, most] of [[says, SPEECH_MAX] as const, [thinks, THOUGHT_MAX] as const]) {
      for (const sentence of Object.values(bank).flat().flatMap(expansions)) {
        const filled = Object.entries(longest).reduce(
          (text, [slot, word]) => text.replaceAll(slot, word),
          sentence,
        );
        assert.ok(filled.length <= most, `${id}: ${filled}`);
        assert.doesNotMatch(sentence, foreign, `${id}: ${sentence}`);
      }
    }
  }
});

test('a model gets the prompt that it was trained on: with a memory of the floor, or as it was before', () => {
  const seen = corpus.find(({ observation }) => observation.facts?.some(({ kind }) => kind === 'mocked'));
  const { observation } = seen ?? assert.fail('nobody was mocked in the corpus');
  const persona = content.cast.find(({ id }) => id === observation.trader) ?? assert.fail();
  const prompt = (edition: 1 | 2, changes = {}) =>
    compactText({ ...observation, ...changes }, persona, moodOf('1:alice'), SUBJECTS, edition);
  assert.match(
    prompt(2),
    /\nmemory mocked (?:me|mine|they) (?:fresh|old) (?:told )?of [A-Z]\w+ by [A-Z]\w+\n/,
  );
  assert.equal(prompt(1), prompt(1, { facts: [] }));
  assert.equal(prompt(2, { facts: [], company: [] }), prompt(1, { company: [] }));
  const company = [
    { trader: 'alex', name: 'Alex', said: null, unanswered: false, justWalkedIn: false, feeling: -3 },
    { trader: 'mike', name: 'Mike', said: null, unanswered: false, justWalkedIn: true, feeling: 2 },
  ];
  assert.match(prompt(2, { company }), /\nhere Alex grudge Mike new liked\n/);
  assert.match(prompt(1, { company }), /\nhere Alex Mike new\n/);
});

test('in the corpus what is remembered is spoken of', () => {
  const told = corpus.filter(({ observation, decision }) =>
    (observation.facts ?? []).some(({ amount }) => amount !== null && decision.speech.includes(amount)),
  );
  assert.ok(told.length > TURNS / 100, `${told.length}`);
});
