import assert from 'node:assert/strict';
import { test } from 'node:test';
import { content } from '#test/support/floor.ts';
import { good, never, refuses, scene, seen, turn } from './scene.ts';

const copied =
  content.cast.find(({ id }) => id === seen.trader)?.examples?.find(({ sees }) => sees.company.length === 0)
    ?.does.speech ?? assert.fail('no example');
const says = (speech: string) => ({ kind: 'says', content: JSON.stringify({ ...good, speech }) }) as const;

test('what copies a worked turn is asked for once more, in own words, and the second answer is said', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [says(copied), says('Then I shall see for myself.')];
  const { decision } = await brain.think(turn, never);
  assert.equal(decision.speech, 'Then I shall see for myself.');
  const users = server.completions().map(({ asked }) => asked?.messages.at(-1)?.content ?? '');
  assert.equal(users.length, 2);
  assert.equal(users[1], `${users[0]}\nIn your own words.`);
});

test('it is asked no third time: a second copy or a refusal keeps the first answer', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  for (const second of [says(`Well. ${copied}`), refuses(500, 'busy')]) {
    server.requests.length = 0;
    server.faults = [says(copied), second];
    assert.equal((await brain.think(turn, never)).decision.speech, copied);
    assert.equal(server.completions().length, 2);
  }
});

test('silence is no way out: a copy stands where the second answer says nothing', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [says(copied), says('')];
  assert.equal((await brain.think(turn, never)).decision.speech, copied);
  assert.equal(server.completions().length, 2);
});

test("a line of the trader's own is not said again in the same words either", async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [says('My umbrella never reads the forecast.')];
  await brain.think(turn, never);
  server.faults = [says('My umbrella never reads the forecast.'), says('Rain pays no dividend here.')];
  assert.equal((await brain.think(turn, never)).decision.speech, 'Rain pays no dividend here.');
});

test('what was said on one floor may be said on another', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  for (const floor of ['first', 'second', 'first']) {
    server.faults.push(says('My umbrella never reads the forecast.'));
    await brain.think({ ...turn, floor }, never);
  }
  assert.equal(server.completions().length, 4, 'only the first floor had heard it');
});

test('what is said aside is not remembered, but may not copy either', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const umbrella = says('My umbrella never reads the forecast.');
  server.faults = [umbrella];
  await brain.think({ ...turn, aside: true }, never);
  server.faults = [umbrella];
  assert.equal((await brain.think(turn, never)).decision.speech, 'My umbrella never reads the forecast.');
  assert.equal(server.completions().length, 2, 'nobody had heard it');
  server.faults = [umbrella, says('Rain pays no dividend here.')];
  const { decision } = await brain.think({ ...turn, aside: true }, never);
  assert.equal(decision.speech, 'Rain pays no dividend here.');
});
