import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { habitsOf } from '#brain/choices/kept-habits.ts';
import type { Way } from '#brain/engine/answer/choice.ts';
import { openEngine, type AnswerSchema, type Engine, type Mind } from '#brain/engine/engine.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

let folder: string;
let engine: Engine;
let mind: Mind;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'habits-'));
  const modelFile = writeRandomModel(path.join(folder, 'tiny.gguf'));
  engine = await openEngine({ modelFile, sequences: 1, contextTokensPerSequence: 512, threads: 1 });
  mind = await engine.mind({
    id: 'Alex',
    sharedText: 'You trade on a loud floor. ',
    personaText: 'You are Alex.',
  });
});

after(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const TRADES = ['Tech', 'Crypto', 'Bonds', 'Hold'];
const schemaOf = (trades: readonly string[]): AnswerSchema => [
  { name: 'thought', kind: 'string', maxLength: 60 },
  { name: 'trade', kind: 'enum', values: trades },
];

test('the caller hears how likely each option is, and its choice stands in the answer, in whatever order the options are told', async () => {
  const heard: Way[][] = [];
  for (const trades of [TRADES, TRADES.toReversed()]) {
    const { fields, json } = await mind.answer({
      text: ' Tech is up. ',
      schema: schemaOf(trades),
      sampler: { temperature: 0, seed: 1 },
      given: { thought: 'They said "sell".' },
      choose: (field, ways) => {
        assert.equal(field, 'trade');
        heard.push(ways.toSorted((one, other) => (one.values[0] ?? '').localeCompare(other.values[0] ?? '')));
        return ways.findIndex(({ values }) => values.includes('Bonds'));
      },
    });
    assert.deepEqual(fields, { thought: 'They said "sell".', trade: 'Bonds' });
    assert.deepEqual(JSON.parse(json), fields);
  }
  const [once, again] = heard;
  assert.deepEqual(again, once, 'the order of the options changes nothing');
  assert.deepEqual(
    once?.flatMap(({ values }) => values),
    TRADES.toSorted(),
  );
  const total = once.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0);
  assert.ok(Math.abs(total - 1) < 1e-4, `${total}`);
});

test('asking for a choice spends no chance: the words of a turn stay those of its seed', async () => {
  const said = async (choose: boolean): Promise<string | undefined> => {
    const { fields } = await mind.answer({
      text: ' Tech is up. ',
      schema: [{ name: 'trade', kind: 'enum', values: TRADES }, ...schemaOf(TRADES).slice(0, 1)],
      sampler: { temperature: 0.9, choiceTemperature: 0, topK: 40, seed: 7 },
      ...(choose && { choose: (_: string, ways: readonly Way[]) => likeliest(ways) }),
    });
    return fields['thought'];
  };
  assert.equal(await said(true), await said(true));
});

const likeliest = (ways: readonly Way[]): number => {
  const most = Math.max(...ways.map(({ logProbability }) => logProbability));
  return ways.findIndex(({ logProbability }) => logProbability === most);
};

test('habits are kept between starts, until what was told or the model changes; a broken file is measured anew', async () => {
  const kept = path.join(folder, 'kept');
  const log: string[] = [];
  const store = { folder: kept, log: (line: string) => void log.push(line) };
  let measured = 0;
  const measure = async () => ({ trade: { Tech: -1 - measured++ } });
  const first = await habitsOf(store, 'model alex', ['you are Alex'], measure);
  assert.deepEqual(await habitsOf(store, 'model alex', ['you are Alex'], measure), first);
  assert.equal(measured, 1);
  const other = await habitsOf(store, 'model alex', ['you are somebody else'], measure);
  assert.notDeepEqual(other, first);
  assert.equal(readdirSync(kept).length, 1, 'old habits leave no file behind');
  assert.deepEqual(log, []);
  for (const name of readdirSync(kept)) writeFileSync(path.join(kept, name), '{"of":');
  await habitsOf(store, 'model alex', ['you are somebody else'], measure);
  assert.equal(measured, 3);
  assert.match(log.join('\n'), /cannot be used .*; they are measured anew/);
  await habitsOf({ folder: null, log: store.log }, 'model alex', [], measure);
  assert.equal(measured, 4);
});
