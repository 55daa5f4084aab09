import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LlamaModel, Token } from 'node-llama-cpp';
import { prefixOf } from '#brain/asking.ts';
import { enoughTokens } from '#brain/context-size.ts';
import { PLAIN_FRAME } from '#brain/engine/template.ts';
import { allWorkedTurns } from '#brain/prompts/examples.ts';
import { DECISION_KEYS } from '#core/decision.ts';
import { content } from '#test/support/floor.ts';

const floor = { cast: content.cast, rooms: content.office.rooms };

function neededWith(charactersAToken: number): number {
  const tokenize = (text: string): Token[] =>
    Array.from({ length: Math.ceil(text.length / charactersAToken) }, () => 0 as Token);
  const asking = {
    ...floor,
    seed: 1,
    keyOrder: DECISION_KEYS,
    frame: PLAIN_FRAME,
    shown: allWorkedTurns(floor, DECISION_KEYS),
  };
  return enoughTokens(
    { tokenize } as unknown as LlamaModel,
    content.cast.map((persona) => prefixOf(persona, asking)),
  );
}

test('what a trader needs is counted in the vocabulary of the model, in steps of what llama.cpp holds', () => {
  assert.equal(neededWith(3.9), 768);
  assert.equal(neededWith(3), 1_024);
  assert.equal(neededWith(1), 2_816);
});
