import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDINGS } from '#brain/prompts/wordings.ts';
import { askedOf, PROMPT_ARMS, type PromptArmName } from '#tools/lab/open-model.ts';
import { content } from '#test/support/floor.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';
import { temporaryFolder } from '#test/support/rig.ts';

/** Arms that change what is done with a model’s words, and none of those that it is told. */
const TOLD_ALIKE: PromptArmName[] = [
  'no-guard',
  'no-voice',
  'no-calibration',
  'as-on-stage',
  'no-grammar',
  'temperature-0',
  'temperature-1',
];

test('the hash of what a model is asked is another in every arm that tells it something else', (t) => {
  const model = writeRandomModel(`${temporaryFolder(t)}/any.gguf`);
  const shipped = askedOf(content, { model, arm: null });
  const told = Object.keys(PROMPT_ARMS).map((arm) => askedOf(content, { model, arm: arm as PromptArmName }));
  const hashes = new Map(Object.keys(PROMPT_ARMS).map((arm, nth) => [arm, told[nth]]));
  for (const arm of TOLD_ALIKE) {
    assert.equal(hashes.get(arm), shipped, arm);
    hashes.delete(arm);
  }
  assert.equal(new Set([...hashes.values(), shipped]).size, hashes.size + 1);
  assert.notEqual(askedOf(content, { model: 'pocket', arm: null }), shipped);
});

test('it is another when the rules or a persona read otherwise, and the same after that', (t) => {
  const model = writeRandomModel(`${temporaryFolder(t)}/any.gguf`);
  const today = askedOf(content, { model, arm: null });
  const { shipped } = WORDINGS;
  t.after(() => void Object.assign(WORDINGS, { shipped }));
  Object.assign(WORDINGS, { shipped: { ...shipped, after: [...shipped.after, 'Be brief.'] } });
  assert.notEqual(askedOf(content, { model, arm: null }), today);
  Object.assign(WORDINGS, { shipped });
  const [first, ...rest] = content.cast;
  assert.ok(first);
  const cast = [{ ...first, persona: `${first.persona} Be brief.` }, ...rest];
  assert.notEqual(askedOf({ ...content, cast }, { model, arm: null }), today);
  assert.equal(askedOf(content, { model, arm: null }), today);
});
