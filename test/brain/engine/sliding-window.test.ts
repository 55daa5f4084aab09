import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openEngine, type Engine } from '#brain/engine/engine.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

// Both parts of the prefix are longer than the window: the end of the persona sees nothing of the house rules.
const sharedText = 'You trade on a loud floor. '.repeat(12);
const personaOf = (id: string): string => `${id} likes noise and hates calm. `.repeat(8);

let folder: string;
let modelFile: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sliding-window-'));
  modelFile = writeRandomModel(path.join(folder, 'window.gguf'), {
    change: { architecture: 'gemma3', layers: 6, slidingWindow: 32 },
  });
});
after(() => rmSync(folder, { recursive: true }));

async function start(cacheDir?: string): Promise<Engine> {
  return await openEngine({
    modelFile,
    sequences: 3,
    contextTokensPerSequence: 1024,
    threads: 1,
    ...(cacheDir !== undefined && { cacheDir }),
  });
}

/** Lets a trader join and answer; resolves to what it says, and how many passes its prefix took. */
async function join(engine: Engine, id: string): Promise<{ said: string[]; passes: number }> {
  const before = engine.passes;
  const mind = await engine.mind({ id, sharedText, personaText: personaOf(id) });
  const passes = engine.passes - before;
  const said: string[] = [];
  for (let round = 1; round <= 8; round++) {
    const answer = await mind.answer({
      text: ` Round ${round}. `,
      schema: [{ name: 'speech', kind: 'string', minLength: 6, maxLength: 24 }],
      sampler: { temperature: 0.8, seed: round },
    });
    said.push(answer.json);
  }
  return { said, passes };
}

/** What a trader says that has read its whole prefix itself. */
async function readWhole(id: string): Promise<string[]> {
  const engine = await start();
  const { said } = await join(engine, id);
  await engine.close();
  return said;
}

test('a newcomer copies the house rules from a trader that has played, and answers as if it had read them', async () => {
  const engine = await start();
  await join(engine, 'Alex');
  assert.deepEqual((await join(engine, 'Carol')).said, await readWhole('Carol'));
  await engine.close();
});

test('nothing is copied from a restored prefix that lacks cells: a newcomer answers right, and keeps a right prefix', async () => {
  const cacheDir = path.join(folder, 'newcomer');
  const carol = await readWhole('Carol');
  assert.notDeepEqual(carol, await readWhole('Alex'), 'what a trader says shows who it is');
  const first = await start(cacheDir);
  await join(first, 'Alex');
  await first.close();

  const second = await start(cacheDir);
  const alex = await join(second, 'Alex');
  assert.deepEqual(alex, { said: await readWhole('Alex'), passes: 0 });
  assert.deepEqual((await join(second, 'Carol')).said, carol);
  await second.close();

  const third = await start(cacheDir);
  assert.deepEqual(await join(third, 'Carol'), { said: carol, passes: 0 });
  await third.close();
});
