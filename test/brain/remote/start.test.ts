import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import { BrainStoppedError } from '#brain/stand-in.ts';
import { until } from '#test/support/process.ts';
import { KEY, never, refuses, refusesToStart, scene, seen, startsStopped, turn } from './scene.ts';

const sampler = { temperature: 0.7, topP: 0.9, topK: null, minP: null, repeatPenalty: null };

test('the only model is taken; where there are several, or not the one that was named, the error lists them', async (t) => {
  const { server, open } = await scene(t);
  server.models = ['a:latest', 'b', 'models/c'];
  await refusesToStart(open(), /has 3 models; set MODEL to one of: a:latest, b, models\/c$/);
  await startsStopped(
    open({ model: 'd' }),
    /has no model "d"; set MODEL to one of: a:latest, b, models\/c; tried again in 10 min$/,
  );
  assert.match((await open({ model: 'a' })).label, /^remote a:latest @/);
  assert.match((await open({ model: 'c' })).label, /^remote models\/c @/);
  server.models = Array.from({ length: 300 }, (_, index) => `model-${index}`);
  await refusesToStart(open(), /has 300 models; set MODEL to one of: model-0, .*model-11, and 288 more$/);
});

test('an empty, missing or oddly shaped list of models does not stop the show', async (t) => {
  const { server, lines, open } = await scene(t);
  server.models = [];
  const brain = await open();
  assert.match(brain.label, /^remote default @/);
  assert.equal((await brain.think(turn, never)).decision.thought, `${seen.name} speaks.`);
  assert.equal(server.completions()[0]?.asked?.model, 'default');
  assert.match((await open({ model: 'trusted' })).label, /^remote trusted @/);
  server.listStatuses = [404, 404];
  assert.match((await open()).label, /^remote default @/);
  assert.ok(lines.some((line) => line.includes('does not list its models')));
  assert.match((await open({ model: 'trusted' })).label, /^remote trusted @/);
  for (const listBody of [[{ id: 'x' }], { models: [{ name: 'x' }] }, { models: [{ model: 'x' }] }]) {
    server.listBody = listBody;
    assert.match((await open()).label, /^remote x @/, JSON.stringify(listBody));
  }
});

test('the answer of a server without a list names its model', async (t) => {
  const { server, open } = await scene(t);
  server.models = [];
  server.lacks = () => ({
    kind: 'body',
    body: '{"model":"tiny.gguf","choices":[{"message":{"content":"Hm."}}]}',
  });
  assert.match((await open()).label, /^remote tiny\.gguf @/);
});

test('a server that is loading is waited for', async (t) => {
  const { server, lines, open } = await scene(t);
  server.listStatuses = [503];
  assert.match((await open({ startLimitMs: 20_000 })).label, /tiny-trader/);
  server.listStatuses = Array.from({ length: 50 }, () => 503);
  await refusesToStart(open({ startLimitMs: 300 }), /is not ready: .*not now.*; wait until it has loaded/);
  assert.equal(lines.filter((line) => line.includes('still loading its model')).length, 1);
});

test('a server that lists its model while it is loading it is waited for, too', async (t) => {
  const { server, lines, open } = await scene(t);
  server.faults = Array.from({ length: 12 }, () => ({
    kind: 'status',
    status: 503,
    body: '{"error":{"message":"Loading model"}}',
    headers: { 'retry-after': '0.01' },
  }));
  await (await open()).think(turn, never);
  assert.equal(server.completions().length, 1);
  assert.equal(lines.filter((line) => line.includes('still loading its model; waiting')).length, 1);
  assert.ok(!lines.some((line) => line.includes('no answer to the first question')));
});

test('a server that cannot be asked, and a setting that is wrong, end the start with one line', async (t) => {
  const { server, open } = await scene(t);
  server.listStatuses = [500];
  await refusesToStart(open(), /answers 500 when asked for its models: .*; check the address/);
  server.listStatuses = [];
  await refusesToStart(open({ url: 'localhost' }), /^BRAIN_URL: is not an address; give one such as/);
  await refusesToStart(open({ url: 'ftp://host' }), /^BRAIN_URL: "ftp:" is not supported/);
  await server.close();
  await refusesToStart(
    open(),
    /^BRAIN_URL http:\/\/127\.0\.0\.1:\d+: cannot be reached \(ECONNREFUSED\); start the server/,
  );
});

test('a server that refuses the list of its models for good stops the brain from the start', async (t) => {
  const { server, open } = await scene(t);
  server.listStatuses = [401];
  await startsStopped(open(), /refuses the key \(401\): .*; set BRAIN_API_KEY .*; not tried again before/);
  server.listStatuses = [402];
  await startsStopped(open(), /wants to be paid \(402\)/);
  server.listBody = { hello: 'world' };
  await startsStopped(open(), /answers, but not as an OpenAI-compatible server: .*; check the address/);
  server.listBody = null;
  server.base = '/elsewhere';
  await startsStopped(open(), /has no chat completions there \(404\): .*; check the address/);
});

test('a server that refuses the first question for good stops the brain from the start, in its own words', async (t) => {
  const { server, open } = await scene(t);
  const refusals: [status: number, body: string, line: RegExp][] = [
    [401, 'Incorrect API key', /refuses the key \(401\): Incorrect API key; set BRAIN_API_KEY/],
    [
      401,
      '{"error":{"message":"Incorrect API key","code":1}}',
      /refuses the key \(401\): Incorrect API key; set/,
    ],
    [403, '{"detail":"No access"}', /refuses the key \(403\): No access; set/],
    [402, 'Insufficient credits', /wants to be paid \(402\): Insufficient credits; /],
    [403, 'No access', /refuses the key \(403\): No access; set BRAIN_API_KEY/],
    [404, 'The model does not exist', /has no model "tiny-trader" \(404\): .*; set MODEL/],
    [
      422,
      'response_format: unknown',
      /accepts no form of the question that the show knows \(422\): response_format/,
    ],
  ];
  for (const [status, body, line] of refusals) {
    server.lacks = ({ path }) => refuses(path === '/api/chat' ? 404 : status, body);
    await startsStopped(open(), line);
  }
  server.lacks = () => ({ kind: 'status', status: 301, headers: { location: 'https://elsewhere.test/v1' } });
  await startsStopped(open(), /redirects to https:\/\/elsewhere\.test\/v1 \(301\); give that address/);
});

test('a model that the server gets later is found, with the settings of its row', async (t) => {
  const { server, lines, open } = await scene(t);
  const brain = await open({
    model: 'late',
    tryAgainMs: { minMs: 1, maxMs: 1 },
    settingsOf: (model) =>
      model === 'late' ? { sampler: { ...sampler, temperature: 0.3 }, thinking: { kind: 'none' } } : null,
  });
  assert.match(brain.stoppedBy ?? '', /has no model "late"; set MODEL to one of: tiny-trader/);
  const triedUntil = (what: () => boolean): Promise<void> =>
    until(() => {
      brain.think(turn, never).catch((error: unknown) => assert.ok(error instanceof BrainStoppedError));
      return what();
    });
  await triedUntil(() => lines.some((line) => /has no model .*still cannot think/.test(line)));
  server.models = ['late'];
  await triedUntil(() => brain.stoppedBy === null);
  server.requests.length = 0;
  await brain.think(turn, never);
  assert.match(brain.label, /^remote late @/);
  assert.equal(server.completions()[0]?.asked?.['temperature'], 0.3);
});

test('bad luck with the first question does not stop the show: a turn learns what the probe could not', async (t) => {
  const { server, lines, open } = await scene(t);
  for (const fault of [refuses(502, 'Bad Gateway'), refuses(429, 'Slow down'), { kind: 'cut' } as const]) {
    server.faults = [fault];
    const brain = await open({ startLimitMs: 800 });
    assert.equal((await brain.think(turn, never)).decision.thought, `${seen.name} speaks.`);
  }
  server.faults = [{ kind: 'slow', ms: 10_000 }];
  await (await open({ startLimitMs: 300 })).think(turn, never);
  assert.equal(lines.filter((line) => line.includes('no answer to the first question')).length, 4);
});

test('the key is in no error and no log, even when the server repeats it', async (t) => {
  const { server, lines, open, options } = await scene(t);
  const brain = await open();
  server.faults = [
    { kind: 'says', content: `my key is ${KEY}` },
    { kind: 'body', body: `${'-'.repeat(100)}${KEY}` },
    refuses(500, `Your key: ${KEY}`),
    refuses(401, `Incorrect API key provided: ${KEY}`),
  ];
  const said: string[] = [];
  const note = (error: unknown): number => said.push(String(error));
  for (let i = 0; i < 4; i++) await brain.think(turn, never).catch(note);
  server.listStatuses = [500];
  await createRemoteBrain(options).catch(note);
  server.lacks = () => refuses(401, `Incorrect API key provided: ${KEY}`);
  note((await open()).stoppedBy);
  await createRemoteBrain({ ...options, apiKey: `${KEY}\n` }).catch(note);
  await createRemoteBrain({ ...options, url: `http://user:${KEY}@127.0.0.1:1` }).catch(note);
  assert.equal(said.length, 8);
  assert.match(said[3] ?? '', /\(401\): Incorrect API key provided: \(key\); set BRAIN_API_KEY/);
  assert.ok(![...said, ...lines, brain.label].some((line) => line.includes(KEY.slice(0, 10))));
});
