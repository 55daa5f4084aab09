import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { AnswerAbortedError, PromptTooLongError } from '#brain/engine/errors.ts';
import { openEngine, type AnswerSchema, type Engine, type Mind } from '#brain/engine/engine.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const schema = [
  { name: 'thought', kind: 'string', maxLength: 60 },
  { name: 'trade', kind: 'enum', values: ['Tech', 'Crypto', 'Bonds', 'Hold'] },
  { name: 'size', kind: 'enum', values: ['Small', 'Half', 'AllIn'] },
  { name: 'speech', kind: 'string', maxLength: 40 },
  { name: 'location', kind: 'enum', values: ['Startup Offices', 'VC Office', 'Coffee Shop', 'News Room'] },
] as const satisfies AnswerSchema;
const traders = ['Alex', 'Sarah', 'Mike', 'Alice'];
const sampler = { temperature: 0.9, topK: 40, topP: 0.95, seed: 1 };

let folder: string;
let engine: Engine;
let minds: Mind[];

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'engine-'));
  const modelFile = writeRandomModel(path.join(folder, 'tiny.gguf'));
  engine = await openEngine({ modelFile, sequences: 4, contextTokensPerSequence: 512, threads: 1 });
  minds = [];
  for (const id of traders) {
    minds.push(
      await engine.mind({ id, sharedText: 'You trade on a loud floor. ', personaText: `You are ${id}.` }),
    );
  }
});

after(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

function checkDecision(json: string): void {
  const decision = JSON.parse(json) as Record<string, string>;
  assert.deepEqual(Object.keys(decision), ['thought', 'trade', 'size', 'speech', 'location']);
  for (const field of schema) {
    const value = decision[field.name] ?? '';
    if (field.kind === 'enum') assert.ok((field.values as readonly string[]).includes(value), json);
    else assert.ok(Array.from(value).length <= field.maxLength, json);
  }
  assert.ok(json.isWellFormed() && !json.includes('\ufffd'), json);
}

test('300 decisions of a model of random weights are valid at the first attempt', async () => {
  let decisions = 0;
  for (let round = 0; round < 75; round++) {
    const answers = await Promise.all(
      minds.map((mind) =>
        mind.answer({
          text: ` Round ${round}: the market fell. `,
          schema,
          sampler: { ...sampler, seed: round },
        }),
      ),
    );
    for (const answer of answers) {
      checkDecision(answer.json);
      assert.deepEqual(answer.fields, JSON.parse(answer.json));
      decisions++;
    }
  }
  assert.equal(decisions, 300);
});

test('an answer says which strings ended because their room or their tokens were spent', async () => {
  const [mind] = minds;
  assert.ok(mind);
  const ask = async (maxLength: number, maxTokens: number, endsAt = Number.POSITIVE_INFINITY) =>
    mind.answer({
      text: ' Tech is up. ',
      schema: [{ name: 'speech', kind: 'string', minLength: 5, maxLength, maxTokens }],
      sampler,
      guard: {
        judge: (_field, _text, closes) => (closes ? 'never' : 'fine'),
        mustEnd: (_field, text) => text.length >= endsAt,
        pull: () => 0,
      },
    });
  assert.deepEqual((await ask(20, 40)).cut, ['speech']);
  const spent = await ask(80, 8);
  assert.ok((spent.fields['speech'] ?? '').length < 80);
  assert.deepEqual(spent.cut, ['speech']);
  assert.deepEqual((await ask(80, 60, 12)).cut, []);
});

test('turns in parallel share their passes: four answers take few more than one answer', async () => {
  const ask = (mind: Mind): Promise<unknown> =>
    mind.answer({
      text: ' Tech is up. ',
      schema: [{ name: 'speech', kind: 'string', minLength: 40, maxLength: 40 }],
      sampler,
    });
  let passes = engine.passes;
  for (const mind of minds) await ask(mind);
  const alone = engine.passes - passes;
  passes = engine.passes;
  await Promise.all(minds.map(ask));
  const together = engine.passes - passes;
  assert.ok(together < alone * 0.5, `${together} passes together, ${alone} one after another`);
});

test('the same seed gives the same answer, alone or in company', async () => {
  const [alex] = minds;
  assert.ok(alex);
  const request = { text: ' Bonds are dull. ', schema, sampler: { ...sampler, seed: 7 } };
  const alone = await alex.answer(request);
  const again = await alex.answer(request);
  assert.equal(again.json, alone.json);
  const other = await alex.answer({ ...request, sampler: { ...sampler, seed: 8 } });
  assert.notEqual(other.json, alone.json);
});

test('an answer that is given up ends at once, and the others go on to their end', async () => {
  const [alex, sarah] = minds;
  assert.ok(alex && sarah);
  const long = [{ name: 'speech', kind: 'string', minLength: 150, maxLength: 150, maxTokens: 200 }] as const;
  const stop = new AbortController();
  const request = { text: ' Go. ', schema: long, sampler };
  const aborted = assert.rejects(
    alex.answer({ ...request, signal: stop.signal }),
    (error) => error instanceof AnswerAbortedError && error.reason === 'signal',
  );
  const late = assert.rejects(
    sarah.answer({ ...request, signal: AbortSignal.timeout(1) }),
    (error) => error instanceof AnswerAbortedError && error.reason === 'signal',
  );
  const finished = minds[2]?.answer(request);
  stop.abort();
  await Promise.all([aborted, late]);
  assert.equal(Array.from((await finished)?.fields.speech ?? '').length, 150);
  checkDecision((await alex.answer({ text: ' Again. ', schema, sampler })).json);
});

test('a newcomer joins while another is in the middle of an answer', async () => {
  const [alex, sarah] = minds;
  assert.ok(alex && sarah);
  const order: string[] = [];
  const long: AnswerSchema = [
    { name: 'thought', kind: 'string', maxLength: 5 },
    { name: 'speech', kind: 'string', minLength: 250, maxLength: 250, maxTokens: 250 },
  ];
  const slow = alex.answer({ text: ' Long. ', schema: long, sampler });
  // The prompt and the first tokens take some passes.
  for (const passes = engine.passes; engine.passes < passes + 10;) await nextTick();
  const quick = sarah.answer({
    text: ' Short. ',
    schema: [{ name: 'size', kind: 'enum', values: ['Half', 'AllIn'] }],
    sampler,
  });
  await Promise.all([slow.then(() => order.push('slow')), quick.then(() => order.push('quick'))]);
  assert.deepEqual(order, ['quick', 'slow']);
});

test('a prompt that cannot fit is refused with its numbers', async () => {
  const [alex] = minds;
  assert.ok(alex);
  const text = ' the market'.repeat(300);
  await assert.rejects(alex.answer({ text, schema, sampler }), (error) => {
    return error instanceof PromptTooLongError && /of 512/.test(error.message);
  });
});

test('where a long turn leaves no room for the longest answer, its strings may have fewer tokens', async () => {
  const [alex] = minds;
  assert.ok(alex);
  const wordy: AnswerSchema = [
    { name: 'thought', kind: 'string', minLength: 2_000, maxLength: 2_000, maxTokens: 200 },
    { name: 'speech', kind: 'string', minLength: 2_000, maxLength: 2_000, maxTokens: 200 },
  ];
  const sampled = async (text: string): Promise<number> => {
    const { tokens, json } = await alex.answer({ text, schema: wordy, sampler });
    assert.deepEqual(Object.keys(JSON.parse(json) as object), ['thought', 'speech']);
    return tokens.sampled;
  };
  // The last token of each closes it.
  assert.equal(await sampled(' the market'), 402);
  const text = ' the market'.repeat(60);
  const short = await sampled(text);
  assert.ok(short < 402 && engine.countTokens(text) + short < 512, `${short} tokens`);
});

test('only the new text of a turn is evaluated', async () => {
  const [alex] = minds;
  assert.ok(alex);
  const answer = await alex.answer({ text: ' the market', schema, sampler });
  assert.equal(answer.tokens.evaluated, engine.countTokens(' the market'));
});

test('a closed engine gives up its answers, and another can be opened', async () => {
  const modelFile = writeRandomModel(path.join(folder, 'other.gguf'), { seed: 2 });
  const options = { modelFile, sequences: 2, contextTokensPerSequence: 256, threads: 1 };
  const first = await openEngine(options);
  const mind = await first.mind({ id: 'Alex', sharedText: 'You trade. ', personaText: 'Alex.' });
  const answer = mind.answer({
    text: ' Go. ',
    schema: [{ name: 'speech', kind: 'string', maxLength: 100 }],
    sampler,
  });
  const rejected = assert.rejects(
    answer,
    (error) => error instanceof AnswerAbortedError && error.reason === 'closed',
  );
  await first.close();
  await rejected;
  const second = await openEngine(options);
  const again = await second.mind({ id: 'Alex', sharedText: 'You trade. ', personaText: 'Alex.' });
  await again.answer({ text: ' Go. ', schema: [{ name: 'speech', kind: 'string', maxLength: 30 }], sampler });
  await second.close();
});
