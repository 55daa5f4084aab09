import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import {
  getLlama,
  LlamaGrammarEvaluationState,
  LlamaLogLevel,
  type GbnfJsonSchema,
  type Token,
} from 'node-llama-cpp';
import { openEngine, type AnswerSchema, type Engine, type Field, type Mind } from '#brain/engine/engine.ts';
import type { StringGuard } from '#brain/engine/answer/string-guard.ts';
import { hashText } from '#core/chance/hash-text.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

let folder: string;
let bytes: { engine: Engine; mind: Mind };
let pairs: { engine: Engine; mind: Mind };

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'skeleton-'));
  bytes = await openWith('bytes');
  pairs = await openWith('bpe');
});

after(async () => {
  await bytes.engine.close();
  await pairs.engine.close();
  rmSync(folder, { recursive: true });
});

async function openWith(vocabulary: 'bytes' | 'bpe'): Promise<{ engine: Engine; mind: Mind }> {
  const modelFile = writeRandomModel(path.join(folder, `${vocabulary}.gguf`), {
    change: { vocabulary, vocabularySize: 2048 },
  });
  const engine = await openEngine({ modelFile, sequences: 1, contextTokensPerSequence: 4096, threads: 1 });
  const mind = await engine.mind({ id: 'Alex', sharedText: 'You trade.', personaText: 'Alex.' });
  return { engine, mind };
}

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({
    name,
    kind: fc.constant('enum'),
    values: fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 14 }), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({
    name,
    kind: fc.constant('string'),
    maxLength: fc.integer({ min: 0, max: 30 }),
    maxTokens: fc.integer({ min: 1, max: 30 }),
  }),
);
const anySchema: fc.Arbitrary<AnswerSchema> = fc.uniqueArray(field, {
  minLength: 1,
  maxLength: 6,
  selector: (it) => it.name,
});
const settings = fc.record({
  seed: fc.nat(),
  temperature: fc.constantFrom(0, 0.7, 3),
  topK: fc.constantFrom(0, 40),
  minP: fc.constantFrom(0, 0.05),
});

test('for any keys, order, enums and limits the answer is JSON that fits the schema', async () => {
  await fc.assert(
    fc.asyncProperty(anySchema, settings, fc.boolean(), async (schema, sampler, ofBytes) => {
      const { mind } = ofBytes ? bytes : pairs;
      const answer = await mind.answer({ text: ' Go. ', schema, sampler });
      const decision = JSON.parse(answer.json) as Record<string, string>;
      assert.deepEqual(
        Object.entries(decision),
        Object.entries(answer.fields),
        'the fields are the ones in the JSON',
      );
      const names = schema.map((it) => it.name).filter((it) => Object.hasOwn(decision, it));
      assert.equal(names.length, schema.length);
      assert.equal(JSON.stringify(JSON.parse(answer.json)), JSON.stringify(decision));
      for (const it of schema) {
        const value = decision[it.name] ?? '';
        if (it.kind === 'enum') assert.ok(it.values.includes(value));
        else assert.ok(Array.from(value).length <= it.maxLength, `${value.length} > ${it.maxLength}`);
        if (it.kind === 'string') {
          assert.ok(value.isWellFormed(), 'no half characters');
          // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
          assert.doesNotMatch(value, /[\u0000-\u001f\u007f\ufffd]/);
        }
      }
    }),
    { numRuns: 250 },
  );
});

test('whatever a guard refuses, also within a character, the answer is JSON that fits the schema', async () => {
  await fc.assert(
    fc.asyncProperty(
      anySchema,
      settings,
      fc.integer({ min: 0, max: 100 }),
      async (schema, sampler, refuses) => {
        const { mind } = bytes;
        const guard: StringGuard = {
          judge: (_, line, closes) => {
            const drawn = hashText(`${sampler.seed}/${line}`) % 100;
            if (drawn >= refuses) return 'fine';
            return closes && drawn % 2 === 0 ? 'end first' : 'never';
          },
          mustEnd: () => false,
          pull: (_, line) => (line.length % 5 === 4 ? 3 : 0),
        };
        const answer = await mind.answer({ text: ' Go. ', schema, sampler, guard });
        assert.deepEqual(Object.entries(JSON.parse(answer.json) as object), Object.entries(answer.fields));
      },
    ),
  );
});

test('a guard that refuses all that may follow, as few bytes do within some characters, is passed over', async () => {
  const guard: StringGuard = { judge: () => 'never', mustEnd: () => false, pull: () => 0 };
  const schema: AnswerSchema = [{ name: 'speech', kind: 'string', maxLength: 30, maxTokens: 90 }];
  for (let seed = 1; seed <= 25; seed++) {
    const { json, fields } = await bytes.mind.answer({
      text: ' Go. ',
      schema,
      sampler: { seed, temperature: 3 },
      guard,
    });
    assert.deepEqual(JSON.parse(json), fields);
  }
});

test('only free values are sampled: an enum takes as many samples as its values have points of difference', async () => {
  const one = await bytes.mind.answer({
    text: ' Go. ',
    schema: [{ name: 'location', kind: 'enum', values: ['Coffee Shop', 'Crypto Club', 'News Room'] }],
    sampler: { temperature: 1, seed: 3 },
  });
  assert.ok(one.tokens.sampled <= 2, `C or N, then o or r: ${one.tokens.sampled}`);
  const forced = await bytes.mind.answer({
    text: ' Go. ',
    schema: [{ name: 'trade', kind: 'enum', values: ['Hold'] }],
    sampler: { temperature: 1, seed: 3 },
  });
  assert.equal(forced.json, '{"trade":"Hold"}');
  assert.equal(forced.tokens.sampled, 0);
});

test('with a repetition penalty a line that was just said becomes less likely', async () => {
  const request = {
    text: ' Go. ',
    schema: [{ name: 'speech', kind: 'string', minLength: 60, maxLength: 60, maxTokens: 90 }],
  } as const;
  const first = await pairs.mind.answer({ ...request, sampler: { temperature: 0, seed: 1 } });
  const lines = [first.fields['speech'] ?? ''];
  const repetition = { penalty: 1.8, lastTokens: 256, lines };
  const again = await pairs.mind.answer({ ...request, sampler: { temperature: 0, seed: 1, repetition } });
  assert.notEqual(again.json, first.json);
});

const decision: AnswerSchema = [
  { name: 'thought', kind: 'string', maxLength: 24, maxTokens: 60 },
  { name: 'trade', kind: 'enum', values: ['Tech', 'Crypto', 'Bonds', 'Hold', 'é€', 'a-b'] },
  { name: 'speech', kind: 'string', minLength: 3, maxLength: 12, maxTokens: 60 },
  { name: 'location', kind: 'enum', values: ['VC-Office', 'Coffee-Shop', 'News-Room', 'News-Stand'] },
];

test("at temperature 0 the engine gives the same tokens as plain sampling under the library's grammar", async () => {
  for (let seed = 1; seed <= 8; seed++) {
    const modelFile = writeRandomModel(path.join(folder, 'chars.gguf'), {
      seed,
      change: { vocabulary: 'chars', layers: 1 },
    });
    const engine = await openEngine({ modelFile, sequences: 1, contextTokensPerSequence: 512, threads: 1 });
    const mind = await engine.mind({ id: 'Alex', sharedText: 'You-trade.', personaText: 'You-are-Alex.' });
    const { json } = await mind.answer({
      text: `Seed-${seed}:`,
      schema: decision,
      sampler: { temperature: 0, seed },
    });
    const skeleton = engine.model.tokenize(json);
    await engine.close();
    assert.deepEqual(await plainly(modelFile, `You-trade.You-are-Alex.Seed-${seed}:`, skeleton.length), {
      json,
      tokens: skeleton,
    });
  }
});

/** The tokens that the library samples under its own grammar; the vocabulary has no white space, so JSON has one form. */
async function plainly(
  modelFile: string,
  prompt: string,
  most: number,
): Promise<{ json: string; tokens: Token[] }> {
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: modelFile, gpuLayers: 0 });
  const context = await model.createContext({
    contextSize: 512,
    batchSize: 512,
    threads: 1,
    flashAttention: 'auto',
  });
  const properties = decision.map((it): [string, GbnfJsonSchema] => [
    it.name,
    it.kind === 'enum'
      ? { enum: it.values }
      : { type: 'string', minLength: it.minLength ?? 0, maxLength: it.maxLength },
  ]);
  const grammar = await llama.createGrammarForJsonSchema<GbnfJsonSchema>({
    type: 'object',
    properties: Object.fromEntries(properties),
  });
  const sequence = context.getSequence();
  const { bos } = model.tokens;
  const input = [...(bos === null ? [] : [bos]), ...model.tokenize(prompt)];
  const tokens: Token[] = [];
  const grammarEvaluationState = new LlamaGrammarEvaluationState({ model, grammar });
  for await (const token of sequence.evaluate(input, { temperature: 0, grammarEvaluationState })) {
    tokens.push(token);
    if (tokens.length >= most) break;
  }
  const json = model.detokenize(tokens);
  await context.dispose();
  await model.dispose();
  await llama.dispose();
  return { json, tokens };
}

test('a string that is begun goes on from there within its limit, and all of the answer is JSON', async () => {
  await fc.assert(
    fc.asyncProperty(settings, fc.boolean(), fc.boolean(), async (sampler, ofBytes, isShort) => {
      const { mind } = ofBytes ? bytes : pairs;
      const begun = isShort ? 'Alex, you are bankrupt.' : 'Zoë went bankrupt! I read it twice.';
      const schema: AnswerSchema = [
        { name: 'thought', kind: 'string', maxLength: 12 },
        { name: 'speech', kind: 'string', maxLength: 60 },
        { name: 'size', kind: 'enum', values: ['Small', 'Half'] },
      ];
      const { json, fields } = await mind.answer({
        text: ' Go. ',
        schema,
        sampler,
        begun: { speech: begun },
      });
      const decision = JSON.parse(json) as Record<string, string>;
      assert.deepEqual(decision, fields);
      assert.deepEqual(Object.keys(decision), ['thought', 'speech', 'size']);
      const { speech = '' } = decision;
      assert.ok(speech.startsWith(begun), speech);
      assert.ok(Array.from(speech).length <= 60, speech);
    }),
    { numRuns: 20 },
  );
});
