/** A model's process that aborts on a GPU, as llama.cpp does where a driver fails. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { openModelApart } from '#app/models/apart-model.ts';
import { readSettings } from '#app/settings.ts';
import { observe } from '#core/observe.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { content, Floor } from '#test/support/floor.ts';
import { until } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { silentLog } from '#test/support/theatre.ts';

/** @param abortsAt the message at which a process that was not opened without a GPU aborts */
async function opened(t: TestContext, abortsAt: 'open' | 'think', { gpu = 'auto', model = 'any.gguf' } = {}) {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'process.mjs');
  writeFileSync(path.join(folder, 'any.gguf'), '');
  writeFileSync(
    file,
    `let gpu;
     process.on('disconnect', () => process.exit());
     process.on('message', ({ type, opening }) => {
       gpu = opening?.settings.gpu ?? gpu;
       if (type === '${abortsAt}' && gpu !== 'off') process.abort();
       if (type === 'open') process.send({ type: 'opened', label: 'on ' + gpu, leftOut: new Set() });
       if (type === 'close') process.exit();
     });`,
  );
  const read = readSettings(['--brain', 'llama', '--gpu', gpu], {});
  assert.ok(read.ok === true);
  const said: string[] = [];
  const brain = await openModelApart(
    {
      settings: read.settings,
      content,
      log: silentLog,
      say: (line) => said.push(line),
      signal: new AbortController().signal,
    },
    model === 'any.gguf' ? path.join(folder, model) : model,
    () => fork(file, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
  );
  t.after(() => brain.close());
  return { brain, said };
}

test('a model whose process aborts on the GPU as it is opened computes on the processor, and one line says so', async (t) => {
  const { brain, said } = await opened(t, 'open');
  assert.equal(brain.label, 'on off');
  assert.deepEqual(said, [
    'GPU=auto failed: the process that thinks ended by SIGABRT. The processor computes; GPU=off asks for that.',
  ]);
});

test('one that aborts at its first turn comes back on the processor', async (t) => {
  const { brain, said } = await opened(t, 'think', { gpu: 'cuda' });
  assert.equal(brain.label, 'on cuda');
  const observation = observe(new Floor().state, content.cast[0]?.id ?? '', content);
  await assert.rejects(
    brain.think({ id: '1', observation }, new AbortController().signal),
    (error) => error instanceof FumbleError && error.code === 'engine_error',
  );
  await until(() => brain.stoppedBy === null);
  assert.equal(brain.label, 'on off');
  assert.deepEqual(said.length, 1);
});

test('the model that ships is opened without a GPU from the first', async (t) => {
  const { brain, said } = await opened(t, 'open', { model: 'pocket' });
  assert.deepEqual([brain.label, said], ['on off', []]);
});
