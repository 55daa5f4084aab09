import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineGuard } from '#brain/lines/line-guard.ts';
import { unheardOf } from '#brain/lines/unheard-of.ts';
import type { Observation } from '#core/observation.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import { content } from '#test/support/floor.ts';
import { observationsOfShows } from '../contract.ts';

const [first] = observationsOfShows(1);
assert.ok(first);
const bankruptcy: SeenFact = {
  kind: 'bankruptcy',
  part: 'they',
  about: { trader: 'alex', name: 'Alex' },
  by: null,
  instrument: null,
  amount: null,
  move: null,
  rose: false,
  count: null,
  roundsAgo: 1,
  fresh: true,
  toldAgo: null,
};
const mike = (facts: SeenFact[]): Observation => ({
  ...first,
  trader: 'mike',
  name: 'Mike',
  facts,
  company: [{ trader: 'alex', name: 'Alex', said: null, unanswered: false, justWalkedIn: false }],
});
const may = (seen: Observation, field: string, text: string): boolean =>
  new LineGuard(() => false, { isUnheardOf: unheardOf(seen, content.cast) }).judge(field, text, false) ===
  'fine';

test('a model may not make up that somebody is ruined, was bailed out or leads; of what it knows, it may speak', () => {
  for (const text of [
    'Alex is bankrupt',
    'You were margin-called',
    'I took the lead',
    'They bailed Sarah out',
  ])
    assert.ok(!may(mike([]), 'speech', text), text);
  assert.ok(may(mike([bankruptcy]), 'speech', 'Alex is bankrupt'));
  assert.ok(may(mike([bankruptcy]), 'speech', 'You went bankrupt'), 'the only one who hears it');
  assert.ok(!may(mike([bankruptcy]), 'speech', 'Sarah is bankrupt'));
});

test('a trader may answer who told it so, and an intern knows what it is', () => {
  const told = mike([]);
  const [alex] = told.company;
  assert.ok(alex);
  const hears: Observation = { ...told, company: [{ ...alex, said: 'I took the lead!' }] };
  assert.ok(may(hears, 'speech', 'You took the lead'));
  assert.ok(!may(hears, 'speech', 'Sarah took the lead'));
  assert.ok(may({ ...told, standing: 'intern' }, 'speech', 'I went bankrupt'));
});

test('what is foretold or denied is no news, and a thought may be wrong', () => {
  for (const text of ['You will be bankrupt', 'I am not bankrupt', 'What chaos', 'Sell the crash'])
    assert.ok(may(mike([]), 'speech', text), text);
  assert.ok(may(mike([]), 'thought', 'Alex is bankrupt'));
});
