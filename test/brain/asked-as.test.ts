import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, mock, test, type TestContext } from 'node:test';
import { askedAs, loadCatalog } from '#brain/catalog.ts';
import { resolveModel } from '#brain/download/resolve.ts';
import { Engine, type PromptText } from '#brain/engine/engine.ts';
import { Mind } from '#brain/engine/mind.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { observe } from '#core/observe.ts';
import { content, Floor } from '#test/support/floor.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';
import { silentLog } from '#test/support/theatre.ts';

/** Says nothing of thoughts: only the catalog knows how its model is kept from them. */
const mute =
  "{%- for m in messages %}{{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{%- endfor %}" +
  "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";
/** Closes a thought where it is told not to think. */
const obedient = mute.replace(
  "assistant\\n'",
  "assistant\\n' + ('<think></think>' if enable_thinking is false else '')",
);

let folder: string;

before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'asked-as-'));
});
after(() => rmSync(folder, { recursive: true }));

/** What the engine is given of a turn of a model under this file's name. */
async function given(t: TestContext, file: string, chatTemplate: string) {
  const modelFile = writeRandomModel(path.join(folder, file), { chatTemplate });
  const { entry } = resolveModel(modelFile, { modelsDir: folder, catalog: loadCatalog() });
  const minds = mock.method(Engine.prototype, 'mind');
  const answers = mock.method(Mind.prototype, 'answer');
  t.after(() => mock.restoreAll());
  const [alex] = content.cast;
  assert.ok(alex);
  const brain = await createLlamaBrain({
    modelFile,
    cast: [alex],
    rooms: content.office.rooms,
    ...askedAs(entry),
    seed: 1,
    threads: 1,
    contextTokens: 2_048,
    lines: { calibration: false },
    log: silentLog,
  });
  t.after(() => brain.close());
  const observation = observe(new Floor().state, alex.id, content);
  await brain.think({ id: `1:${alex.id}`, observation }, new AbortController().signal);
  const opened = minds.mock.calls[0]?.arguments[0];
  const asked = answers.mock.calls[0]?.arguments[0];
  assert.ok(opened && asked);
  return { fixed: shown(opened.sharedText), turn: shown(asked.text), sampler: asked.sampler };
}

const shown = (prompt: PromptText): string =>
  typeof prompt === 'string'
    ? prompt
    : prompt.map((piece) => (typeof piece === 'string' ? piece : piece.markup)).join('');

test("a row's sampler, and its words against thinking, reach the engine", async (t) => {
  const { fixed, sampler } = await given(t, 'HuggingFaceTB_SmolLM3-3B-Q4_K_M.gguf', mute);
  assert.match(fixed, /^<\|im_start\|>system\n\/no_think\n/);
  const { temperature, topP, topK, minP, repetition } = sampler;
  assert.deepEqual(
    { temperature, topP, topK, minP, penalty: repetition?.penalty },
    { temperature: 0.6, topP: 0.95, topK: undefined, minP: undefined, penalty: 1.15 },
  );
});

test('a row whose model does not think leaves its template as it is', async (t) => {
  const { turn, sampler } = await given(t, 'SmolLM2-135M-Instruct.Q4_1.gguf', obedient);
  assert.match(turn, /<\|im_start\|>assistant\n$/);
  assert.deepEqual([sampler.temperature, sampler.topP, sampler.topK], [0.2, 0.9, undefined]);
});

test("another quantisation gets the same: the argument of its template, and the row's sampler", async (t) => {
  const { turn, sampler } = await given(t, 'Qwen3-0.6B-Q4_K_M.gguf', obedient);
  assert.match(turn, /assistant\n<think><\/think>$/);
  assert.deepEqual([sampler.temperature, sampler.topP, sampler.topK], [0.7, 0.8, 20]);
});
