import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
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

test('a file of a known model in another quantisation is asked as that model', async (t) => {
  const modelsDir = await folder(t);
  const names: [name: string, id: string | null][] = [
    ['Qwen3-0.6B-Q4_K_M.gguf', 'qwen3-0.6b'],
    ['Qwen_Qwen3-0.6B-Q4_K_M.gguf', 'qwen3-0.6b'],
    ['qwen3-0.6b-q8_0.gguf', 'qwen3-0.6b'],
    ['Llama-3.2-1B-Instruct-Q4_K_M.gguf', 'llama-3.2-1b'],
    ['SmolLM2-135M-Instruct-Q8_0.gguf', 'smollm2-135m'],
    ['MiniCPM5-1B-Q8_0.gguf', 'minicpm5-1b'],
    ['gemma-3-1b-it-q4_0.gguf', 'gemma-3-1b'],
    ['gemma-3-1b-it-qat-q4_0.gguf', 'gemma-3-1b'],
    ['gemma-4-E2B-it-UD-Q4_K_XL.gguf', 'gemma-4-e2b'],
    ['SmolLM3-Q4_K_M.gguf', 'smollm3-3b'],
    ['Qwen3.5-4B-BF16-00001-of-00002.gguf', 'qwen3.5-4b'],
    ['gemma-3-270m-it-Q8_0.gguf', 'gemma-3-270m'],
    ['gemma-3-270m-Q8_0.gguf', 'gemma-3-270m-base'],
    // Base models, whose names are ids of rows of what was made of them; another size; a name for several.
    ['SmolLM2-135M-Q8_0.gguf', null],
    ['Llama-3.2-1B-Q4_K_M.gguf', null],
    ['Qwen3-8B-Q4_K_M.gguf', null],
    ['Qwen3-Q4_K_M.gguf', null],
  ];
  for (const [name, id] of names) {
    const file = path.join(modelsDir, name);
    await writeFile(file, 'GGUF');
    const resolved = resolveModel(file, { modelsDir, catalog });
    assert.deepEqual([resolved.kind, resolved.entry?.id ?? null], ['file', id], name);
  }
});

test('the file that a row names is asked by that row, whatever another row is called', async (t) => {
  const modelsDir = await folder(t);
  for (const entry of catalog.models) {
    const file = path.join(modelsDir, entry.file);
    await writeFile(file, 'GGUF');
    assert.equal(resolveModel(file, { modelsDir, catalog }).entry, entry);
  }
});

test('the model that ships is known under any name by what is in it, and not by its length alone', async (t) => {
  const modelsDir = await folder(t);
  const [pocket] = catalog.shipped ?? [];
  assert.ok(pocket);
  const renamed = path.join(modelsDir, 'mine.gguf');
  await copyFile(fileURLToPath(new URL('../../models/pocket/pocket.gguf', import.meta.url)), renamed);
  assert.equal(resolveModel(renamed, { modelsDir, catalog }).entry, pocket);
  await truncate(renamed, 0);
  await truncate(renamed, pocket.bytes);
  assert.equal(resolveModel(renamed, { modelsDir, catalog }).entry, null);
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

test('~ is the home folder, also where no shell has put it in', async (t) => {
  const home = await folder(t);
  const before = process.env['HOME'];
  process.env['HOME'] = home;
  t.after(() => (before === undefined ? delete process.env['HOME'] : (process.env['HOME'] = before)));
  const options = { modelsDir: path.join(home, 'models'), catalog };
  assert.throws(
    () => resolveModel('~/my-own.gguf', options),
    refusal(
      'unknown_model',
      new RegExp(`^MODEL "~/my-own\\.gguf": no such file as ${home}/my-own\\.gguf; give`),
    ),
  );
  await writeFile(path.join(home, 'my-own.gguf'), 'GGUF');
  assert.equal(resolveModel('~/my-own.gguf', options).path, path.join(home, 'my-own.gguf'));
});

test('a relative path that leads nowhere is answered with the places where it was looked for', async (t) => {
  const modelsDir = await folder(t);
  assert.throws(
    () => resolveModel('mine/big.gguf', { modelsDir, catalog }),
    refusal(
      'unknown_model',
      new RegExp(`: no such file as ${process.cwd()}/mine/big\\.gguf or ${modelsDir}/mine/big\\.gguf; give`),
    ),
  );
});

test('of an address or a repository it is said that only the catalog is downloaded, and which row it may be', async (t) => {
  const modelsDir = await folder(t);
  const says = (name: string, meant: string | null) =>
    assert.throws(
      () => resolveModel(name, { modelsDir, catalog }),
      refusal(
        'unknown_model',
        new RegExp(
          `: only models of the catalog are downloaded${meant === null ? '' : `; did you mean ${meant}\\?`}; ` +
            'download the GGUF file yourself and give its path, or a name that npm start -- --models lists$',
        ),
      ),
      name,
    );
  says('https://hub.example/me/Mine-GGUF/resolve/main/mine.gguf', null);
  says(
    'https://huggingface.co/Qwen/Qwen3-0.6B-GGUF/resolve/main/Qwen3-0.6B-Q8_0.gguf?download=true',
    'qwen3-0.6b',
  );
  says('me/Mine-GGUF', null);
  says('unsloth/Qwen3-0.6B-GGUF', 'qwen3-0.6b');
  says('hf.co/bartowski/Qwen_Qwen3-0.6B-GGUF:Q4_K_M', 'qwen3-0.6b');
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
