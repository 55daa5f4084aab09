import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { modelTable, type ListedOn } from '#app/models/list.ts';
import { readSettings } from '#app/settings.ts';
import { loadCatalog } from '#brain/catalog.ts';
import type { Speed } from '#brain/speeds.ts';

const catalog = loadCatalog();

async function machine(t: TestContext, has: Partial<ListedOn> = {}): Promise<ListedOn> {
  const modelsDir = await mkdtemp(path.join(os.tmpdir(), 'listed-'));
  t.after(() => rm(modelsDir, { recursive: true }));
  return {
    shippedDir: modelsDir,
    modelsDir,
    speeds: [],
    availableMemoryBytes: 16e9,
    traders: 4,
    threads: undefined,
    gpu: 'auto',
    ...has,
  };
}

function lineOf(table: string, id: string): string {
  return (
    table.split('\n').find((line) => line.slice(2).startsWith(`${id} `)) ?? assert.fail(`no line of ${id}`)
  );
}

test('--models asks for the list, without a value', () => {
  const asked = { threads: 1, gpu: 'auto', modelsDir: undefined };
  assert.deepEqual(readSettings(['--models'], { THREADS: '1' }), { ok: 'models', asked });
  const bad = readSettings(['--models=all'], {});
  assert.ok(bad.ok === false);
  assert.deepEqual(bad.complaints, ['flag --models: takes no value; give --models']);
});

test('every known model has a line of at most 100 columns, the smallest first', async (t) => {
  const lines = modelTable(catalog, await machine(t)).split('\n');
  assert.ok(lines.every((line) => line.length <= 100 || !/\d MB/.test(line)));
  const sizes = lines
    .flatMap((line) => /~?([\d,]+) MB/.exec(line)?.[1]?.replaceAll(',', '') ?? [])
    .map(Number);
  assert.equal(sizes.length, catalog.models.length + (catalog.shipped?.length ?? 0));
  assert.deepEqual(
    sizes,
    sizes.toSorted((one, other) => one - other),
  );
});

test('a line says download, memory, licence and what it is good for; a length that nobody stated is marked', async (t) => {
  const table = modelTable(catalog, await machine(t));
  assert.match(lineOf(table, 'gemma-3-1b'), / 806 MB +~1\.5 GB +unknown Gemma Terms of Use +two cores/);
  assert.match(lineOf(table, 'granite-4.0-micro'), /~2,100 MB/);
});

test('what is on this disk and what does not fit into the free memory is marked', async (t) => {
  const on = await machine(t, { availableMemoryBytes: 2e9 });
  const known = catalog.models.find((entry) => entry.id === 'smollm2-135m');
  assert.ok(known?.bytes);
  const file = path.join(on.modelsDir, known.file);
  await writeFile(file, '');
  await truncate(file, known.bytes);
  const table = modelTable(catalog, on);
  assert.match(lineOf(table, 'smollm2-135m'), /^\* /);
  assert.match(lineOf(table, 'lfm2.5-230m'), /^ {2}/);
  assert.match(lineOf(table, 'gemma-4-e2b'), /^! /);
  assert.match(table, /^\* on this disk +! needs more memory than the 2\.0 GB that are free/m);
});

test('what a model needs is more than its file says where its cache takes much for each token', async (t) => {
  const table = modelTable(catalog, await machine(t, { availableMemoryBytes: 1.7e9 }));
  // Of 639 MB, and as large a cache.
  assert.match(lineOf(table, 'qwen3-0.6b'), /^! .*~1\.7 GB/);
  // Of 806 MB, with a small one.
  assert.match(lineOf(table, 'gemma-3-1b'), /^ {2}.*~1\.5 GB/);
});

test('a round takes what was measured, or an estimate that is marked; before that it says how to measure', async (t) => {
  const known = catalog.models.find((entry) => entry.id === 'smollm2-135m');
  assert.ok(known?.bytes);
  const speed: Speed = {
    file: known.file,
    fileBytes: known.bytes,
    promptStyle: 'chat',
    secondsPerTurn: 1.1,
    passSecondsPerTurn: 1,
    readPerTurn: 150,
    sampledPerTurn: 20,
    threads: null,
    onGpu: false,
  };
  const on = await machine(t);
  assert.match(modelTable(catalog, on), /not known yet: play one, npm start -- --rounds 3 --pace 0/);
  const table = modelTable(catalog, { ...on, speeds: [speed] });
  assert.match(modelTable(catalog, { ...on, speeds: [speed], threads: 1 }), /not known yet: play one/);
  assert.match(lineOf(table, 'smollm2-135m'), / {3}4\.4 s Apache/);
  assert.match(lineOf(table, 'gemma-3-1b'), / ~33 s Gemma/);
});

test('a file of one’s own that was played has a line, as long as it lies there', async (t) => {
  const on = await machine(t);
  const played = (name: string, fileBytes: number, folder = on.modelsDir): Speed => ({
    file: name,
    path: path.join(folder, name),
    fileBytes,
    promptStyle: 'chat',
    secondsPerTurn: 2,
    passSecondsPerTurn: 1,
    readPerTurn: 150,
    sampledPerTurn: 20,
    threads: null,
    onGpu: false,
  });
  await writeFile(path.join(on.modelsDir, 'mine.gguf'), '');
  await truncate(path.join(on.modelsDir, 'mine.gguf'), 300e6);
  const long = path.join(on.modelsDir, 'a-folder-with-a-long-name-'.repeat(3));
  await mkdir(long);
  await writeFile(path.join(long, 'far.gguf'), 'x');
  const speeds = [played('mine.gguf', 300e6), played('gone.gguf', 5), played('far.gguf', 1, long)];
  const lines = modelTable(catalog, { ...on, speeds }).split('\n');
  const own = lines.filter((line) => line.slice(2).startsWith('yours '));
  assert.equal(own.length, 2);
  assert.match(own[0] ?? '', /^\* yours +0 MB .* 8 s …[^ ]+far\.gguf$/u);
  assert.match(own[1] ?? '', /^\* yours +300 MB .* 8 s mine\.gguf$/u);
  assert.ok(own.every((line) => line.length <= 100));
});
