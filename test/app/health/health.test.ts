import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { request } from 'node:http';
import { healthOf, type HealthSources, type ShowHealth } from '#app/health/health.ts';
import { openHealthServer } from '#app/health/server.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';

const ROOM = 2 ** 40;

/** Everything is well, but for what `parts` says. */
function sources(parts: Partial<HealthSources> = {}): HealthSources {
  return { connected: () => true, shows: () => [], dataDir: '.', freeBytes: async () => ROOM, ...parts };
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

async function serving(t: TestContext, parts: Partial<HealthSources> = {}) {
  const server = await openHealthServer(0, sources(parts), silentLog);
  t.after(() => server.close());
  const ask = (path: string, { method = 'GET', host = 'localhost' } = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = request(
        { host: '127.0.0.1', port: server.port, path, method, headers: { host } },
        (answer) => {
          let body = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', body }),
          );
        },
      );
      asked.on('error', reject).end();
    });
  return { ask, port: server.port };
}

function problemsIn(body: string): string[] {
  const health: unknown = JSON.parse(body);
  assert.ok(
    typeof health === 'object' && health !== null && 'problems' in health && Array.isArray(health.problems),
  );
  return health.problems.map((problem: { what: string }) => problem.what);
}

suite('the health of the program', () => {
  test('a show that plays on a live connection with room on the disk is well', async (t) => {
    const playing = theatre(t);
    await playing.play(3);
    const shows = (): ShowHealth[] => [{ id: '1', status: playing.show.status(), trouble: null }];
    const { ask } = await serving(t, { shows });
    const { status, body } = await ask('/healthz');
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(body), {
      ok: true,
      problems: [],
      discord: { connected: true },
      shows: { running: 1, paused: 0, stopped: 0, away: 0 },
      diskFreeBytes: ROOM,
    });
  });

  test('it knows when Discord is away, the disk is full, and a show cannot be opened', async (t) => {
    let free = ROOM;
    let up = false;
    const shows: ShowHealth[] = [{ id: '7', status: null, trouble: 'the file is damaged' }];
    const { ask } = await serving(t, {
      connected: () => up,
      freeBytes: async () => free,
      shows: () => shows,
    });
    const first = await ask('/healthz');
    assert.equal(first.status, 503);
    assert.deepEqual(problemsIn(first.body), ['discord_away', 'show_away']);
    assert.match(first.body, /the file is damaged/u);
    up = true;
    free = 1_000_000;
    shows.length = 0;
    assert.deepEqual(problemsIn((await ask('/healthz')).body), ['disk_full']);
    const gone = await healthOf(sources({ freeBytes: undefined, dataDir: '/no/such/folder' }));
    assert.match(JSON.stringify(gone.problems), /disk_full.*ENOENT/u);
  });

  test('it knows when the backlot cannot write its own file, and when it can again', async (t) => {
    let trouble: string | null = 'The backlot cannot write pit.json: the disk is full.';
    const { ask } = await serving(t, { backlotTrouble: () => trouble });
    const { status, body } = await ask('/healthz');
    assert.equal(status, 503);
    assert.deepEqual(problemsIn(body), ['backlot_unkept']);
    assert.match(body, /cannot write pit\.json: the disk is full/u);
    trouble = null;
    assert.equal((await ask('/healthz')).status, 200);
  });

  test('it knows when a show lives and there is nothing to see of it', async (t) => {
    const playing = theatre(t, {
      brain: {
        label: 'broken',
        think: () => Promise.reject(new FumbleError('engine_error', 'nothing came out')),
        close: async () => {},
      },
    });
    await playing.play(24);
    const shows = (): ShowHealth[] => [{ id: '1', status: playing.show.status(), trouble: null }];
    const { ask } = await serving(t, { shows });
    const { status, body } = await ask('/healthz');
    assert.equal(status, 503);
    assert.deepEqual(problemsIn(body), ['fumbling']);
    const metrics = await ask('/metrics');
    assert.match(metrics.body, /^open_outcry_problems\{what="fumbling"\} 1$/mu);
    assert.match(metrics.body, /^open_outcry_healthy 0$/mu);
  });

  test('metrics are in Prometheus’ text format, and name no server', async (t) => {
    const playing = theatre(t);
    await playing.play(2);
    const shows = (): ShowHealth[] => [
      { id: '123456789012345678', status: playing.show.status(), trouble: null },
    ];
    const { ask } = await serving(t, { shows });
    const { status, type, body } = await ask('/metrics');
    assert.equal(status, 200);
    assert.match(type, /^text\/plain; version=0\.0\.4/u);
    assert.match(body, /^open_outcry_turns 8$/mu);
    assert.match(body, /^open_outcry_shows\{mode="running"\} 1$/mu);
    assert.match(body, /^process_resident_memory_bytes \d+$/mu);
    assert.doesNotMatch(body, /123456789012345678/u);
    for (const line of body.trim().split('\n'))
      assert.match(line, /^(?:# (?:HELP|TYPE) .+|[a-z_\d]+(?:\{[^}]*\})? [-+.\deNan]+|)$/u);
  });

  test('only this machine is answered, by its own name, and only when it asks', async (t) => {
    const { ask } = await serving(t);
    assert.equal((await ask('/healthz', { host: 'evil.example' })).status, 403);
    assert.equal((await ask('/healthz', { host: '127.0.0.1:80' })).status, 200);
    assert.equal((await ask('/healthz', { method: 'POST' })).status, 405);
    assert.equal((await ask('/')).status, 404);
  });

  test('a port that is taken is one line with the cure', async (t) => {
    const { port } = await serving(t);
    await assert.rejects(openHealthServer(port, sources(), silentLog), /EADDRINUSE.*--health-port/u);
  });
});
