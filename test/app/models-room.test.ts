import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMemory } from '#app/models/room.ts';
import { loadCatalog } from '#brain/catalog.ts';
import { ModelFileError } from '#brain/engine/errors.ts';

const GB = 1_000_000_000;
const entry = loadCatalog().models.find(({ id }) => id === 'qwen3-0.6b');
assert.ok(entry);

/** Resolves to how often the GPU was asked. */
async function check(availableBytes: number, gpuBytes = 0): Promise<number> {
  let asked = 0;
  await checkMemory({
    entry: entry ?? assert.fail(),
    file: 'models/qwen.gguf',
    traders: 4,
    availableBytes: () => availableBytes,
    gpuBytes: async () => {
      asked += 1;
      return gpuBytes;
    },
  });
  return asked;
}

test('a model for whose weights and cache memory has no room is refused before it is downloaded', async () => {
  await assert.rejects(check(1 * GB), (error) => {
    assert.ok(error instanceof ModelFileError);
    assert.equal(error.fault, 'no-memory');
    assert.match(
      error.message,
      /it needs about 1\.11 GB of memory, and 1\.00 GB are free\. .*--models lists/,
    );
    return true;
  });
  assert.equal(await check(1.2 * GB), 0);
});

test('a GPU that has the room is as good', async () => {
  assert.equal(await check(1 * GB, 8 * GB), 1);
  await assert.rejects(check(0.9 * GB, 0.1 * GB), /1\.00 GB are free/);
});
