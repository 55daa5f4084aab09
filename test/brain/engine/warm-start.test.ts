import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openEngine, type AnswerSchema, type Engine } from '#brain/engine/engine.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const schema: AnswerSchema = [{ name: 'speech', kind: 'string', maxLength: 60 }];
const request = { text: ' Go. ', schema, sampler: { temperature: 0.8, seed: 5 } };
const sharedText = 'You trade on a loud floor. ';

let folder: string;
let modelFile: string;
let lines: string[];

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'warm-start-'));
  modelFile = writeRandomModel(path.join(folder, 'tiny.gguf'));
});
after(() => rmSync(folder, { recursive: true }));

/** Opens an engine, lets each persona answer once, and returns how many passes the prefixes took. */
async function start(cacheDir: string | undefined, personas: Record<string, string>, file = modelFile) {
  lines = [];
  const engine: Engine = await openEngine({
    modelFile: file,
    sequences: 4,
    contextTokensPerSequence: 256,
    threads: 1,
    log: (line) => lines.push(line),
    ...(cacheDir !== undefined && { cacheDir }),
  });
  const answers: Record<string, string> = {};
  const minds = [];
  for (const [id, personaText] of Object.entries(personas))
    minds.push(await engine.mind({ id, sharedText, personaText }));
  const prefixPasses = engine.passes;
  for (const mind of minds) answers[mind.id] = (await mind.answer(request)).json;
  await engine.close();
  return { answers, prefixPasses };
}

const cast = { Alex: 'You are Alex, loud and rich.', Sarah: 'You are Sarah, calm and short.' };

test('the second start evaluates no persona again and gives the same answers', async () => {
  const cacheDir = path.join(folder, 'cache');
  const cold = await start(undefined, cast);
  const first = await start(cacheDir, cast);
  const second = await start(cacheDir, cast);
  assert.equal(first.prefixPasses, 2);
  assert.equal(second.prefixPasses, 0);
  assert.deepEqual(first.answers, cold.answers);
  assert.deepEqual(second.answers, cold.answers);
});

test('a changed persona is evaluated again, the others are not', async () => {
  const cacheDir = path.join(folder, 'changed');
  await start(cacheDir, cast);
  const changed = { ...cast, Sarah: 'You are Sarah, now very angry.' };
  const warm = await start(cacheDir, changed);
  assert.equal(warm.prefixPasses, 1);
  assert.deepEqual(warm.answers, (await start(undefined, changed)).answers);
  assert.equal(readdirSync(cacheDir).length, 4, 'nothing piles up: one state and one stamp for each trader');
});

test('another model does not use the kept states of the first', async () => {
  const cacheDir = path.join(folder, 'models');
  await start(cacheDir, cast);
  const other = writeRandomModel(path.join(folder, 'other.gguf'), { seed: 9 });
  assert.equal((await start(cacheDir, cast, other)).prefixPasses, 2);
});

test('what another version kept is never used, and is removed when this version keeps its own', async () => {
  const cacheDir = path.join(folder, 'versions');
  await start(cacheDir, cast);
  const own = readdirSync(cacheDir);
  for (const name of own) {
    const older = [name.replace(/^v\d+-/, ''), name.replace(/^v\d+-/, 'v0-')];
    for (const other of older)
      writeFileSync(path.join(cacheDir, other), readFileSync(path.join(cacheDir, name)));
    rmSync(path.join(cacheDir, name));
  }
  writeFileSync(path.join(cacheDir, 'notes.txt'), 'not a state');
  assert.equal((await start(cacheDir, cast)).prefixPasses, 2);
  assert.deepEqual(readdirSync(cacheDir).toSorted(), [...own, 'notes.txt'].toSorted());
});

test('prefixes with damaged states are evaluated again, and the log says so', async () => {
  const cacheDir = path.join(folder, 'damaged');
  const { answers } = await start(cacheDir, cast);
  for (const name of readdirSync(cacheDir).filter((file) => file.endsWith('.state'))) {
    const file = path.join(cacheDir, name);
    writeFileSync(file, readFileSync(file).subarray(0, 500));
  }
  const again = await start(cacheDir, cast);
  assert.equal(again.prefixPasses, 2);
  assert.deepEqual(again.answers, answers);
  for (const name of readdirSync(cacheDir).filter((file) => file.endsWith('.json'))) {
    writeFileSync(path.join(cacheDir, name), '{"prompt":');
  }
  assert.deepEqual((await start(cacheDir, cast)).answers, answers);
  assert.ok(
    lines.some((line) => line.includes('read anew')),
    lines.join('\n'),
  );
});

test('a cache folder that cannot be written costs a line in the log and nothing else', async () => {
  const cacheDir = path.join(folder, 'file-in-the-way');
  writeFileSync(cacheDir, '');
  const { answers } = await start(cacheDir, cast);
  assert.deepEqual(answers, (await start(undefined, cast)).answers);
});
