import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LlamaModel } from 'node-llama-cpp';
import { showScenes, traders } from './brain/scenes.ts';

// A model without a template is not looked at.
const model = {} as LlamaModel;

test('a round that was not recorded is no round without words', async () => {
  const scenes = await showScenes(model, { rounds: 2 });
  for (const trader of traders) assert.match(scenes.news(1, trader), /\w/);
  assert.throws(() => scenes.news(2, 0), /of 2 rounds there is none with the number 2/);
});
