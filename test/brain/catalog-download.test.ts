import assert from 'node:assert/strict';
import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { loadCatalog, type CatalogEntry } from '#brain/catalog.ts';
import { downloadModel, type DownloadOptions } from '#brain/download/download.ts';
import { ModelFetchError, type ModelFetchCode } from '#brain/download/error.ts';
import { holdDownload } from '#brain/download/lock.ts';
import { progressLine, type Progress } from '#brain/download/progress.ts';
import { ggufBytes, openHub, sha256, type Hub, type HubFaults } from '#test/support/model-hub.ts';

const FILE = ggufBytes(1_000_000);

interface Scene {
  hub: Hub;
  file: string;
  fetch: (
    options?: Partial<DownloadOptions> & { pinned?: Partial<CatalogEntry> },
  ) => ReturnType<typeof downloadModel>;
}

async function scene(t: TestContext, faults: HubFaults = {}): Promise<Scene> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'download-'));
  t.after(() => rm(folder, { recursive: true }));
  const hub = await openHub(FILE, faults);
  t.after(() => hub.close());
  const known = loadCatalog().models.find((entry) => entry.id === 'minicpm5-1b');
  assert.ok(known);
  const file = path.join(folder, 'models', known.file);
  return {
    hub,
    file,
    fetch: ({ pinned, ...options } = {}) =>
      downloadModel({
        entry: { ...known, bytes: null, sha256: null, approxMB: 1, ...pinned },
        path: file,
        base: hub.base,
        backOffMs: 1,
        freeBytes: async () => 1e12,
        env: {},
        ...options,
      }),
  };
}

async function fails(promise: Promise<unknown>, code: ModelFetchCode, line: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof ModelFetchError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, line);
    assert.ok(error.message.startsWith(error.place) && error.message.endsWith(error.cure));
    assert.ok(!error.message.includes('\n'));
    return true;
  });
}

test('a model comes whole, with progress, and nothing is left beside it but its sum', async (t) => {
  const { hub, file, fetch } = await scene(t);
  const seen: Progress[] = [];
  const fetched = await fetch({ onProgress: (progress) => seen.push(progress) });
  assert.deepEqual(await readFile(file), FILE);
  assert.equal(hub.requests[0]?.url, '/openbmb/MiniCPM5-1B-GGUF/resolve/main/MiniCPM5-1B-Q4_K_M.gguf');
  assert.equal(fetched.pinned, 'no');
  assert.match(fetched.note, /not pinned: nobody vouches for sha256 [0-9a-f]{64}/);
  assert.deepEqual(await readdir(path.dirname(file)), [path.basename(file), `${path.basename(file)}.sha256`]);
  assert.equal(await readFile(`${file}.sha256`, 'utf8'), `${sha256(FILE)}  ${path.basename(file)}\n`);
  const last = seen.at(-1);
  assert.equal(last?.receivedBytes, FILE.length);
  assert.equal(last.totalBytes, FILE.length);
  assert.equal(last.secondsLeft, 0);
  assert.ok(seen.every((progress, index) => progress.receivedBytes >= (seen[index - 1]?.receivedBytes ?? 0)));
});

test('a pinned sum and size are checked, and no sum is noted', async (t) => {
  const { file, fetch } = await scene(t);
  const fetched = await fetch({ pinned: { sha256: sha256(FILE), bytes: FILE.length } });
  assert.equal(fetched.pinned, 'catalog');
  assert.deepEqual(await readdir(path.dirname(file)), [path.basename(file)]);
});

test('a cut connection is tried once more and goes on where it stopped', async (t) => {
  const { hub, file, fetch } = await scene(t, { cutAfterBytes: 400_000 });
  await fetch();
  assert.deepEqual(await readFile(file), FILE);
  assert.equal(hub.requests.length, 2);
  assert.match(hub.requests[1]?.headers.range ?? '', /^bytes=[1-9]\d*-$/);
  assert.match(String(hub.requests[1]?.headers['if-range']), /^"[0-9a-f]+"$/);
});

test('cut twice is one clear line, and the next start goes on', async (t) => {
  const { hub, file, fetch } = await scene(t, { cutAfterBytes: 300_000, cuts: 2 });
  await fails(fetch(), 'dropped', /the connection broke .*; start again to go on where it stopped$/);
  const kept = (await readFile(`${file}.part`)).length;
  assert.ok(kept > 0 && kept < FILE.length);
  assert.ok(!existsSync(file));
  const seen: Progress[] = [];
  await fetch({ onProgress: (progress) => seen.push(progress) });
  assert.equal(hub.requests.at(-1)?.headers.range, `bytes=${kept}-`);
  assert.ok((seen[0]?.receivedBytes ?? 0) >= kept);
  assert.deepEqual(await readFile(file), FILE);
});

test("behind the hub's redirect the stated sum pins the file, and lets a store without tags go on", async (t) => {
  const { hub, file, fetch } = await scene(t, { redirects: true, noTag: true, cutAfterBytes: 400_000 });
  const fetched = await fetch({ token: 'hub-token' });
  assert.equal(fetched.pinned, 'hub');
  assert.deepEqual(await readFile(file), FILE);
  assert.equal(hub.requests.length, 4);
  assert.match(hub.requests[3]?.headers.range ?? '', /^bytes=[1-9]/);
  assert.equal(hub.requests[0]?.headers.authorization, 'Bearer hub-token');
});

test('the token does not travel to another host', async (t) => {
  const store = await openHub(FILE);
  t.after(() => store.close());
  const { fetch } = await scene(t);
  const front = createServer((_request, response) =>
    response.writeHead(302, { location: `${store.base}/file` }).end(),
  );
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  t.after(() => front.close());
  await fetch({ token: 'hub-token', base: `http://127.0.0.1:${(front.address() as AddressInfo).port}` });
  assert.equal(store.requests[0]?.headers.authorization, undefined);
});

test('a server that ignores ranges, and one that has another file now, are asked from the start', async (t) => {
  const { hub, file, fetch } = await scene(t, { cutAfterBytes: 300_000, cuts: 2 });
  await fails(fetch(), 'dropped', /broke/);
  hub.faults = { ignoresRange: true, cutAfterBytes: 300_000, cuts: 2 };
  await fails(fetch(), 'dropped', /broke/);
  const other = ggufBytes(900_000).fill('new', 8);
  hub.faults = { body: other };
  await fetch();
  assert.deepEqual(await readFile(file), other);
});

test('without a tag nothing proves that the rest belongs to the part: it begins anew', async (t) => {
  const { hub, file, fetch } = await scene(t, { noTag: true, cutAfterBytes: 300_000 });
  await fetch();
  assert.equal(hub.requests[1]?.headers.range, undefined);
  assert.deepEqual(await readFile(file), FILE);
});

test('a part that is already whole is only checked', async (t) => {
  const { file, fetch, hub } = await scene(t, { cutAfterBytes: 10_000, cuts: 2 });
  await fails(fetch(), 'dropped', /broke/);
  await writeFile(`${file}.part`, FILE);
  hub.faults = { status: 416 };
  await fails(fetch({ pinned: { sha256: sha256(FILE) } }), 'server', /answered 416/);
  hub.faults = {};
  await fetch();
  assert.deepEqual(await readFile(file), FILE);
});

test('a part that is already whole, by the length and the sum that are pinned, needs no network', async (t) => {
  const { file, fetch, hub } = await scene(t, { cutAfterBytes: 10_000, cuts: 2 });
  await fails(fetch(), 'dropped', /broke/);
  const pinned = { sha256: sha256(FILE), bytes: FILE.length };
  hub.faults = { status: 416 };
  await writeFile(`${file}.part`, FILE);
  await fetch({ pinned });
  await rm(file);
  await hub.close();
  await writeFile(`${file}.part`, FILE);
  await fetch({ pinned });
  assert.deepEqual(await readdir(path.dirname(file)), [path.basename(file)]);
  await rm(file);
  await writeFile(`${file}.part`, ggufBytes(FILE.length).fill('x', 100));
  await fails(fetch({ pinned }), 'wrong_sum', /it was thrown away; start again/);
});

test('a wrong sum, a wrong size and a wrong kind are thrown away', async (t) => {
  const { hub, file, fetch } = await scene(t);
  await fails(
    fetch({ pinned: { sha256: 'a'.repeat(64) } }),
    'wrong_sum',
    /its sha256 is [0-9a-f]{64}, the catalog says a{64}; it was thrown away/,
  );
  hub.faults = { redirects: true, body: ggufBytes(1_000_000).fill('x', 100) };
  await fails(fetch(), 'wrong_sum', /the hub says/);
  hub.faults = {};
  await fails(
    fetch({ pinned: { bytes: 999_999 } }),
    'wrong_size',
    /the server offers 1000000 bytes, the catalog says 999999/,
  );
  hub.faults = { body: Buffer.from('not a model at all') };
  await fails(fetch(), 'wrong_file', /no GGUF file/);
  hub.faults = { contentType: 'text/html; charset=utf-8' };
  await fails(fetch(), 'wrong_file', /a web page instead of the file/);
  assert.ok(!existsSync(file));
  assert.ok(!existsSync(`${file}.part`));
});

test('what a server may refuse is told apart', async (t) => {
  const { hub, fetch } = await scene(t);
  const cases: [number, ModelFetchCode, RegExp][] = [
    [401, 'unauthorised', /set HF_TOKEN/],
    [403, 'gated', /accept the licence on the model's page/],
    [404, 'missing', /no such file there \(404\).*catalog\.json/],
    [500, 'server', /the server answered 500; try again later/],
  ];
  for (const [status, code, line] of cases) {
    hub.faults = { status };
    await fails(fetch(), code, line);
  }
});

test('nothing listening, a name that is none, and an address that is none', async (t) => {
  const { hub, fetch } = await scene(t);
  await hub.close();
  await fails(fetch(), 'refused', /^127\.0\.0\.1:\d+: nothing listens there/);
  await fails(
    fetch({ base: 'http://no-such-host.invalid' }),
    'offline',
    /^no-such-host\.invalid: cannot be reached .*by hand: .*\.gguf$/,
  );
  await fails(fetch({ base: 'ftp://mirror' }), 'unknown_model', /^MODEL_MIRROR: is no http or https address/);
});

/** A proxy on loopback that takes plain requests to `target` whatever host they name, and refuses tunnels. */
async function openProxy(t: TestContext, target: string): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const onward = new URL(new URL(request.url ?? '').pathname, target);
    forward(onward, { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    }).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  t.after(() => proxy.close());
  return { address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

test('a model comes through the proxy that the environment names, with nothing else to set', async (t) => {
  const { hub, file, fetch } = await scene(t);
  const proxy = await openProxy(t, hub.base);
  await fetch({ base: 'http://hub.invalid', env: { HTTP_PROXY: proxy.address } });
  assert.deepEqual(await readFile(file), FILE);
  assert.deepEqual(proxy.asked, [
    'GET http://hub.invalid/openbmb/MiniCPM5-1B-GGUF/resolve/main/MiniCPM5-1B-Q4_K_M.gguf',
  ]);
});

test('a host in NO_PROXY is asked directly', async (t) => {
  const { hub, file, fetch } = await scene(t);
  const proxy = await openProxy(t, hub.base);
  await fetch({ env: { http_proxy: proxy.address, no_proxy: '127.0.0.1' } });
  assert.deepEqual(await readFile(file), FILE);
  assert.deepEqual(proxy.asked, []);
});

test('a proxy that refuses, one that is not there and one of another kind are named, with what to set', async (t) => {
  const { hub, fetch } = await scene(t);
  const proxy = await openProxy(t, hub.base);
  const base = 'https://hub.invalid';
  await fails(
    fetch({ base, env: { HTTPS_PROXY: proxy.address.replace('//', '//show:secret@') } }),
    'proxy',
    /^HTTPS_PROXY: the proxy 127\.0\.0\.1:\d+ refused hub\.invalid \(407\); give it user and password as http:\/\/USER:PASSWORD@127/,
  );
  assert.deepEqual(proxy.asked, ['CONNECT hub.invalid:443']);
  const nowhere = createServer();
  await new Promise<void>((resolve) => nowhere.listen(0, '127.0.0.1', resolve));
  const { port } = nowhere.address() as AddressInfo;
  await new Promise((resolve) => nowhere.close(resolve));
  await fails(
    fetch({ base, env: { HTTPS_PROXY: `http://127.0.0.1:${port}` } }),
    'proxy',
    /^HTTPS_PROXY: the proxy 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\); correct it, or put hub\.invalid into NO_PROXY$/,
  );
  await fails(
    fetch({ base, env: { HTTPS_PROXY: 'socks5://127.0.0.1:1080' } }),
    'proxy',
    /^HTTPS_PROXY: is no http or https proxy, so it was not used; give http:\/\/HOST:PORT, or put hub\.invalid into NO_PROXY$/,
  );
});

test('ALL_PROXY counts where no other variable names a proxy for the address', async (t) => {
  const { hub, file, fetch } = await scene(t);
  const proxy = await openProxy(t, hub.base);
  await fetch({ base: 'http://hub.invalid', env: { ALL_PROXY: proxy.address } });
  assert.deepEqual(await readFile(file), FILE);
  assert.equal(proxy.asked.length, 1);
  await rm(file);
  await fails(
    fetch({ base: 'https://hub.invalid', env: { all_proxy: proxy.address } }),
    'proxy',
    /^ALL_PROXY: the proxy 127\.0\.0\.1:\d+ refused hub\.invalid \(407\)/,
  );
  await fails(
    fetch({ base: 'https://hub.invalid', env: { ALL_PROXY: 'socks5://127.0.0.1:1080' } }),
    'proxy',
    /^ALL_PROXY: is no http or https proxy, so it was not used; set HTTPS_PROXY to http:\/\/HOST:PORT, or put hub\.invalid into/,
  );
});

test('a host in NO_PROXY that does not answer is named itself, and not a proxy that was not asked', async (t) => {
  const { fetch } = await scene(t);
  const socks = 'socks5://127.0.0.1:1080';
  const direct = [
    { HTTPS_PROXY: socks, NO_PROXY: 'elsewhere, Hub.invalid' },
    { HTTPS_PROXY: socks, no_proxy: 'hub.invalid:443' },
    { https_proxy: 'http://127.0.0.1:9', NO_PROXY: '.invalid' },
    { ALL_PROXY: socks, NO_PROXY: '*.invalid' },
    { ALL_PROXY: socks, NO_PROXY: '*' },
  ];
  for (const env of direct)
    await fails(fetch({ base: 'https://hub.invalid', env }), 'offline', /^hub\.invalid: cannot be reached/);
  await fails(
    fetch({
      base: 'https://hub.invalid',
      env: { HTTPS_PROXY: socks, NO_PROXY: 'hub.invalid:80,, b.invalid' },
    }),
    'proxy',
    /^HTTPS_PROXY: /,
  );
});

test('a range of addresses in NO_PROXY is asked directly', async (t) => {
  const { hub, file, fetch } = await scene(t);
  const proxy = await openProxy(t, hub.base);
  await fetch({ env: { http_proxy: proxy.address, no_proxy: '127.0.0.0 - 127.0.0.9' } });
  assert.deepEqual(await readFile(file), FILE);
  await rm(file);
  await fetch({ env: { http_proxy: proxy.address, no_proxy: '127.0.0.2-127.0.0.9' } });
  assert.equal(proxy.asked.length, 1);
});

test('too little room is told before a byte comes; a disk that fills up on the way is told too', async (t) => {
  const { hub, file, fetch } = await scene(t);
  await fails(
    fetch({ freeBytes: async () => 5_000_000 }),
    'disk_full',
    /needs 65 MB more, 5 MB are free; free disk space, or choose a smaller model/,
  );
  assert.ok(!existsSync(`${file}.part`));
  if (!existsSync('/dev/full')) return;
  await symlink('/dev/full', `${file}.part`);
  await fails(fetch(), 'disk_full', /no room to write it \(ENOSPC\)/);
  assert.ok(hub.requests.length >= 2);
});

test('a connection that stands still counts as broken', async (t) => {
  const { fetch } = await scene(t, { stallAfterBytes: 50_000 });
  await fails(fetch({ stallMs: 100 }), 'dropped', /the connection stood still/);
});

test('who finds a file being downloaded waits for it, says so, and takes what was brought', async (t) => {
  const { hub, fetch } = await scene(t);
  const isAwaited = Promise.withResolvers<number>();
  const first = fetch({ freeBytes: () => isAwaited.promise });
  while (hub.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  let waits = 0;
  const onWait = (): void => {
    waits += 1;
    setTimeout(() => isAwaited.resolve(1e12), 50);
  };
  const second = await fetch({ backOffMs: 10, onWait });
  assert.equal(second.sha256, (await first).sha256);
  assert.equal(waits, 1);
  assert.equal(hub.requests.length, 1, 'that of the first');
});

test('two downloads of one file do not happen at once: one that stops leaves it to who waits, and the wait can be stopped', async (t) => {
  const { hub, file, fetch } = await scene(t, { stallAfterBytes: 50_000 });
  const stop = new AbortController();
  const stopped = fails(fetch({ signal: stop.signal }), 'aborted', /the download was stopped; start again/);
  while (hub.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const tired = AbortSignal.timeout(50);
  await fails(fetch({ signal: tired, backOffMs: 10_000 }), 'aborted', /the download was stopped/);
  const next = fetch({ backOffMs: 10, onWait: () => stop.abort() });
  hub.faults = {};
  await stopped;
  await next;
  assert.deepEqual(await readFile(file), FILE);
});

test('who waits for another process says so each minute, and names the lock when it has brought nothing for a quarter of an hour', async (t) => {
  const { hub, file, fetch } = await scene(t);
  await mkdir(path.dirname(file), { recursive: true });
  const release = holdDownload(file);
  assert.ok(release);
  t.after(release);
  let minutes = 0;
  let told = 0;
  // The other brings something in the tenth minute, and then stands still, as one that Ctrl+Z has stopped.
  const sleep = async (): Promise<void> => {
    minutes += 1;
    if (minutes === 10) appendFileSync(`${file}.part`, FILE.subarray(0, 1_000));
    assert.ok(minutes < 100, 'it waits without end');
  };
  await fails(
    fetch({ backOffMs: 60_000, sleep, onWait: () => void (told += 1) }),
    'locked',
    /\.gguf: another process holds .*\.gguf\.lock and has brought nothing for 15 minutes/,
  );
  assert.deepEqual({ minutes, told }, { minutes: 25, told: 25 });
  assert.equal(hub.requests.length, 0);
});

test('progress reads as a line for people', () => {
  const progress: Progress = {
    receivedBytes: 120_000_000,
    totalBytes: 657_000_000,
    bytesPerSecond: 8_234_567,
    secondsLeft: 64.2,
  };
  assert.equal(progressLine('MiniCPM5-1B', progress), 'MiniCPM5-1B: 120 of 657 MB, 8.2 MB/s, 1 min 5 s left');
  assert.equal(
    progressLine('Other', { ...progress, totalBytes: null, secondsLeft: null }),
    'Other: 120 MB, 8.2 MB/s',
  );
});
