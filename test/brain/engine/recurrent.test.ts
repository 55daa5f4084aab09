import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openEngine, type AnswerSchema, type Mind } from '#brain/engine/engine.ts';
import type { Architecture } from '#test/support/gguf-architectures.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const schema: AnswerSchema = [
  { name: 'speech', kind: 'string', maxLength: 40 },
  { name: 'trade', kind: 'enum', values: ['Tech', 'Crypto', 'Bonds', 'Hold'] },
];
const traders = ['Alex', 'Sarah', 'Mike'];

let folder: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'recurrent-'));
});
after(() => rmSync(folder, { recursive: true }));

async function start(architecture: Architecture) {
  const modelFile = writeRandomModel(path.join(folder, `${architecture}.gguf`), {
    change: { architecture, layers: 2 },
  });
  const engine = await openEngine({
    modelFile,
    sequences: 3,
    contextTokensPerSequence: 256,
    threads: 1,
    cacheDir: path.join(folder, architecture),
  });
  const minds: Mind[] = [];
  for (const id of traders)
    minds.push(await engine.mind({ id, sharedText: 'You trade. ', personaText: `You are ${id}.` }));
  const passesAtStart = engine.passes;
  const wave = async (round: number) => {
    const answers = minds.map((mind) =>
      mind.answer({ text: ` Round ${round}. `, schema, sampler: { temperature: 2, seed: 4 } }),
    );
    const given = await Promise.all(answers);
    return { said: given.map(({ json }) => json), evaluated: given.map(({ tokens }) => tokens.evaluated) };
  };
  return { engine, passesAtStart, wave };
}

for (const architecture of ['mamba', 'lfm2', 'nemotron_h'] as const) {
  test(`${architecture}, whose state cannot be cut, returns to its prefix and gives the same answer again`, async () => {
    const { engine, wave } = await start(architecture);
    const first = await wave(1);
    for (const json of first.said) assert.equal(Object.keys(JSON.parse(json) as object).length, 2);
    assert.notDeepEqual((await wave(2)).said, first.said);
    assert.deepEqual(await wave(1), first, 'the prefix is restored, not evaluated again');
    await engine.close();
  });

  test(`${architecture} finds its kept prefixes at the next start and answers as if it had read them`, async () => {
    rmSync(path.join(folder, architecture), { recursive: true, force: true });
    const cold = await start(architecture);
    assert.equal(cold.passesAtStart, traders.length);
    const said = [await cold.wave(1), await cold.wave(2), await cold.wave(1)];
    await cold.engine.close();
    const warm = await start(architecture);
    assert.equal(warm.passesAtStart, 0, 'no persona is read again');
    assert.deepEqual([await warm.wave(1), await warm.wave(2), await warm.wave(1)], said);
    await warm.engine.close();
  });
}
