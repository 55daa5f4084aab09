import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import type { Fault, InferenceServer, SeenRequest } from '#test/support/openai-server.ts';
import { asks, good, never, refuses, scene, seen, startsStopped, turn } from './scene.ts';

const sampler = { temperature: 0.5, topP: 0.9, topK: 30, minP: null, repeatPenalty: 1.2 };

/** llama-cpp-python points at what it refuses, and also repeats the rest of the request. */
const LLAMA_CPP_PYTHON =
  "{\"error\":{\"message\":\"[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': \\\"Input should be 'text' or 'json_object'\\\", 'input': {'top_k': 30, 'max_tokens': 400}}]\",\"type\":\"internal_server_error\",\"param\":null}}";

type Lack = (request: SeenRequest) => Fault | null;

const withoutSchema: Lack = ({ asked }) =>
  asked?.response_format?.type === 'json_schema' ? refuses(500, LLAMA_CPP_PYTHON) : null;
const withoutSchemaBesideIt: Lack = ({ asked }) =>
  asked?.response_format?.type === 'json_object' && asked.response_format.schema
    ? refuses(400, '{"error":{"message":"response_format.schema: extra field"}}')
    : null;
const withoutResponseFormat: Lack = ({ asked }) =>
  asked?.response_format ? refuses(422, 'response_format is not supported') : null;
const withoutOllama: Lack = ({ path }) => (path === '/api/chat' ? refuses(404, 'no') : null);

function lackAll(...lacks: Lack[]): Lack {
  return (request) => lacks.map((lack) => lack(request)).find((fault) => fault !== null) ?? null;
}

/** How each request asked the server for the form of the answer. */
function formats(server: InferenceServer): string[] {
  return server.completions().map(({ path, asked }) => {
    if (path === '/api/chat') return 'ollama';
    const format = asked?.response_format;
    if (!format) return 'words';
    return format.type === 'json_object' && format.schema ? 'json_object_schema' : format.type;
  });
}

test('one probe learns the dialect of each kind of server, which is used from then on', async (t) => {
  const kinds: [lacks: Lack, asked: string[]][] = [
    [() => null, ['json_schema']],
    [withoutSchema, ['json_schema', 'json_object_schema']],
    [lackAll(withoutSchema, withoutSchemaBesideIt), ['json_schema', 'json_object_schema', 'json_object']],
    [withoutResponseFormat, ['json_schema', 'json_object_schema', 'json_object', 'ollama']],
    [
      lackAll(withoutResponseFormat, withoutOllama),
      ['json_schema', 'json_object_schema', 'json_object', 'ollama', 'words'],
    ],
  ];
  for (const [lacks, asked] of kinds) {
    const { server, options } = await scene(t);
    server.lacks = lacks;
    const brain = await createRemoteBrain({ ...options, ...asks({ sampler }) });
    t.after(() => brain.close());
    assert.deepEqual(formats(server), asked);
    server.requests.length = 0;
    const answers = await Promise.all([brain.think(turn, never), brain.think(turn, never)]);
    for (const { decision } of answers) assert.equal(decision.speech, `${seen.name} speaks.`);
    assert.deepEqual(formats(server), [asked.at(-1), asked.at(-1)]);
  }
});

test('a refusal that points at one setting and repeats the others costs only that setting', async (t) => {
  const { server, lines, open } = await scene(t);
  server.lacks = withoutSchema;
  await (await open(asks({ sampler }))).think(turn, never);
  const asked = server.completions()[0]?.asked;
  assert.equal(asked?.['top_k'], 30);
  assert.equal(asked['max_tokens'], 400);
  assert.ok(lines.some((line) => line.includes('"json_object_schema"') && line.includes('from now on')));
});

test('a server that accepts a format and does not keep to it is asked in the next one', async (t) => {
  const { server, options } = await scene(t);
  server.lacks = lackAll(withoutOllama, ({ asked }) =>
    asked?.response_format ? { kind: 'says', content: 'I would rather chat.' } : null,
  );
  const brain = await createRemoteBrain(options);
  t.after(() => brain.close());
  assert.equal(formats(server).at(-1), 'words');
  assert.equal((await brain.think(turn, never)).decision.speech, `${seen.name} speaks.`);
});

test('a server that keeps to no format plays on, and the log says so', async (t) => {
  const { server, lines, open } = await scene(t);
  server.lacks = () => ({ kind: 'says', content: 'I would rather chat.' });
  const brain = await open();
  assert.ok(lines.some((line) => line.includes('not JSON') && line.includes('no decision')));
  server.lacks = () => ({ kind: 'says', content: `Well: ${JSON.stringify(good)}` });
  assert.deepEqual((await brain.think(turn, never)).decision, good);
});

test('the limit on tokens has two names, and some servers want none', async (t) => {
  const { server, open } = await scene(t);
  const openAi: Lack = ({ asked }) =>
    asked && 'max_tokens' in asked
      ? refuses(
          400,
          '{"error":{"message":"Unsupported parameter: \'max_tokens\' is not supported with this model. Use \'max_completion_tokens\' instead.","param":"max_tokens"}}',
        )
      : null;
  server.lacks = openAi;
  await (await open()).think(turn, never);
  const [asked] = server.completions();
  assert.ok(asked?.asked && !('max_tokens' in asked.asked));
  assert.equal(asked.asked['max_completion_tokens'], 1_600);
  assert.equal(asked.asked.response_format?.type, 'json_schema');
  server.lacks = ({ asked: it }) =>
    it && ('max_tokens' in it || 'max_completion_tokens' in it)
      ? refuses(
          422,
          '{"detail":[{"loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted"}]}',
        )
      : null;
  await (await open()).think(turn, never);
  assert.equal(server.completions()[0]?.asked?.response_format?.type, 'json_schema');
});

test('settings that a server does not know, or a temperature that a model refuses, are left out', async (t) => {
  const { server, open } = await scene(t);
  server.lacks = ({ asked }) => {
    if (asked && 'top_k' in asked) return refuses(400, "Unrecognized request argument supplied: 'top_k'");
    if (asked && 'temperature' in asked)
      return refuses(400, "Unsupported value: 'temperature' does not support 0.5 with this model.");
    return null;
  };
  await (await open(asks({ sampler }))).think(turn, never);
  const asked = server.completions()[0]?.asked;
  assert.ok(asked && !('top_k' in asked) && !('temperature' in asked) && !('top_p' in asked));
  assert.equal(asked.response_format?.type, 'json_schema');
});

test('an Ollama at its own address gets its own settings', async (t) => {
  const { server, open } = await scene(t);
  server.lacks = withoutResponseFormat;
  const brain = await open({
    url: `${server.url}/v1`,
    ...asks({ sampler: { temperature: 0.5, topP: null, topK: 30, minP: null, repeatPenalty: 1.2 } }),
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

test('when a server comes back with another dialect, a turn learns it', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.lacks = withoutSchema;
  await Promise.all([brain.think(turn, never), brain.think(turn, never)]);
  server.requests.length = 0;
  await brain.think(turn, never);
  assert.deepEqual(formats(server), ['json_object_schema']);
});

test('the API is found under /v1, under any other path, and from the address of a call', async (t) => {
  const { server, open } = await scene(t);
  const addresses: [base: string, address: string][] = [
    ['/v1', ''],
    ['/v1', '/'],
    ['/v1', '/v1/'],
    ['/v1', '/v1/chat/completions'],
    ['/openai/v1', '/openai'],
    ['/openai/v1', '/openai/v1'],
    ['/v1beta/openai', '/v1beta/openai'],
    ['', ''],
  ];
  for (const [base, address] of addresses) {
    server.base = base;
    const brain = await open({ url: `${server.url}${address}` });
    await brain.think(turn, never);
    assert.equal(server.completions().at(-1)?.path, `${base}/chat/completions`, `${base} by ${address}`);
    server.listStatuses = [404, 404];
    await (await open({ url: `${server.url}${address}` })).think(turn, never);
    assert.equal(server.completions().at(-1)?.path, `${base}/chat/completions`, `${base} without a list`);
    server.listStatuses = [];
  }
});

test('a server that accepts no form of the question is refused at the start, in its own words', async (t) => {
  const { server, open } = await scene(t);
  server.lacks = lackAll(withoutOllama, () => refuses(400, 'max_tokens: structured output is not for you'));
  await startsStopped(open(), /accepts no form of the question .*\(400\): max_tokens: structured output/);
});
