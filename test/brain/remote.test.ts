import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createRemoteBrain, type RemoteOptions } from '#brain/remote/remote.ts';
import { RemoteBrainError } from '#brain/remote/address.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import type { Fumble } from '#core/vocabulary.ts';
import { FumbleError, type Brain } from '#show/ports/brain.ts';
import { content } from '#test/support/floor.ts';
import { openInferenceServer, type InferenceServer } from '#test/support/openai-server.ts';
import { brainContract, observationsOfShows } from './contract.ts';

const KEY = 'sk-very-secret-0123456789';

interface Scene {
  server: InferenceServer;
  lines: string[];
  options: RemoteOptions;
  /** A brain on the server. */
  open: (more?: Partial<RemoteOptions>) => Promise<Brain>;
}

async function scene(t: TestContext): Promise<Scene> {
  const server = await openInferenceServer();
  t.after(() => server.close());
  const lines: string[] = [];
  const write = (details: object, message: string): number =>
    lines.push(`${JSON.stringify(details)} ${message}`);
  const options: RemoteOptions = {
    url: server.url,
    apiKey: KEY,
    cast: content.cast,
    timeLimitMs: 5_000,
    log: { debug: write, info: write, warn: write, error: write },
  };
  const open = async (more: Partial<RemoteOptions> = {}): Promise<Brain> => {
    const brain = await createRemoteBrain({ ...options, ...more });
    t.after(() => brain.close());
    return brain;
  };
  return { server, lines, options, open };
}

const never = new AbortController().signal;
const observations = observationsOfShows(12);
const [seen] = observations;
assert.ok(seen);
const turn = { id: 'turn', observation: seen };

async function fumbles(promise: Promise<unknown>, code: Fumble, line: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof FumbleError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, line);
    assert.ok(!error.message.includes('\n'));
    return true;
  });
}

async function refusesToStart(promise: Promise<unknown>, line: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof RemoteBrainError, String(error));
    assert.match(error.message, line);
    assert.ok(!error.message.includes('\n'));
    return true;
  });
}

test("a turn is asked as chat with the decision's schema, keys in order, and answered", async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  assert.equal(brain.label, `remote tiny-trader @ 127.0.0.1:${server.port}`);
  const answer = await brain.think(turn, never);
  assert.equal(answer.decision.speech, `${seen.name} speaks.`);
  assert.equal(answer.raw, JSON.stringify(answer.decision));
  assert.deepEqual(answer.tokens, { evaluated: 50, forced: 0, sampled: 42 });
  const [request] = server.completions();
  assert.equal(request?.path, '/v1/chat/completions');
  assert.equal(request.headers.authorization, `Bearer ${KEY}`);
  assert.deepEqual(
    request.asked?.messages.map((message) => message.role),
    ['system', 'user'],
  );
  assert.match(request.asked?.messages[1]?.content ?? '', new RegExp(`You are in the ${seen.roomName}`));
  assert.equal(request.asked?.['max_tokens'], 400);
  const format = request.asked?.response_format;
  assert.ok(format?.type === 'json_schema');
  assert.deepEqual(Object.keys(format.json_schema.schema.properties), [
    'thought',
    'trade',
    'size',
    'speech',
    'location',
  ]);
  assert.deepEqual(format.json_schema.schema.properties['location'], {
    type: 'string',
    enum: seen.rooms.map((room) => room.name),
  });
});

test('an address with /v1 or a slash at the end is the same address; the key order is a setting', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open({
    url: `${server.url}/v1/`,
    keyOrder: ['trade', 'thought', 'size', 'speech', 'location'],
  });
  const { raw } = await brain.think(turn, never);
  assert.deepEqual(Object.keys(JSON.parse(raw) as object), [
    'trade',
    'thought',
    'size',
    'speech',
    'location',
  ]);
});

test('sampler and thinking switch of a model go along', async (t) => {
  const { server, open } = await scene(t);
  const sampler = { temperature: 0.7, topP: 0.8, topK: 20, minP: 0, repeatPenalty: 1.1 };
  const template = await open({
    sampler,
    thinking: { kind: 'template-argument', name: 'enable_thinking', value: false },
  });
  await template.think(turn, never);
  const asked = server.completions()[0]?.asked;
  assert.equal(asked?.['temperature'], 0.7);
  assert.equal(asked['top_k'], 20);
  assert.equal(asked['repetition_penalty'], 1.1);
  assert.deepEqual(asked['chat_template_kwargs'], { enable_thinking: false });
  const suffix = await open({ thinking: { kind: 'suffix', text: '/no_think' } });
  await suffix.think(turn, never);
  assert.match(server.completions()[1]?.asked?.messages[0]?.content ?? '', /\n\/no_think$/);
});

test("a wave is asked in parallel, and nobody gets another's answer", async (t) => {
  const { server, open } = await scene(t);
  server.thinkMs = 60;
  const brain = await open();
  const answers = await Promise.all(
    observations.map((observation, index) => brain.think({ id: `t${index}`, observation }, never)),
  );
  assert.equal(server.mostAtOnce, observations.length);
  assert.deepEqual(
    answers.map((answer) => answer.decision.thought),
    observations.map(({ name }) => `${name} speaks.`),
  );
});

test('busy (429, 503) and a reset connection are tried again within the turn', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [
    { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
    { kind: 'status', status: 503, headers: { 'retry-after': new Date(Date.now() - 1_000).toUTCString() } },
    { kind: 'reset' },
  ];
  const answer = await brain.think(turn, never);
  assert.equal(answer.decision.thought, `${seen.name} speaks.`);
  assert.equal(server.completions().length, 4);
});

test('a server that asks to wait longer than the turn is not waited for', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [{ kind: 'status', status: 429, headers: { 'retry-after': '60' } }];
  const startedMs = performance.now();
  await fumbles(brain.think(turn, never), 'engine_error', /answered 429/);
  assert.ok(performance.now() - startedMs < 1_000);
});

test('an answer that broke off, an error and a gone server are fumbles, not tried twice', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [{ kind: 'cut' }];
  await fumbles(brain.think(turn, never), 'engine_error', /broke off in the middle of an answer/);
  server.faults = [{ kind: 'status', status: 500, body: 'CUDA out of memory' }];
  await fumbles(brain.think(turn, never), 'engine_error', /answered 500: CUDA out of memory/);
  assert.equal(server.completions().length, 2);
  await server.close();
  await fumbles(brain.think(turn, never), 'engine_error', /not reached \(ECONNREFUSED\)/);
});

test('a slow answer is a timeout and is not asked for again', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open({ timeLimitMs: 80 });
  server.faults = [{ kind: 'slow', ms: 10_000 }];
  await fumbles(brain.think(turn, never), 'timeout', /gave no answer within 80 ms/);
  server.faults = [{ kind: 'slow', ms: 10_000 }];
  await fumbles(brain.think(turn, AbortSignal.timeout(40)), 'timeout', /no answer in the turn's time/);
  assert.equal(server.completions().length, 2);
  assert.equal((await brain.think(turn, never)).decision.size, 'AllIn');
});

test('an abort and a close end what is in flight', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [
    { kind: 'slow', ms: 10_000 },
    { kind: 'slow', ms: 10_000 },
  ];
  const stop = new AbortController();
  const first = fumbles(brain.think(turn, stop.signal), 'aborted', /was stopped/);
  const second = fumbles(brain.think(turn, never), 'aborted', /was closed/);
  setTimeout(() => stop.abort(), 30);
  await first;
  await brain.close();
  await second;
  await fumbles(brain.think(turn, never), 'aborted', /was closed/);
});

test('an answer that is no JSON shows how it began; long and broken ones too', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [
    { kind: 'says', content: `Sure! Here is\nmy plan: ${'buy '.repeat(100)}` },
    { kind: 'says', content: '{"thought": "I was just', finish: 'length' },
    { kind: 'says', content: '', reasoning: 'Let me think about this at length.' },
    { kind: 'body', body: '<html>hello</html>' },
  ];
  await fumbles(
    brain.think(turn, never),
    'invalid',
    /^the answer is no JSON: Sure! Here is my plan: [buy ]{90,97}$/,
  );
  await fumbles(brain.think(turn, never), 'invalid', /^the answer was cut short: \{"thought": "I was just$/);
  await fumbles(brain.think(turn, never), 'invalid', /only thought aloud/);
  await fumbles(brain.think(turn, never), 'invalid', /no completion: <html>/);
});

test('JSON that is no decision is a fumble; a text that is only too long is cut', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const good = { thought: 'x', trade: 'Hold', size: 'Small', speech: '', location: seen.roomName };
  const says = (fields: object): void => {
    server.faults = [{ kind: 'says', content: JSON.stringify({ ...good, ...fields }) }];
  };
  says({ location: 'The Moon' });
  await fumbles(brain.think(turn, never), 'invalid', /^location: /);
  says({ trade: 'Gold' });
  await fumbles(brain.think(turn, never), 'invalid', /^trade: /);
  says({ mood: 'odd' });
  await fumbles(brain.think(turn, never), 'invalid', /mood/);
  says({ thought: undefined });
  await fumbles(brain.think(turn, never), 'invalid', /^thought: /);
  says({ speech: `${'a'.repeat(139)}🚀🚀` });
  assert.equal((await brain.think(turn, never)).decision.speech, 'a'.repeat(139));
  server.faults = [{ kind: 'says', content: `<think>\n\n</think>\n\n${JSON.stringify(good)}` }];
  assert.equal((await brain.think(turn, never)).decision.thought, 'x');
});

test('a server without json_schema is asked with json_object, and that is remembered', async (t) => {
  const { server, lines, open } = await scene(t);
  server.lacks = ({ asked }) =>
    asked?.response_format?.type === 'json_schema'
      ? {
          kind: 'status',
          status: 400,
          body: '{"error":{"message":"response_format type must be one of text, json_object"}}',
        }
      : null;
  const brain = await open();
  await Promise.all([brain.think(turn, never), brain.think(turn, never)]);
  await brain.think(turn, never);
  assert.deepEqual(
    server.completions().map((request) => request.asked?.response_format?.type),
    ['json_schema', 'json_schema', 'json_object', 'json_object', 'json_object'],
  );
  assert.ok(lines.some((line) => line.includes('"format":"json_object"') && line.includes('from now on')));
});

test('an old Ollama is asked at its own address', async (t) => {
  const { server, open } = await scene(t);
  server.lacks = ({ path }) =>
    path.startsWith('/v1/chat') ? { kind: 'status', status: 400, body: 'invalid response_format' } : null;
  const brain = await open({
    sampler: { temperature: 0.5, topP: null, topK: 30, minP: null, repeatPenalty: 1.2 },
  });
  const answer = await brain.think(turn, never);
  assert.equal(answer.decision.thought, `${seen.name} speaks.`);
  assert.deepEqual(answer.tokens, { evaluated: 200, forced: 0, sampled: 40 });
  const asked = server.completions().at(-1)?.asked;
  assert.deepEqual(asked?.['options'], {
    num_predict: 400,
    temperature: 0.5,
    top_k: 30,
    repeat_penalty: 1.2,
  });
});

test('a server that minds foreign settings is asked without them; one that knows no schema is told apart', async (t) => {
  const { server, open } = await scene(t);
  server.lacks = ({ asked }) =>
    asked && 'top_k' in asked
      ? { kind: 'status', status: 400, body: "Unrecognized request argument: 'top_k'" }
      : null;
  const brain = await open({
    sampler: { temperature: 0.5, topP: 0.9, topK: 30, minP: null, repeatPenalty: null },
  });
  await brain.think(turn, never);
  assert.equal(server.completions().at(-1)?.asked?.response_format?.type, 'json_schema');
  server.lacks = ({ path }) =>
    path === '/api/chat'
      ? { kind: 'status', status: 404 }
      : { kind: 'status', status: 400, body: 'response_format is not supported' };
  await fumbles(brain.think(turn, never), 'engine_error', /answered 400: response_format is not supported/);
});

test('the key is in no error and no log, even when the server repeats it', async (t) => {
  const { server, lines, open, options } = await scene(t);
  const brain = await open();
  server.faults = [
    { kind: 'status', status: 401, body: `Incorrect API key provided: ${KEY}` },
    { kind: 'says', content: `my key is ${KEY}` },
    { kind: 'body', body: `${'-'.repeat(100)}${KEY}` },
  ];
  const said: string[] = [];
  for (let i = 0; i < 3; i++)
    await brain.think(turn, never).catch((error: unknown) => said.push(String(error)));
  server.listStatuses = [500];
  await createRemoteBrain(options).catch((error: unknown) => said.push(String(error)));
  await createRemoteBrain({ ...options, apiKey: `${KEY}\n` }).catch((error: unknown) =>
    said.push(String(error)),
  );
  await createRemoteBrain({ ...options, url: `http://user:${KEY}@127.0.0.1:1` }).catch((error: unknown) =>
    said.push(String(error)),
  );
  assert.equal(said.length, 6);
  assert.match(said[0] ?? '', /answered 401: Incorrect API key provided: \(key\); set BRAIN_API_KEY/);
  assert.ok(![...said, ...lines, brain.label].some((line) => line.includes(KEY.slice(0, 10))));
});

test('at the start the only model is taken; several, none or another one are told', async (t) => {
  const { server, open } = await scene(t);
  server.models = ['a:latest', 'b'];
  await refusesToStart(open(), /has 2 models; set MODEL to one of: a:latest, b$/);
  await refusesToStart(open({ model: 'c' }), /has no model "c"; set MODEL to one of: a:latest, b$/);
  assert.match((await open({ model: 'a' })).label, /^remote a:latest @/);
  server.models = [];
  await refusesToStart(open(), /has no model; load one/);
});

test('at the start a server that is loading is waited for', async (t) => {
  const { server, lines, open } = await scene(t);
  server.listStatuses = [503];
  assert.match((await open({ startLimitMs: 20_000 })).label, /tiny-trader/);
  server.listStatuses = Array.from({ length: 50 }, () => 503);
  await refusesToStart(open({ startLimitMs: 300 }), /is not ready: .*not now.*; wait until it has loaded/);
  assert.equal(lines.filter((line) => line.includes('still loading its model')).length, 1);
});

test('at the start what is wrong with the server is one line', async (t) => {
  const { server, open } = await scene(t);
  server.listStatuses = [401, 404, 404];
  await refusesToStart(open(), /refuses the key \(401\); set BRAIN_API_KEY/);
  await refusesToStart(open(), /answers 404 when asked for its models: .*; check the address/);
  assert.match((await open({ model: 'trusted' })).label, /^remote trusted @/);
  await refusesToStart(open({ url: 'localhost' }), /^BRAIN_URL: is no address; give one such as/);
  await refusesToStart(open({ url: 'ftp://host' }), /^BRAIN_URL: "ftp:" is not spoken here/);
  await server.close();
  await refusesToStart(
    open(),
    /^BRAIN_URL http:\/\/127\.0\.0\.1:\d+: not reached \(ECONNREFUSED\); start the server/,
  );
});

const shared: { server?: InferenceServer } = {};
test.before(async () => {
  shared.server = await openInferenceServer();
  shared.server.thinkMs = 2;
});
test.after(() => shared.server?.close());
const quiet = (): void => undefined;
brainContract('the remote brain', () =>
  createRemoteBrain({
    url: shared.server?.url ?? '',
    cast: content.cast,
    timeLimitMs: 10_000,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  }),
);
brainContract('the scripted brain', () => createScriptedBrain({ cast: content.cast, seed: 7 }), {
  turns: 300,
});
