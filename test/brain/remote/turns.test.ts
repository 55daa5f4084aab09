import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionSchema } from '#core/decision.ts';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { content } from '#test/support/floor.ts';
import { openInferenceServer, type InferenceServer } from '#test/support/openai-server.ts';
import { brainContract } from '../contract.ts';
import { asks, fumbles, KEY, never, observations, scene, seen, turn } from './scene.ts';

test("a turn is asked as a chat with the decision's schema, its keys in order, and answered", async (t) => {
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
  const messages = request.asked?.messages ?? [];
  const [system, ...shown] = messages.slice(0, -1);
  const asked = messages.at(-1);
  assert.equal(system?.role, 'system');
  assert.deepEqual(
    shown.map(({ role }) => role),
    shown.map((_, index) => (index % 2 === 0 ? 'user' : 'assistant')),
    'worked turns, as if they had been played',
  );
  assert.ok(shown.length >= 4);
  for (const { content } of shown.filter(({ role }) => role === 'assistant'))
    assert.ok(decisionSchema(seen.rooms.map(({ name }) => name)).parse(JSON.parse(content)));
  assert.equal(asked?.role, 'user');
  assert.match(asked.content, new RegExp(`You are in the ${seen.roomName}`));
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

test('an address may end in /v1 or a slash; the order of the keys is a setting', async (t) => {
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

test("a model's sampler settings and its thinking switch are sent along", async (t) => {
  const { server, open } = await scene(t);
  const sampler = { temperature: 0.7, topP: 0.8, topK: 20, minP: 0, repeatPenalty: 1.1 };
  const template = await open(
    asks({ sampler, thinking: { kind: 'template-argument', name: 'enable_thinking', value: false } }),
  );
  await template.think(turn, never);
  const asked = server.completions()[0]?.asked;
  assert.equal(asked?.['temperature'], 0.7);
  assert.equal(asked['top_k'], 20);
  assert.equal(asked['repetition_penalty'], 1.1);
  assert.deepEqual(asked['chat_template_kwargs'], { enable_thinking: false });
  const suffix = await open(asks({ thinking: { kind: 'suffix', text: '/no_think' } }));
  await suffix.think(turn, never);
  assert.match(server.completions()[0]?.asked?.messages[0]?.content ?? '', /\n\/no_think$/);
});

test("turns are asked in parallel, and nobody gets another's answer", async (t) => {
  const { server, open } = await scene(t);
  server.thinkMs = 1_000;
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

test('after 429, 503 or a reset connection the request is tried again within the turn', async (t) => {
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

test('a server that is busy without end is asked a few times a second, whatever wait it asks for', async (t) => {
  for (const after of ['0', '', '-5', new Date(0).toUTCString()]) {
    const { server, open } = await scene(t);
    const brain = await open({ timeLimitMs: 1_000 });
    server.faults = Array.from({ length: 1_000 }, () => ({
      kind: 'status',
      status: 503,
      headers: { 'retry-after': after },
    }));
    // The limit of the turn may cut the last asking short, too.
    await assert.rejects(brain.think(turn, never), FumbleError);
    const asked = server.completions().length;
    assert.ok(asked >= 1 && asked <= 10, `${asked} times after "${after}"`);
  }
});

test('a server that asks for a wait longer than the turn is not waited for', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [{ kind: 'status', status: 429, headers: { 'retry-after': '60' } }];
  const startedMs = performance.now();
  await fumbles(brain.think(turn, never), 'engine_error', /answered 429/);
  assert.ok(performance.now() - startedMs < 1_000);
});

test('an answer that breaks off, an error and a server that is gone are fumbles, and not tried twice', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [{ kind: 'cut' }];
  await fumbles(brain.think(turn, never), 'engine_error', /broke off in the middle of an answer/);
  server.faults = [{ kind: 'status', status: 500, body: 'CUDA out of memory' }];
  await fumbles(brain.think(turn, never), 'engine_error', /answered 500: CUDA out of memory/);
  assert.equal(server.completions().length, 2);
  await server.close();
  await fumbles(brain.think(turn, never), 'engine_error', /cannot be reached \(ECONNREFUSED\)/);
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

test('an abort and a close end the turns in flight', async (t) => {
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
    rooms: content.office.rooms,
    timeLimitMs: 10_000,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  }),
);
brainContract('the scripted brain', () => createScriptedBrain({ cast: content.cast, seed: 7 }), {
  turns: 300,
});
