import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ModelFileError, type ModelFileFault } from '#brain/engine/errors.ts';
import { openEngine } from '#brain/engine/engine.ts';
import { readGguf } from '#brain/engine/gguf.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

let folder: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'model-file-'));
});
after(() => rmSync(folder, { recursive: true }));

async function refuses(file: string, fault: ModelFileFault, words: RegExp): Promise<void> {
  await assert.rejects(
    openEngine({ modelFile: file, sequences: 1, contextTokensPerSequence: 128 }),
    (error) => {
      assert.ok(error instanceof ModelFileError, String(error));
      assert.equal(error.fault, fault, error.message);
      assert.match(error.message, words);
      assert.ok(error.message.includes(file), 'the place is named');
      assert.ok(!error.message.includes('\n'), 'one line');
      return true;
    },
  );
}

test('a missing model file is named', async () => {
  await refuses(path.join(folder, 'none.gguf'), 'missing', /no such file/);
});

test('a folder is not a model', async () => {
  mkdirSync(path.join(folder, 'folder.gguf'));
  await refuses(path.join(folder, 'folder.gguf'), 'unreadable', /not a regular file/);
});

test('what is not GGUF is refused, and common mistakes are recognised', async () => {
  const file = path.join(folder, 'text.gguf');
  writeFileSync(file, 'Not a model at all.');
  await refuses(file, 'not-gguf', /not a GGUF file/);
  writeFileSync(file, '<!doctype html><title>Sign in</title>');
  await refuses(file, 'not-gguf', /web page/);
  writeFileSync(file, 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n');
  await refuses(file, 'not-gguf', /Git LFS pointer/);
  writeFileSync(file, '');
  await refuses(file, 'truncated', /empty/);
});

test('a download that broke off is refused wherever it broke off', async () => {
  const whole = readFileSync(writeRandomModel(path.join(folder, 'whole.gguf')));
  const file = path.join(folder, 'part.gguf');
  for (const size of [4, 20, 3000, 30_000, whole.length >> 1, whole.length - 1]) {
    writeFileSync(file, whole);
    truncateSync(file, size);
    await refuses(file, 'truncated', /cut short/);
  }
});

test('a header with a damaged type is refused', async () => {
  const bytes = readFileSync(writeRandomModel(path.join(folder, 'damaged.gguf')));
  bytes.writeUInt32LE(99, 24 + 8 + 'general.architecture'.length);
  writeFileSync(path.join(folder, 'damaged.gguf'), bytes);
  await refuses(path.join(folder, 'damaged.gguf'), 'not-gguf', /damaged/);
});

test('the fingerprint tells models apart and stays the same for one', async () => {
  const one = await readGguf(writeRandomModel(path.join(folder, 'one.gguf'), { seed: 1 }));
  const same = await readGguf(writeRandomModel(path.join(folder, 'same.gguf'), { seed: 1 }));
  const other = await readGguf(writeRandomModel(path.join(folder, 'other.gguf'), { seed: 2 }));
  assert.equal(one.fingerprint, same.fingerprint);
  assert.notEqual(one.fingerprint, other.fingerprint);
});
