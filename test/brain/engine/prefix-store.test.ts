import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { SPARE_BYTES } from '#brain/disk.ts';
import { PrefixStore } from '#brain/engine/prefix-store.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const STATE_BYTES = 1_000_000;

/** A disk with so much room; `write` is what llama.cpp does to a file there. */
function scene(t: TestContext, disk: { freeBytes: number }, write: (file: string) => void) {
  const folder = temporaryFolder(t);
  const told = { log: [] as string[], warn: [] as string[] };
  const store = new PrefixStore({
    folder,
    modelKey: 'a model',
    contextTokens: 100,
    log: (line) => told.log.push(line),
    warn: (line) => told.warn.push(line),
    freeBytes: async () => disk.freeBytes,
  });
  const context = {
    saveSequenceStateToFile: async (file: string) => {
      write(file);
      return STATE_BYTES;
    },
  };
  const save = (mind: string) => store.save(context, { id: 0, length: 3 }, mind, [1, 2, 3]);
  return { folder, told, save };
}

const whole = (file: string): void => writeFileSync(file, Buffer.alloc(STATE_BYTES));

test('a state that is torn as it is written leaves nothing behind, and is told once where people look', async (t) => {
  const { folder, told, save } = scene(t, { freeBytes: 1e12 }, (file) => {
    writeFileSync(file, Buffer.alloc(STATE_BYTES / 2));
    throw new Error('no space left on device');
  });
  for (const mind of ['Alex', 'Sarah']) await save(mind);
  assert.deepEqual(readdirSync(folder), []);
  assert.equal(told.warn.length, 1);
  assert.match(told.warn[0] ?? '', /^the prefix of Alex could not be kept in .*: no space left on device$/);
  assert.match(told.log.join('\n'), /^the prefix of Sarah could not be kept/);
});

test('a state for which the disk has no room beside what the show needs is not written', async (t) => {
  const disk = { freeBytes: SPARE_BYTES + STATE_BYTES };
  const { folder, told, save } = scene(t, disk, whole);
  await save('Alex');
  assert.equal(readdirSync(folder).length, 2, 'a state and its stamp');
  disk.freeBytes = SPARE_BYTES;
  await save('Sarah');
  assert.equal(readdirSync(folder).length, 2);
  assert.match(
    told.warn.join('\n'),
    /^the prefix of Sarah could not be kept in .*: 64 MB are free, it needs 65$/,
  );
});
