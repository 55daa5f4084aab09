import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ModelFileError, type ModelFileFault } from '#brain/engine/errors.ts';
import { openEngine } from '#brain/engine/engine.ts';
import { readGguf } from '#brain/engine/gguf.ts';
import { readModel } from '#brain/engine/split.ts';
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

test('weights in a format of another program are to be taken as GGUF, or converted', async () => {
  const header = JSON.stringify({ weight: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const safetensors = Buffer.concat([length, Buffer.from(header), Buffer.alloc(4)]);
  for (const [name, bytes] of [
    ['model.safetensors', safetensors],
    ['renamed.gguf', safetensors],
    ['pytorch_model.bin', Buffer.from('PK\u0003\u0004 and so on')],
  ] as const) {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    await refuses(
      file,
      'not-gguf',
      /weights in another format than GGUF\. Take the model's GGUF file, or convert it .*\.$/,
    );
  }
});

test('an incomplete download is refused, wherever it broke off', async () => {
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

/** A whole model in which the first `word` from the text `after` on is replaced by `other`, of the same length. */
function changed(name: string, after: string, word: string, other: string): string {
  const file = writeRandomModel(path.join(folder, name));
  const bytes = readFileSync(file);
  bytes.write(other, bytes.indexOf(word, bytes.indexOf(after)));
  writeFileSync(file, bytes);
  return file;
}

test("a kind of model that llama.cpp does not know is refused with llama.cpp's reason and the right cure", async () => {
  const unknown = changed('unknown.gguf', 'general.architecture', 'llama', 'zzama');
  const words = /unknown model architecture: 'zzama'\). Choose another model, or update/;
  await refuses(unknown, 'unsupported', words);
  // The library loses the log of a second engine in one process: the reason must be there each time nevertheless.
  await refuses(unknown, 'unsupported', words);
  await refuses(unknown, 'unsupported', words);
});

test('a model that lacks something that its kind needs is refused, and the error names it', async () => {
  const keyless = changed('keyless.gguf', 'llama.block_count', 'block_count', 'block_xxxxx');
  await refuses(
    keyless,
    'unsupported',
    /key not found in model: llama\.block_count\)\. The file does not fit/,
  );
  const tensorless = changed('tensorless.gguf', 'blk.0.attn_q', 'attn_q.weight', 'attn_x.weight');
  await refuses(tensorless, 'unsupported', /missing tensor 'blk\.0\.attn_q\.weight'/);
});

test('a model in several files is refused with the name of each missing file', async () => {
  const whole = writeRandomModel(path.join(folder, 'split.gguf'));
  const part = (index: number): string => path.join(folder, `split-0000${index}-of-00004.gguf`);
  copyFileSync(whole, part(1));
  copyFileSync(whole, part(3));
  await refuses(
    part(1),
    'missing',
    /first of 4 files .* no split-00002-of-00004\.gguf, no split-00004-of-00004\.gguf\. Download all/,
  );
  await refuses(
    part(3),
    'unsupported',
    /part 3 of a model in 4 files\. Name the first one, split-00001-of-00004/,
  );
});

test('a model in several files is refused with the name of the file that is cut short', async () => {
  const whole = writeRandomModel(path.join(folder, 'halves.gguf'));
  const [one, two] = [1, 2].map((index) => path.join(folder, `halves-0000${index}-of-00002.gguf`));
  assert.ok(one && two);
  copyFileSync(whole, one);
  copyFileSync(whole, two);
  truncateSync(two, 30_000);
  await assert.rejects(readModel(one), (error) => {
    assert.ok(error instanceof ModelFileError);
    assert.equal(error.fault, 'truncated');
    assert.match(error.message, /halves-00002-of-00002\.gguf: it is cut short/);
    return true;
  });
  copyFileSync(whole, two);
  assert.equal((await readModel(one)).parameters, 2 * (await readGguf(whole)).parameters);
});

test('a cure names settings that exist', async () => {
  const file = path.join(folder, 'cure.gguf');
  writeFileSync(file, 'Not a model at all.');
  await refuses(file, 'not-gguf', /choose another model: --model, or MODEL in \.env/);
});

test('the fingerprint tells models apart, and is always the same for one model', async () => {
  const one = await readGguf(writeRandomModel(path.join(folder, 'one.gguf'), { seed: 1 }));
  const same = await readGguf(writeRandomModel(path.join(folder, 'same.gguf'), { seed: 1 }));
  const other = await readGguf(writeRandomModel(path.join(folder, 'other.gguf'), { seed: 2 }));
  assert.equal(one.fingerprint, same.fingerprint);
  assert.notEqual(one.fingerprint, other.fingerprint);
});
