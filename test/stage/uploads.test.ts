import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { restOptions } from '#stage/discord/rest-options.ts';

const PICTURE = new Uint8Array(200_000).fill(7);

function upload(): FormData {
  const form = new FormData();
  for (let nth = 0; nth < 5; nth += 1)
    form.append(`files[${nth}]`, new Blob([PICTURE], { type: 'image/png' }), `${nth}.png`);
  form.append('payload_json', '{"content":"the floor"}');
  return form;
}

async function serving(t: TestContext, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const send = async (url: string): Promise<number> => {
  const answer = await restOptions({}).makeRequest?.(url, {
    method: 'POST',
    body: upload() as never,
    headers: {},
  });
  return answer?.status ?? 0;
};

test('files arrive whole', async (t) => {
  const arrived = Promise.withResolvers<FormData>();
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const type = request.headers['content-type'] ?? '';
      arrived.resolve(
        await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData(),
      );
      response.end('{}');
    })().catch(arrived.reject);
  });
  assert.equal(await send(await serving(t, server)), 200);
  const form = await arrived.promise;
  assert.equal(form.get('payload_json'), '{"content":"the floor"}');
  const file = form.get('files[4]');
  assert.ok(file instanceof File && file.name === '4.png' && file.type === 'image/png');
  assert.deepEqual(new Uint8Array(await file.arrayBuffer()), PICTURE);
});

test('a connection that is cut in the middle of an upload is an error of that request alone', async (t) => {
  // What undici cannot say to its caller would fail this test as an unhandled rejection.
  const url = await serving(
    t,
    createServer((request) => request.once('data', () => request.socket.destroy())),
  );
  for (let nth = 0; nth < 20; nth += 1) await assert.rejects(send(url));
});
