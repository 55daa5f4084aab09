/** What is taken away of an observation is gone whole, whoever asks again without it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foundShow } from '#core/founding.ts';
import { apply } from '#core/apply.ts';
import { observe } from '#core/observe.ts';
import type { Observation } from '#core/observation.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import { has, without } from '#core/without.ts';
import { content } from '#test/support/floor.ts';

test('without the floor’s memory nobody knows of a feud either', () => {
  const { state } = apply(foundShow(1, DEFAULT_RULES, content), { type: 'openRound' }, content);
  const seen: Observation = {
    ...observe(state, 'alice', content),
    bonds: [{ trader: 'alex', name: 'Alex', kind: 'feud', way: 'seek', room: null }],
  };
  assert.ok(has(seen, 'memory'));
  assert.equal(has(without(seen, 'memory'), 'memory'), false);
});
