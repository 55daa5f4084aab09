import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestListener, RequestReport } from '#backlot/rest/server.ts';
import { validateAgainstOpenApi } from '#test/support/openapi.ts';

const GOOD: RequestReport = {
  method: 'POST',
  route: '/channels/:channelId/webhooks',
  path: '/channels/1/webhooks',
  query: {},
  body: { name: 'Alex' },
  files: [],
  status: 200,
  answer: {
    id: '1',
    type: 1,
    name: 'Alex',
    avatar: null,
    channel_id: '1',
    guild_id: '1',
    application_id: null,
    token: 't',
  },
  misbehaved: false,
};

test("what differs from Discord's description of its API is named", (t) => {
  let tell: RequestListener = () => assert.fail('nobody listens');
  const validation = validateAgainstOpenApi({
    onRequest: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  if (validation.skipped !== undefined) {
    t.skip(validation.skipped);
    return;
  }
  tell(GOOD);
  assert.deepEqual(validation.violations, []);
  assert.equal(validation.checked, 2, 'the request and the answer');

  tell({ ...GOOD, body: { name: 7 } });
  tell({ ...GOOD, answer: { name: 'Alex' } });
  tell({ ...GOOD, status: 500, answer: { anything: true }, misbehaved: true });
  assert.equal(validation.violations.length, 2);
  assert.match(
    validation.violations[0] ?? '',
    /^POST \/channels\/:channelId\/webhooks request: \/name must be string/,
  );
  assert.match(
    validation.violations[1] ?? '',
    /^POST \/channels\/:channelId\/webhooks answer 200: .*required property/,
  );
});
