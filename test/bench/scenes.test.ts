import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LlamaModel } from 'node-llama-cpp';
import { askedAs, loadCatalog } from '#brain/catalog.ts';
import { ownStart, plainText, showScenes, traders } from './brain/scenes.ts';

// A model without a template is not looked at.
const model = {} as LlamaModel;
const pocket = loadCatalog().shipped?.find(({ id }) => id === 'pocket') ?? null;

test('the pocket model is asked in the prompts that it was trained on', async () => {
  const scenes = await showScenes(model, { rounds: 2, ...askedAs(pocket) });
  assert.equal(plainText(scenes.frame.opening(scenes.shared)), '');
  assert.deepEqual(
    traders.map((trader) => plainText(ownStart(scenes, trader))),
    ['Alex\n', 'Alice\n', 'Mike\n', 'Sarah\n'],
  );
  for (const trader of traders)
    assert.match(plainText(scenes.frame.turn(scenes.news(1, trader))), /^in [\w ]+\n(?:[^\n]+\n)+$/);
  assert.deepEqual(
    scenes.schema.map(({ name }) => name),
    ['trade', 'size', 'thought', 'speech', 'location'],
  );
});

test('a round that was not recorded is no round without words', async () => {
  const scenes = await showScenes(model, { rounds: 2 });
  for (const trader of traders) assert.match(scenes.news(1, trader), /\w/);
  assert.throws(() => scenes.news(2, 0), /of 2 rounds there is none with the number 2/);
});
