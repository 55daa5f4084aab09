import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { after, before, test } from 'node:test';
import { AnswerWriter } from '#brain/engine/answer/answer-writer.ts';
import { Skeleton } from '#brain/engine/answer/skeleton.ts';
import { StringMasks } from '#brain/engine/answer/string-masks.ts';
import { openEngine, type AnswerSchema, type Engine, type Mind } from '#brain/engine/engine.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const schema: AnswerSchema = [
  { name: 'thought', kind: 'string', maxLength: 12 },
  { name: 'trade', kind: 'enum', values: ['Tech', 'Crypto', 'Bonds', 'Hold'] },
];

let folder: string;
let engine: Engine;
let minds: Mind[];

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'endurance-'));
  const modelFile = writeRandomModel(path.join(folder, 'tiny.gguf'), {
    change: { layers: 1, vocabularySize: 512 },
  });
  engine = await openEngine({ modelFile, sequences: 4, contextTokensPerSequence: 128, threads: 1 });
  minds = [];
  for (const id of ['Alex', 'Sarah', 'Mike', 'Alice']) {
    minds.push(await engine.mind({ id, sharedText: 'You trade. ', personaText: `You are ${id}.` }));
  }
});

after(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function play(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const answers = await Promise.all(
      minds.map((mind) => mind.answer({ text: ' Go. ', schema, sampler: { temperature: 1, seed: round } })),
    );
    for (const { json } of answers) {
      const { thought, trade, ...rest } = JSON.parse(json) as Record<string, string>;
      assert.ok(thought !== undefined && Array.from(thought).length <= 12, json);
      assert.ok(
        ['Tech', 'Crypto', 'Bonds', 'Hold'].includes(trade ?? '') && Object.keys(rest).length === 0,
        json,
      );
    }
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  assert.ok(typeof collect === 'function');
  collect();
}

/** Without what waits to be collected, and without what V8 keeps empty, of which it takes more whenever it likes. */
function residentBytes(): number {
  collectGarbage();
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  return rss - heapTotal + heapUsed;
}

test('memory stays flat over 3,000 turns, and every one of them is valid', async () => {
  await play(250);
  const before = residentBytes();
  await play(750);
  const grownMegabytes = (residentBytes() - before) / 1024 / 1024;
  assert.ok(grownMegabytes < 20, `${grownMegabytes.toFixed(1)} MB more after 3000 turns`);
});

test('what one answer was given or begun with is forgotten with it, what all answers share is kept', async () => {
  const spelt = new Map<string, WeakRef<number[]>>();
  const tokenize = (text: string): number[] => {
    const tokens = [...Buffer.from(text)];
    spelt.set(text, new WeakRef(tokens));
    return tokens;
  };
  const masks = new StringMasks({ size: 256, bytesOf: (token) => Uint8Array.of(token) });
  const skeleton = new Skeleton(schema, masks, tokenize);
  const ofAll = [...spelt.keys()];
  for (let percent = 1; percent <= 50; percent++) {
    const thought = `up ${percent}%`;
    new AnswerWriter(skeleton, { given: { thought } }).begin();
    new AnswerWriter(skeleton, { begun: { thought } }).begin();
  }
  await nextTick(); // what a WeakRef was made of stays until then
  collectGarbage();
  const kept = [...spelt].filter(([, tokens]) => tokens.deref() !== undefined).map(([text]) => text);
  assert.equal(spelt.size, ofAll.length + 100);
  assert.deepEqual(kept, ofAll);
  assert.deepEqual(
    new AnswerWriter(skeleton).begin(),
    tokenize('{"thought":"'),
    'and the skeleton serves on',
  );
});
