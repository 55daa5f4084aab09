import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Events, type TextChannel } from 'discord.js';
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import { login, newClient, openForTest } from './stage.ts';

async function roomOf(backlot: Backlot): Promise<TextChannel> {
  const guild = await login(newClient(backlot), backlot);
  return guild.channels.create({ name: 'the-tape' });
}

const lines = (backlot: Backlot): string[] =>
  backlot
    .viewer('Ann')
    .readChannel('the-tape')
    .map(({ content }) => content);
const MESSAGES = '/channels/:channelId/messages';

test('after a 429 the client waits and sends again', async (t) => {
  const backlot = await openForTest(t);
  const room = await roomOf(backlot);
  const fault = backlot.misbehave({
    match: { method: 'POST', route: MESSAGES },
    status: 429,
    retryAfterMs: 200,
    scope: 'global',
  });
  const startedMs = Date.now();
  await room.send('patience');
  assert.ok(Date.now() - startedMs >= 200);
  assert.equal(fault.hits, 1);
  assert.deepEqual(lines(backlot), ['patience']);
});

test('a request can be refused, answered late, or take effect and lose its answer', async (t) => {
  const backlot = await openForTest(t);
  const room = await roomOf(backlot);

  backlot.misbehave({ match: { route: /\/messages$/ }, status: 500 });
  await assert.rejects(room.send('never'), { status: 500 });
  backlot.misbehave({ match: { method: 'POST' }, status: 403, code: 50013 });
  await assert.rejects(room.send('forbidden'), { code: 50013 });
  backlot.misbehave({ match: { route: MESSAGES }, drop: true });
  await assert.rejects(room.send('lost on the way there'));
  assert.deepEqual(lines(backlot), []);

  backlot.misbehave({ match: { route: MESSAGES }, drop: true, afterEffect: true });
  await assert.rejects(room.send('lost on the way back'));
  assert.deepEqual(lines(backlot), ['lost on the way back']);

  const slow = backlot.misbehave({ match: { route: MESSAGES }, delayMs: 150, times: Infinity });
  const startedMs = Date.now();
  await room.send('slow');
  assert.ok(Date.now() - startedMs >= 150);
  slow.stop();
  assert.equal(slow.hits, 1);
});

test('while the gateway refuses connections a bot cannot log in', async (t) => {
  const backlot = await openForTest(t);
  backlot.gateway.refuse(60_000);
  await assert.rejects(newClient(backlot).login(backlot.token));
  backlot.gateway.refuse(0);
  await login(newClient(backlot), backlot);
});

test('a backlot out of reach refuses everything while its members go on; when it is back, the bot returns', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const back = once(client, Events.ShardReady);
  const port = new URL(backlot.url).port;

  await backlot.unplug();
  await assert.rejects(guild.fetch());
  backlot.viewer('Ann').say('general', 'anybody there?');
  await new Promise((resolve) => setTimeout(resolve, 700));
  await backlot.plugIn();
  assert.equal(new URL(backlot.url).port, port);
  await back;
  assert.equal(backlot.gateway.identifies, 2, 'after refused connections discord.js identifies afresh');
  assert.equal((await guild.fetch()).id, backlot.guildId);
});

test('only the page that the backlot itself serves, under its own name, can send it requests', async (t) => {
  const backlot = await openForTest(t);
  const { port } = new URL(backlot.url);
  const { request } = await import('node:http');
  const status = (headers: Record<string, string>, path = '/api/v10/gateway'): Promise<number> =>
    new Promise((resolve, reject) => {
      const named = { 'user-agent': 'a test', ...headers };
      request({ host: '127.0.0.1', port, path, headers: named }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  assert.equal(await status({}), 200);
  assert.equal(await status({ origin: backlot.url }), 200);
  assert.equal(await status({ origin: 'https://evil.example' }), 403);
  assert.equal(await status({ host: `evil.example:${port}` }), 403);
  for (const path of [
    '/../package.json',
    '/%2e%2e/page-protocol.ts',
    '/modules/lit/../ajv/package.json',
    '/modules/ajv/package.json',
    '/cdn/../x',
  ]) {
    assert.equal(await status({}, path), 404, path);
  }
});

test('two backlots cannot share a port, and say so', async (t) => {
  const backlot = await openForTest(t);
  const port = Number(new URL(backlot.url).port);
  await assert.rejects(
    openBacklot({ port, guildName: 'x', botName: 'x', members: ['x'] }),
    /cannot listen on 127\.0\.0\.1:\d+: the port is taken\. Is another backlot running\?/,
  );
});

test('a request that names no address is refused, and the backlot goes on', async (t) => {
  const backlot = await openForTest(t);
  const { port, host } = new URL(backlot.url);
  const answerTo = async (headers: readonly string[]): Promise<string> => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.end([`GET //[ HTTP/1.1`, ...headers, '', ''].join('\r\n'));
    let answer = '';
    for await (const part of socket) answer += String(part);
    return answer.split('\r\n')[0] ?? '';
  };
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  const ours = [`Host: ${host}`];
  assert.match(await answerTo([...ours, ...upgrade]), /^HTTP\/1\.1 400 /);
  assert.match(await answerTo([...ours, 'Connection: close']), /^HTTP\/1\.1 400 /);
  const evil = [...ours, 'Origin: https://evil.example', ...upgrade];
  assert.match(await answerTo(evil), /^HTTP\/1\.1 403 /, 'whose page it is comes first');
  assert.equal((await fetch(`${backlot.url}/api/v10/gateway`)).status, 200);
});
