import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PLAIN_FRAME } from '#brain/engine/template.ts';
import { TraderGuards } from '#brain/lines/trader-guards.ts';
import { Minds } from '#brain/minds/minds.ts';
import { think } from '#brain/model-turn.ts';
import { DECISION_KEYS } from '#core/decision.ts';
import { content } from '#test/support/floor.ts';
import { observationsOfShows } from './contract.ts';

const [observation] = observationsOfShows(1);
assert.ok(observation);
const { cast, office } = content;

/** What is said aloud of a line that a model wrote. */
async function said(speech: string, cut: readonly string[]): Promise<string> {
  assert.ok(observation);
  const minds = new Minds();
  minds.add(observation.trader, {
    id: observation.trader,
    answer: async () => ({
      json: '{}',
      fields: { thought: 'So be it.', trade: 'Hold', size: 'Small', speech, location: 'News Room' },
      cut,
      tokens: { evaluated: 0, forced: 0, sampled: 0 },
      milliseconds: 0,
    }),
    write: () => Promise.reject(new Error('nobody asked for it')),
  });
  const { decision } = await think({ id: '1:a', observation }, new AbortController().signal, {
    cast,
    rooms: office.rooms,
    seed: 1,
    keyOrder: DECISION_KEYS,
    frame: PLAIN_FRAME,
    shown: new Map(),
    minds,
    guards: new TraderGuards(cast, office.rooms, new Map()),
    voices: null,
    choices: null,
    memory: false,
    look: false,
    grammar: true,
  });
  return decision.speech;
}

test('a line whose tokens were spent is cut back, however short it is; one that its speaker ended is not, however long', async () => {
  const short = 'I will sell it as soon as the be';
  assert.equal(await said(short, ['speech']), 'I will sell it as soon as the…');
  assert.equal(await said(short, ['thought']), 'I will sell it as soon as the be.');
  const long = `${'Sell, sell and sell, '.repeat(6)}my dear Mike`;
  assert.ok(long.length > 130 && long.length < 140);
  assert.equal(await said(long, []), `${long}.`);
});
