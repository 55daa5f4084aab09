import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { catalogSchema, loadCatalog, type Catalog } from '#brain/catalog.ts';
import { ModelFetchError } from '#brain/download/error.ts';
import { resolveModel } from '#brain/download/resolve.ts';

const catalog = loadCatalog();

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'models-'));
  t.after(() => rm(made, { recursive: true }));
  return made;
}

const refusal = (code: string, line: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ModelFetchError);
  assert.equal(error.code, code);
  assert.match(error.message, line);
  assert.ok(!error.message.includes('\n'));
  return true;
};

test('every model of the shipped catalog is pinned by its sum, and the smallest comes first', () => {
  const { models } = catalog;
  assert.ok(models.length > 0);
  for (const entry of models) assert.match(entry.sha256 ?? '', /^[0-9a-f]{64}$/, entry.id);
  const sums = models.map((entry) => entry.sha256);
  assert.equal(new Set(sums).size, sums.length);
  const sizes = models.map((entry) => entry.approxMB);
  assert.deepEqual(
    sizes,
    sizes.toSorted((one, other) => one - other),
  );
});

test('only what the project has played says so', () => {
  assert.deepEqual(
    catalog.models.filter((entry) => entry.loadedHere).map((entry) => entry.id),
    ['smollm2-135m', 'gemma-3-270m-base'],
  );
});

test('a model with a sum but without an exact length is told by its rounded size', () => {
  const granite = catalog.models.find((entry) => entry.id === 'granite-4.0-micro');
  assert.ok(granite);
  assert.equal(granite.bytes, null);
  assert.ok(catalogSchema.safeParse({ models: [granite] }).success);
});

test('a catalog with two entries of one name, or a size that contradicts itself, is refused', () => {
  const [first] = catalog.models;
  assert.ok(first);
  assert.ok(!catalogSchema.safeParse({ models: [first, first] }).success);
  assert.ok(!catalogSchema.safeParse({ models: [{ ...first, bytes: 5_000_000_000 }] }).success);
  assert.ok(!catalogSchema.safeParse({ models: [{ ...first, file: '../../escape.gguf' }] }).success);
});

test('a broken catalog file is one line that names it', async (t) => {
  const file = path.join(await folder(t), 'catalog.json');
  await writeFile(file, '{"models": [{"id": "Big Model"}]}');
  assert.throws(() => loadCatalog(file), /catalog\.json: models\.0\.\w+: /);
  assert.throws(() => loadCatalog(`${file}.gone`), /is not there; the project ships with one that is whole/);
});

test('a known name whose file is not there is to be downloaded; once it is there, it is used', async (t) => {
  const modelsDir = await folder(t);
  const first = resolveModel('MiniCPM5-1B', { modelsDir, catalog });
  assert.equal(first.kind, 'download');
  assert.equal(first.path, path.join(modelsDir, 'MiniCPM5-1B-Q4_K_M.gguf'));
  await writeFile(first.path, 'GGUF');
  await truncate(first.path, first.entry.bytes ?? 0);
  const then = resolveModel('minicpm5-1b', { modelsDir, catalog });
  assert.equal(then.kind, 'file');
  assert.equal(then.entry?.title, 'MiniCPM5-1B');
});

test('a path is used as it is, and the file of a known model brings its settings along', async (t) => {
  const modelsDir = await folder(t);
  const own = path.join(modelsDir, 'my-own.gguf');
  await writeFile(own, 'GGUF');
  assert.deepEqual(resolveModel(own, { modelsDir, catalog }), { kind: 'file', path: own, entry: null });
  assert.deepEqual(resolveModel('my-own.gguf', { modelsDir, catalog }), {
    kind: 'file',
    path: own,
    entry: null,
  });
  const known = path.join(modelsDir, 'HuggingFaceTB_SmolLM3-3B-Q4_K_M.gguf');
  await writeFile(known, 'GGUF');
  assert.equal(resolveModel(known, { modelsDir, catalog }).entry?.id, 'smollm3-3b');
});

test('an unknown name is answered with the nearest one, and with where all of them stand', async (t) => {
  const modelsDir = await folder(t);
  const unknown = (name: string, line: RegExp) =>
    assert.throws(() => resolveModel(name, { modelsDir, catalog }), refusal('unknown_model', line));
  unknown('mincpm5-1b', /did you mean minicpm5-1b\?; give the path .* npm start -- --models lists$/);
  unknown('qwen3-0.6', /did you mean qwen3-0\.6b\?/);
  unknown('xyz', /no model of that name; give the path/);
  unknown('/nowhere/big.gguf', /no such file; give the path/);
  unknown(modelsDir, /: is a folder; give the path of a GGUF file/);
});

test('a file of a known model with another length than the catalog says is not used', async (t) => {
  const modelsDir = await folder(t);
  const [first] = catalog.models;
  assert.ok(first);
  const sized: Catalog = { models: [{ ...first, bytes: 1_000_000, approxMB: 1 }] };
  const file = path.join(modelsDir, first.file);
  await writeFile(file, 'GGUF');
  assert.throws(
    () => resolveModel(first.id, { modelsDir, catalog: sized }),
    refusal('wrong_size', /has 4 bytes, the catalog says 1000000/),
  );
  await truncate(file, 1_000_000);
  assert.equal(resolveModel(first.id, { modelsDir, catalog: sized }).kind, 'file');
});
