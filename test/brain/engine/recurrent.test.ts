import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openEngine, type AnswerSchema, type Mind } from '#brain/engine/engine.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const schema: AnswerSchema = [
  { name: 'speech', kind: 'string', maxLength: 40 },
  { name: 'trade', kind: 'enum', values: ['Tech', 'Crypto', 'Bonds', 'Hold'] },
];

test('a recurrent model, whose state cannot be cut, returns to its prefix and gives the same answer again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'recurrent-'));
  const modelFile = writeRandomModel(path.join(folder, 'mamba.gguf'), { change: { architecture: 'mamba' } });
  const engine = await openEngine({
    modelFile,
    sequences: 3,
    contextTokensPerSequence: 256,
    threads: 1,
    cacheDir: folder,
  });
  const minds: Mind[] = [];
  for (const id of ['Alex', 'Sarah', 'Mike']) {
    minds.push(await engine.mind({ id, sharedText: 'You trade. ', personaText: `You are ${id}.` }));
  }
  const wave = async (round: number) => {
    const answers = minds.map((mind) =>
      mind.answer({ text: ` Round ${round}. `, schema, sampler: { temperature: 2, seed: 4 } }),
    );
    const given = await Promise.all(answers);
    return { said: given.map(({ json }) => json), evaluated: given.map(({ tokens }) => tokens.evaluated) };
  };
  const first = await wave(1);
  for (const json of first.said) assert.equal(Object.keys(JSON.parse(json) as object).length, 2);
  assert.notDeepEqual((await wave(2)).said, first.said);
  assert.deepEqual(await wave(1), first, 'the prefix is restored, not read again');
  await engine.close();
  rmSync(folder, { recursive: true });
});
