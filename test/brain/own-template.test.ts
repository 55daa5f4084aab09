import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { TemplateError } from '#brain/engine/errors.ts';
import { createLlamaBrain, type LlamaBrain } from '#brain/llama.ts';
import type { Log } from '#show/ports/clock.ts';
import { content } from '#test/support/floor.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';
import { silentLog } from '#test/support/theatre.ts';

const chatMl =
  "{%- for m in messages %}{{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{%- endfor %}" +
  "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";

let folder: string;

before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'own-template-'));
});
after(() => rmSync(folder, { recursive: true }));

async function open(
  modelFile: string,
  log: Log = silentLog,
  notice?: (line: string) => void,
): Promise<LlamaBrain> {
  return await createLlamaBrain({
    modelFile,
    cast: content.cast.slice(0, 1),
    rooms: content.office.rooms,
    seed: 1,
    threads: 1,
    contextTokens: 2_048,
    log,
    notice,
  });
}

test('a model whose template cannot be used is refused, and plays with one that lies beside it', async () => {
  const modelFile = writeRandomModel(path.join(folder, 'channels.gguf'), {
    chatTemplate: `${chatMl}{%- if add_generation_prompt %}{{- '<|channel|>analysis' }}{%- endif %}`,
  });
  await assert.rejects(open(modelFile), (error) => {
    assert.ok(error instanceof TemplateError);
    assert.match(error.message, /^channels\.gguf: .*channels\.jinja beside it\.$/);
    return true;
  });
  writeFileSync(path.join(folder, 'channels.jinja'), chatMl);
  const brain = await open(modelFile);
  assert.equal(brain.template, 'jinja');
  await brain.close();
});

test('that a base model is asked with a plain script is said once', async () => {
  const said: string[] = [];
  const log: Log = { ...silentLog, warn: (_fields, line) => void said.push(line) };
  const brain = await open(writeRandomModel(path.join(folder, 'base.gguf')), log);
  assert.equal(brain.template, 'plain');
  assert.deepEqual(
    said.map((line) => /plain script/.test(line)),
    [true],
  );
  await brain.close();
});

test('where there is a person at the terminal, it is a line for them, and none of the log', async () => {
  const lines: string[] = [];
  const log: Log = { ...silentLog, warn: (_fields, line) => assert.fail(line) };
  const modelFile = writeRandomModel(path.join(folder, 'base.gguf'));
  const brain = await open(modelFile, log, (line) => lines.push(line));
  await brain.close();
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^base\.gguf: it has no chat template and is asked with a plain script/);
});
