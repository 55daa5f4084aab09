import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
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
async function start(
  cacheDir: string | undefined,
  personas: Record<string, string>,
  {
    file = modelFile,
    sequences = 4,
    threads = 1,
  }: { file?: string; sequences?: number; threads?: number | null } = {},
) {
  lines = [];
  const engine: Engine = await openEngine({
    modelFile: file,
    sequences,
    contextTokensPerSequence: 256,
    ...(threads !== null && { threads }),
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
  assert.equal((await start(cacheDir, cast, { file: other })).prefixPasses, 2);
});

test('what another version kept is never used, and is removed when this version keeps its own', async () => {
  const cacheDir = path.join(folder, 'versions');
  await start(cacheDir, cast);
  const own = readdirSync(cacheDir);
  for (const name of own) {
    const older = ['', 'v0-', 'v3-'].map((before) => before + name.replace(/^v\d+-/, '').replace('-', ''));
    for (const other of older)
      writeFileSync(path.join(cacheDir, other), readFileSync(path.join(cacheDir, name)));
    rmSync(path.join(cacheDir, name));
  }
  writeFileSync(path.join(cacheDir, 'notes.txt'), 'not a state');
  assert.equal((await start(cacheDir, cast)).prefixPasses, 2);
  assert.deepEqual(readdirSync(cacheDir).toSorted(), [...own, 'notes.txt'].toSorted());
});

test('three models are remembered beside the present one; the others, unused for longest, leave nothing on the disk', async () => {
  const cacheDir = path.join(folder, 'many-models');
  // With another number of traders a model cannot use what it kept, as if it were another one.
  const passesOf = async (sequences: number) => (await start(cacheDir, cast, { sequences })).prefixPasses;
  for (const sequences of [2, 3, 4, 5]) assert.equal(await passesOf(sequences), 2);
  assert.equal(await passesOf(2), 0, 'used again, so that 3 is now the one before all others');
  assert.equal(await passesOf(6), 2);
  assert.equal(readdirSync(cacheDir).filter((name) => name.endsWith('.state')).length, 8);
  for (const sequences of [2, 4, 5, 6]) assert.equal(await passesOf(sequences), 0, `${sequences} sequences`);
  assert.equal(await passesOf(3), 2);
});

test('the present model loses no state, though all others were used since', async () => {
  const cacheDir = path.join(folder, 'present-model');
  await start(cacheDir, cast);
  const longAgo = new Date('2001-01-01');
  for (const name of readdirSync(cacheDir)) {
    const [version, , trader] = name.split('-');
    for (let model = 1; model <= 5; model++)
      writeFileSync(path.join(cacheDir, [version, `${model}`.padStart(16, '0'), trader].join('-')), '');
    utimesSync(path.join(cacheDir, name), longAgo, longAgo);
  }
  const changed = { Alex: 'You are Alex, poor and quiet.', Sarah: cast.Sarah };
  assert.equal((await start(cacheDir, changed)).prefixPasses, 1, 'Sarah is found');
  assert.equal(readdirSync(cacheDir).length, 4 * 4);
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

test('by how many threads the model computes best is kept beside the prefixes, unless the operator fixed it', async (t) => {
  if (availableParallelism() === 1) return t.skip('one core leaves no choice');
  const cacheDir = path.join(folder, 'threads');
  const kept = () => readdirSync(cacheDir).filter((name) => name.startsWith('threads-')).length;
  await start(cacheDir, cast);
  assert.equal(kept(), 0);
  const { answers } = await start(cacheDir, cast, { threads: null });
  assert.equal(kept(), 1);
  assert.deepEqual((await start(cacheDir, cast, { threads: null })).answers, answers);
  assert.equal(kept(), 1);
});
