import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openEngine } from '#brain/engine/engine.ts';
import { readGguf } from '#brain/engine/gguf.ts';
import { readVocabulary, withoutEnds } from '#brain/engine/vocabulary.ts';
import { tokenType } from '#test/support/gguf-vocabulary.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

/** Says of a token of the file that it is ordinary text, as some converters do of control tokens. */
function makeOrdinary(file: string, token: number): void {
  const bytes = readFileSync(file);
  const key = 'tokenizer.ggml.token_type';
  const itemsAt = bytes.indexOf(key) + key.length + 4 + 4 + 8; // behind the kind of value, the kind of item and the count
  bytes.writeUInt32LE(tokenType.normal, itemsAt + 4 * token);
  writeFileSync(file, bytes);
}

test('what llama.cpp takes for an end is never part of a line, even where the file says that it is text', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ends-'));
  t.after(() => rmSync(folder, { recursive: true }));
  // 260 tokens that are all about as likely: each would be met some ten times in what follows.
  const modelFile = writeRandomModel(path.join(folder, 'ends.gguf'), {
    change: { vocabulary: 'bytes', logitSpread: 0.1 },
  });
  const end = (await readGguf(modelFile)).tokens.findIndex((token) => token.toString() === '<|im_end|>');
  makeOrdinary(modelFile, end);
  const stored = readVocabulary(await readGguf(modelFile));
  assert.equal(Buffer.from(stored.bytesOf(end)).toString(), '<|im_end|>');

  const engine = await openEngine({ modelFile, sequences: 4, contextTokensPerSequence: 256, threads: 1 });
  t.after(() => engine.close());
  const vocabulary = withoutEnds(stored, (token) => token === end);
  assert.equal(vocabulary.bytesOf(end).length, 0);
  assert.deepEqual(vocabulary.bytesOf(end + 20), stored.bytesOf(end + 20));
  const minds = await Promise.all(
    ['Alex', 'Sarah', 'Mike', 'Alice'].map((id) => engine.mind({ id, sharedText: 'Go.', personaText: id })),
  );
  for (let round = 0; round < 10; round++) {
    const answers = minds.map((mind) =>
      mind.answer({
        text: ' Go. ',
        schema: [{ name: 'speech', kind: 'string', minLength: 60, maxLength: 80, maxTokens: 100 }],
        sampler: { temperature: 1, seed: round },
      }),
    );
    for (const { json } of await Promise.all(answers)) assert.doesNotMatch(json, /im_end/);
  }
});
