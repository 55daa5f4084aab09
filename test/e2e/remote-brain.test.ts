import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openInferenceServer } from '#test/support/openai-server.ts';
import { run } from '#test/support/process.ts';

test('a server that refuses for good is reported in one line at the start, and the scripted brain plays the show', async (t) => {
  const server = await openInferenceServer();
  t.after(() => server.close());
  server.lacks = () => ({ kind: 'status', status: 401, body: 'Incorrect API key' });
  const { code, out, err } = await run('src/main.ts', ['--rounds', '1'], {
    env: { BRAIN: 'remote', BRAIN_URL: server.url, PACE: '0', PORT: '0' },
  });
  assert.equal(code, 0, err);
  const lines = out.split('\n').filter((line) => line.includes('BRAIN_URL'));
  assert.equal(lines.length, 1, out);
  assert.match(
    lines[0] ?? '',
    /refuses the key \(401\): Incorrect API key; .*The scripted brain plays in its place\.$/,
  );
  assert.match(out, /"brain":"scripted, in place of remote tiny-trader @ 127\.0\.0\.1:\d+"/);
  assert.equal(err, '');
});
