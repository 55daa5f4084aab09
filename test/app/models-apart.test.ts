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

interface Machine {
  gpu?: string;
  model?: string;
  /** What its process says of the device on which it computes; null where it does not come to that. */
  onGpu?: boolean | null;
  /** How it ends where it is told to abort. */
  end?: string;
}

/** @param abortsAt the message at which a process that was not opened without a GPU aborts */
function opened(
  t: TestContext,
  abortsAt: 'open' | 'think',
  { gpu = 'auto', model = 'any.gguf', onGpu = true, end = 'process.abort()' }: Machine = {},
) {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'process.mjs');
  writeFileSync(path.join(folder, 'any.gguf'), '');
  writeFileSync(
    file,
    `let gpu;
     process.on('disconnect', () => process.exit());
     process.on('message', ({ type, opening }) => {
       gpu = opening?.settings.gpu ?? gpu;
       if (type === 'open' && ${onGpu} !== null) process.send({ type: 'computes', onGpu: gpu !== 'off' && ${onGpu} });
       if (type === '${abortsAt}' && gpu !== 'off') ${end};
       if (type === 'open') process.send({ type: 'opened', label: 'on ' + gpu, leftOut: new Set() });
       if (type === 'close') process.exit();
     });`,
  );
  const read = readSettings(['--brain', 'llama', '--gpu', gpu], {});
  assert.ok(read.ok === true);
  const said: string[] = [];
  const warned: string[] = [];
  const open = openModelApart(
    {
      settings: read.settings,
      content,
      log: { ...silentLog, warn: (_details, line) => warned.push(line) },
      say: (line) => said.push(line),
      signal: new AbortController().signal,
    },
    model === 'any.gguf' ? path.join(folder, model) : model,
    () => fork(file, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
  );
  t.after(async () => {
    const [outcome] = await Promise.allSettled([open]);
    if (outcome.status === 'fulfilled') await outcome.value.close();
  });
  return { open, said, warned };
}

test('a model whose process aborts on the GPU as it is opened computes on the processor, and one line says so', async (t) => {
  const { open, said, warned } = opened(t, 'open');
  assert.equal((await open).label, 'on off');
  assert.deepEqual(said, [
    'GPU=auto failed: the process that thinks ended by SIGABRT. The processor computes; GPU=off asks for that.',
  ]);
  assert.deepEqual(warned, said);
});

test('one that aborts at its first turn comes back on the processor', async (t) => {
  const { open, said } = opened(t, 'think', { gpu: 'cuda' });
  const brain = await open;
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

for (const onGpu of [false, null])
  test(`no GPU is blamed for an abort where ${onGpu === null ? 'none was asked for by name and none is known of' : 'the processor computes'}`, async (t) => {
    const { open, said, warned } = opened(t, 'open', { onGpu });
    await assert.rejects(open, /the process that thinks ended by SIGABRT while it opened the model/);
    assert.deepEqual([said, warned], [[], []]);
  });

test('a GPU that was asked for by name is blamed before it is known what computes', async (t) => {
  const { open, said } = opened(t, 'open', { gpu: 'vulkan', onGpu: null });
  assert.equal((await open).label, 'on off');
  assert.match(said[0] ?? '', /^GPU=vulkan failed: /);
});

test('an abort that Windows tells by an exit code is one, and an end in order is none', async (t) => {
  const aborts = opened(t, 'open', { end: 'process.exit(134)' });
  assert.equal((await aborts.open).label, 'on off');
  const ends = opened(t, 'open', { end: 'process.exit(1)' });
  await assert.rejects(ends.open, /ended with exit code 1 while it opened the model/);
  assert.deepEqual(ends.said, []);
});

test('the model that ships is opened without a GPU from the first', async (t) => {
  const { open, said } = opened(t, 'open', { model: 'pocket' });
  assert.deepEqual([(await open).label, said], ['on off', []]);
});
