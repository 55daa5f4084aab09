/** What a model writes when nothing holds it to a form. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { getLlama, LlamaCompletion, LlamaLogLevel } from 'node-llama-cpp';
import { openEngine, type Engine } from '#brain/engine/engine.ts';
import { PromptTooLongError } from '#brain/engine/errors.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

let folder: string;
let modelFile: string;
let engine: Engine;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'free-text-'));
  modelFile = writeRandomModel(path.join(folder, 'chars.gguf'), {
    change: { vocabulary: 'chars', layers: 1 },
  });
  engine = await openEngine({ modelFile, sequences: 2, contextTokensPerSequence: 256, threads: 1 });
});

after(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

test('at temperature 0 it is what the library writes by itself, also after an answer under a schema', async () => {
  const mind = await engine.mind({ id: 'Alex', sharedText: 'You-trade.', personaText: 'You-are-Alex.' });
  const sampler = { temperature: 0, seed: 1 };
  const request = { text: 'Go:', sampler, maxTokens: 30 };
  const { text, cut, tokens } = await mind.write(request);
  assert.ok(cut);
  assert.equal(tokens.sampled, 30);
  assert.equal(text, await byTheLibrary('You-trade.You-are-Alex.Go:', 30));
  await mind.answer({ text: 'Go:', schema: [{ name: 'trade', kind: 'enum', values: ['a', 'b'] }], sampler });
  assert.equal((await mind.write(request)).text, text);
});

test('it ends where the model ends', async () => {
  // Tokens that are all about as likely: the end of generation is met sooner or later.
  const even = writeRandomModel(path.join(folder, 'even.gguf'), {
    change: { vocabulary: 'bytes', logitSpread: 0.1 },
  });
  const other = await openEngine({
    modelFile: even,
    sequences: 1,
    contextTokensPerSequence: 2_048,
    threads: 1,
  });
  try {
    const mind = await other.mind({ id: 'Alex', sharedText: 'Go.', personaText: 'Alex' });
    const { text, cut, tokens } = await mind.write({
      text: ' Go. ',
      sampler: { temperature: 1, topK: 0, seed: 3 },
      maxTokens: 1_800,
    });
    assert.equal(cut, false);
    assert.ok(tokens.sampled < 1_800);
    assert.doesNotMatch(text, /im_end/);
  } finally {
    await other.close();
  }
});

test('what does not fit is refused, and what is called off ends', async () => {
  const mind = await engine.mind({ id: 'Mike', sharedText: 'You-trade.', personaText: 'You-are-Mike.' });
  const sampler = { temperature: 0, seed: 1 };
  await assert.rejects(mind.write({ text: 'Go:', sampler, maxTokens: 512 }), PromptTooLongError);
  const off = AbortSignal.abort(new Error('enough'));
  await assert.rejects(mind.write({ text: 'Go:', sampler, maxTokens: 9, signal: off }), /called off/);
});

async function byTheLibrary(prompt: string, maxTokens: number): Promise<string> {
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: modelFile, gpuLayers: 0 });
  const context = await model.createContext({ contextSize: 256, threads: 1 });
  try {
    const completion = new LlamaCompletion({ contextSequence: context.getSequence() });
    return await completion.generateCompletion(prompt, { maxTokens, temperature: 0 });
  } finally {
    await llama.dispose();
  }
}
