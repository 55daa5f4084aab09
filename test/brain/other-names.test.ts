import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { createLlamaBrain, type LlamaBrain } from '#brain/llama.ts';
import { OtherNames } from '#brain/other-names.ts';
import { systemText, turnText } from '#brain/prompts/prompt.ts';
import { TRADES } from '#core/vocabulary.ts';
import type { Answer } from '#show/ports/brain.ts';
import { content } from '#test/support/floor.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { silentLog } from '#test/support/theatre.ts';
import { observationsOfShows } from './contract.ts';

const WOODS = new OtherNames([
  ['Tech', 'Maple'],
  ['Crypto', 'Walnut'],
  ['Bonds', 'Birches'],
  ['Bond', 'Birch'],
]);
const THE_SAME = new OtherNames([['Tech', 'Tech']]);

const openBrain = (modelFile: string, otherNames: OtherNames | undefined): Promise<LlamaBrain> =>
  createLlamaBrain({
    modelFile,
    cast: content.cast,
    rooms: content.office.rooms,
    seed: 1,
    threads: 1,
    contextTokens: 2_048,
    otherNames,
    log: silentLog,
  });

const seen = observationsOfShows(6).slice(-8);

async function answers(modelFile: string, otherNames?: OtherNames): Promise<Answer[]> {
  const brain = await openBrain(modelFile, otherNames);
  try {
    const given: Answer[] = [];
    for (const [at, observation] of seen.entries())
      given.push(await brain.think({ id: `${at}`, observation, floor: 'a' }, new AbortController().signal));
    return given;
  } finally {
    await brain.close();
  }
}

test('nothing that a model is told holds a name that it is not to know, and mark-up stays', () => {
  const rooms = content.office.rooms.map(({ name }) => name);
  for (const persona of content.cast) {
    const { shared, persona: own } = systemText(persona, rooms);
    assert.doesNotMatch(WOODS.told(`${shared}\n${own}`), /\b(?:tech|crypto|bonds?)\b/iu);
  }
  for (const observation of seen)
    assert.doesNotMatch(WOODS.told(turnText(observation)), /\b(?:tech|crypto|bonds?)\b/iu);
  assert.equal(
    WOODS.told('Tech fell. Crypto? tech, BONDS, a bond.'),
    'Maple fell. Walnut? maple, BIRCHES, a birch.',
  );
  const marked = [{ markup: '<|Tech|>' }, 'Tech'] as const;
  assert.deepEqual(WOODS.told(marked), [{ markup: '<|Tech|>' }, 'Maple']);
});

test('whoever asks gets the names of the show, and names that are the same change nothing', async (t) => {
  const modelFile = writeRandomModel(path.join(temporaryFolder(t), 'senseless.gguf'));
  const decided = (given: readonly Answer[]) => given.map(({ decision, raw }) => ({ decision, raw }));
  const plain = await answers(modelFile);
  assert.deepEqual(decided(await answers(modelFile, THE_SAME)), decided(plain));
  const woods = await answers(modelFile, WOODS);
  assert.notDeepEqual(decided(woods), decided(plain));
  for (const { decision, raw } of woods) {
    assert.ok(TRADES.includes(decision.trade));
    assert.doesNotMatch(raw, /Maple|Walnut|Birches/u);
  }
});
