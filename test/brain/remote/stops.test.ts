import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { BrainStoppedError, withStandIn, type StoppableBrain } from '#brain/stand-in.ts';
import type { Brain } from '#show/ports/brain.ts';
import { content } from '#test/support/floor.ts';
import type { Fault } from '#test/support/openai-server.ts';
import { fumbles, never, refuses, scene, seen, turn } from './scene.ts';

const CHEAP_TALK = "response_format: this server's grammar is gone";

/** The scripted brain, which stands in for the remote one as in a show. */
function played(remote: StoppableBrain): Brain {
  return withStandIn(remote, createScriptedBrain({ cast: content.cast, seed: 7 }));
}

test('a refusal that will not change stops the brain with one line, and the scripted brain plays', async (t) => {
  const refusals: [fault: Fault, line: RegExp][] = [
    [
      refuses(401, 'The key has expired.'),
      /refuses the key \(401\): The key has expired\.; set BRAIN_API_KEY/,
    ],
    [refuses(403, 'Not for you.'), /refuses the key \(403\)/],
    [refuses(404, '<h1>Not Found</h1>'), /has no chat completions there \(404\)/],
    [refuses(404, 'no such model'), /has no model "tiny-trader" \(404\)/],
    [
      refuses(400, CHEAP_TALK),
      /accepts no form of the question that the show knows \(400\): response_format/,
    ],
    [refuses(422, CHEAP_TALK), /\(422\): response_format/],
    [refuses(500, CHEAP_TALK), /\(500\): response_format/],
  ];
  for (const [fault, line] of refusals) {
    const { server, lines, open } = await scene(t);
    const remote = await open();
    const brain = played(remote);
    assert.equal(brain.label, remote.label);
    server.lacks = ({ path }) => (path === '/api/chat' ? refuses(404, 'no') : fault);
    const wave = await Promise.all([brain.think(turn, never), brain.think(turn, never)]);
    const alone = await createScriptedBrain({ cast: content.cast, seed: 7 }).think(turn, never);
    for (const { decision } of wave) assert.deepEqual(decision, alone.decision);
    const stops = lines.filter((it) => it.includes('the remote brain stops'));
    assert.equal(stops.length, 1, 'one line for all turns in flight');
    assert.match(stops[0] ?? '', line);
    assert.equal(brain.label, `scripted, in place of ${remote.label}`);
    const asked = server.requests.length;
    for (let i = 0; i < 5; i++) await brain.think(turn, never);
    assert.equal(server.requests.length, asked, 'a server that would say the same is not asked again');
    await assert.rejects(remote.think(turn, never), BrainStoppedError);
  }
});

test('bad luck is a fumble and does not stop the brain', async (t) => {
  const { server, open } = await scene(t);
  const remote = await open({ timeLimitMs: 700 });
  const brain = played(remote);
  const unlucky: Fault[] = [
    refuses(500, 'CUDA out of memory'),
    refuses(502, 'Bad Gateway'),
    { kind: 'status', status: 503, headers: { 'retry-after': '60' } },
    { kind: 'status', status: 429, headers: { 'retry-after': '60' } },
    refuses(400, 'The content filter minds this turn.'),
    { kind: 'cut' },
  ];
  for (const fault of unlucky) {
    server.faults = [fault];
    await fumbles(brain.think(turn, never), 'engine_error', /127\.0\.0\.1/);
  }
  server.faults = [{ kind: 'slow', ms: 10_000 }];
  await fumbles(brain.think(turn, never), 'timeout', /gave no answer/);
  assert.equal(remote.stoppedBy, null);
  assert.equal((await brain.think(turn, never)).decision.thought, `${seen.name} speaks.`);
});

test('when every question is refused, it is not bad luck', async (t) => {
  const { server, lines, open } = await scene(t);
  const remote = await open();
  server.lacks = () => refuses(400, 'Your context is longer than mine.');
  for (let i = 0; i < 7; i++) await fumbles(remote.think(turn, never), 'engine_error', /answered 400: Your/);
  await assert.rejects(remote.think(turn, never), BrainStoppedError);
  assert.ok(lines.some((line) => /refuses every question: answered 400: Your context/.test(line)));
});

test('where the cause can pass, the server is tried again, and the remote brain thinks again once it answers', async (t) => {
  const { server, lines, open } = await scene(t);
  const remote = await open({ tryAgainMs: { minMs: 1, maxMs: 1 } });
  const brain = played(remote);
  server.lacks = () => refuses(404, 'the model was unloaded');
  await brain.think(turn, never);
  assert.match(remote.stoppedBy ?? '', /has no model/);
  server.lacks = ({ asked }) =>
    asked?.response_format?.type === 'json_schema' ? refuses(400, CHEAP_TALK) : null;
  // The turn that starts the new try does not wait for it: the scripted brain plays that turn.
  while (remote.stoppedBy !== null) {
    await brain.think(turn, never);
    await sleep(5);
  }
  assert.equal((await brain.think(turn, never)).decision.thought, `${seen.name} speaks.`);
  assert.equal(brain.label, remote.label);
  assert.equal(server.completions().at(-1)?.asked?.response_format?.type, 'json_object');
  assert.ok(lines.some((line) => line.includes('thinks again')));
});

test('a refused key is not tried again: it is read only at the start', async (t) => {
  const { server, open } = await scene(t);
  const remote = await open({ tryAgainMs: { minMs: 0, maxMs: 0 } });
  server.lacks = () => refuses(401, 'no');
  for (let i = 0; i < 3; i++) await assert.rejects(remote.think(turn, never), BrainStoppedError);
  assert.equal(server.completions().length, 1);
});
