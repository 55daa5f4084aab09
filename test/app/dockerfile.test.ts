import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { helpText } from '#app/settings.ts';
import { exampleSettings } from '#test/support/example-settings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ');

const check = /HEALTHCHECK .*? CMD node -e "(.+)"$/mu.exec(dockerfile)?.[1] ?? '';

/** Answers as the bot does when it is well, or not. */
async function answering(t: TestContext, status: number): Promise<number> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/healthz' ? status : 404).end('{}');
  });
  t.after(() => server.close());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** The exit code of the image's own health check. */
function healthAt(port: number | string): Promise<number | null> {
  const child = spawn(process.execPath, ['-e', check], {
    env: { ...process.env, HEALTH_PORT: String(port) },
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
}

test('the image’s health check passes where all is well, and fails where it is not or nothing answers', async (t) => {
  assert.equal(await healthAt(await answering(t, 200)), 0);
  assert.equal(await healthAt(await answering(t, 503)), 1);
  assert.equal(await healthAt(1), 1);
});

test('the image’s health check has nothing to say against a bot that was told to serve no health', async () => {
  assert.equal(await healthAt(''), 0);
  assert.equal(await healthAt(' '), 0);
});

test('a settings file written as the example says leaves the image its folder and its health', () => {
  const settings = exampleSettings();
  for (const [, list = ''] of dockerfile.matchAll(/^ENV (.+)$/gmu))
    for (const set of list.split(/\s+/u)) assert.ok(!((set.split('=')[0] ?? '') in settings), set);
});

test('the image sets what there is to set, starts what is there, and takes no secret and no database along', () => {
  for (const [, name = ''] of dockerfile.matchAll(/^ENV (.+)$/gmu))
    for (const set of name.split(/\s+/u)) {
      const variable = set.split('=')[0] ?? '';
      assert.match(helpText(), new RegExp(`\\[${variable}\\]$|^  ${variable} `, 'mu'));
    }
  const [, started = '[]'] = /^CMD (\[.+\])$/mu.exec(dockerfile) ?? [];
  for (const file of JSON.parse(started) as string[]) assert.ok(existsSync(path.join(root, file)), file);
  const left = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
  for (const secret of ['.env', 'data/shows', 'node_modules', '.git'])
    assert.ok(left.includes(secret), secret);
});

test('downloads have a volume of their own in the image, which hides neither the catalog nor the shipped model', () => {
  const settings = /^ENV (.+)$/mu.exec(dockerfile)?.[1]?.split(' ') ?? [];
  const folder = settings.find((each) => each.startsWith('MODELS_DIR='))?.split('=')[1] ?? '';
  const project = /^WORKDIR (.+)$/mu.exec(dockerfile)?.[1] ?? '';
  assert.ok(path.isAbsolute(folder) && path.relative(project, folder).startsWith('..'), folder);
  for (const where of [/^VOLUME (.+)$/mu, /mkdir ([^&]+)/u, /chown node:node (.+)/u])
    assert.ok(where.exec(dockerfile)?.[1]?.split(' ').includes(folder), String(where));
  assert.ok(dockerfile.includes(`:${folder} `), 'the command in its first lines names a volume for it');
});
