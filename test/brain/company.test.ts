/** Whom a model plays: the content's own cast always, those whom shows brought as far as it has room. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { AnswerAbortedError, PromptTooLongError } from '#brain/engine/errors.ts';
import { createLlamaBrain, type LlamaBrain, type LlamaOptions } from '#brain/llama.ts';
import { Company } from '#brain/minds/company.ts';
import type { Persona } from '#core/content.ts';
import { observe } from '#core/observe.ts';
import { InputError } from '#lib/input-error.ts';
import type { Log } from '#show/ports/clock.ts';
import { content, Floor } from '#test/support/floor.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { silentLog } from '#test/support/theatre.ts';

const { cast, office } = content;
const [alex] = cast;
assert.ok(alex);
/** A stranger with so many characters of Japanese, which a vocabulary of English spells out byte by byte. */
const stranger = (id: string, characters: number): Persona => ({
  ...alex,
  id,
  name: `${id[0]?.toUpperCase()}${id.slice(1)}`,
  persona: `You are ${id}. ${'株を買う女'.repeat(Math.ceil(characters / 5)).slice(0, characters)}`,
});

function heard(): { log: Log; warnings: [fields: object, line: string][] } {
  const warnings: [object, string][] = [];
  return { log: { ...silentLog, warn: (fields, line) => void warnings.push([fields, line]) }, warnings };
}

test('the content’s own come first and are all there; of the others the first have minds, and the rest is told in one line', () => {
  const strangers = Array.from({ length: 40 }, (_, at) => stranger(`t${at}`, 5));
  const brought = new Map(strangers.map(({ id }) => [id, 'here.sqlite']));
  const { log, warnings } = heard();
  const company = new Company({
    cast: [...strangers.slice(0, 5), ...cast, ...strangers.slice(5)],
    brought,
    log,
  });
  assert.deepEqual(company.own, cast);
  assert.deepEqual(company.first(6), [...cast, ...strangers.slice(0, 2)]);
  assert.equal(company.first(Infinity).length, cast.length + 28);
  company.seat(cast.length + 3);
  assert.deepEqual(company.members, [...cast, ...strangers.slice(0, 3)]);
  assert.equal(company.leftOut.size, 37);
  assert.equal(warnings.length, 1);
  assert.match(JSON.stringify(warnings), /"t3 of here\.sqlite".*the script plays these/);
  new Company({ cast, log }).seat(cast.length);
  assert.equal(warnings.length, 1, 'where all have room nothing is told');
});

test('one whom a show brought is left out with one line; for one of the content’s own there is none to play', () => {
  const zoe = stranger('zoe', 5);
  const { log, warnings } = heard();
  const company = new Company({ cast: [...cast, zoe], brought: new Map([['zoe', '1.sqlite']]), log });
  const tooLong = new PromptTooLongError('It is too long.');
  company.leaveOut(zoe, tooLong);
  assert.deepEqual([company.leftOut, company.members], [new Set(['zoe']), cast]);
  assert.deepEqual(warnings[0]?.[0], { trader: 'zoe', show: '1.sqlite', error: 'It is too long.' });
  assert.throws(() => company.leaveOut(alex, tooLong), InputError);
  const fault = new Error('a fault of the program');
  assert.throws(() => company.leaveOut(alex, fault), fault);
  const closed = new AnswerAbortedError('closed', 'The engine was closed.');
  assert.throws(() => company.leaveOut(zoe, closed), closed);
});

suite('a model of random weights', () => {
  async function open(
    t: TestContext,
    more: Partial<LlamaOptions>,
    trainedTokens = 4_096,
  ): Promise<LlamaBrain> {
    const modelFile = writeRandomModel(`${temporaryFolder(t)}/senseless.gguf`, {
      change: { contextTokens: trainedTokens },
    });
    const options = { modelFile, cast, rooms: office.rooms, seed: 1, threads: 1, log: silentLog };
    const brain = await createLlamaBrain({ ...options, ...more });
    t.after(() => brain.close());
    return brain;
  }
  const thinks = async (brain: LlamaBrain, { id }: Persona): Promise<string> => {
    const observation = { ...observe(new Floor().state, alex.id, content), trader: id };
    return (await brain.think({ id: `1:${id}`, observation }, AbortSignal.timeout(60_000))).raw;
  };

  test('gets a longer context where its vocabulary, or a persona, needs one', async (t) => {
    const usual = await open(t, {});
    const { contextTokensPerSequence: tokens } = usual.info;
    assert.ok(tokens > 1_024 && tokens < 4_096, `${tokens}`);
    const zoe = stranger('zoe', 200);
    const brought = new Map([['zoe', '1.sqlite']]);
    const longer = await open(t, { cast: [...cast, zoe], brought });
    assert.ok(longer.info.contextTokensPerSequence > tokens, `${longer.info.contextTokensPerSequence}`);
    assert.deepEqual(longer.leftOut, new Set());
    assert.match(await thinks(longer, zoe), /"thought"/);
  });

  test('plays on without a stranger who does not fit, and says so once', async (t) => {
    const { log, warnings } = heard();
    const huge = stranger('huge', 3_000);
    const zoe = stranger('zoe', 5);
    const brought = new Map([
      ['huge', '2.sqlite'],
      ['zoe', '1.sqlite'],
    ]);
    const brain = await open(t, { cast: [...cast, huge, zoe], brought, log });
    assert.deepEqual(brain.leftOut, new Set(['huge']));
    const told = warnings.filter(([fields]) => 'trader' in fields);
    assert.equal(told.length, 1);
    assert.partialDeepStrictEqual(told[0]?.[0], { trader: 'huge', show: '2.sqlite' });
    for (const persona of [alex, zoe]) assert.match(await thinks(brain, persona), /"thought"/);
    await assert.rejects(thinks(brain, huge), /not in the cast/);
  });

  test('refuses one of the content’s own who does not fit, with one line', async (t) => {
    await assert.rejects(
      open(t, { cast: [...cast, stranger('huge', 3_000)] }),
      (error) =>
        error instanceof InputError && /^Huge is too long for the model.*--cast\.$/.test(error.message),
    );
  });

  test('gets no longer context than it was trained for, and then has no room for a long persona', async (t) => {
    const zoe = stranger('zoe', 200);
    const told = { cast: [...cast, zoe], brought: new Map([['zoe', '1.sqlite']]) };
    const brain = await open(t, told, 1_280);
    assert.equal(brain.info.contextTokensPerSequence, 1_280);
    assert.deepEqual(brain.leftOut, new Set(['zoe']));
  });
});
