import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { program } from '#test/support/program.ts';
import { enter, measure, type Entrant } from './peers/contest.ts';
import { findPeers } from './peers/find.ts';
import { ENGINE } from './peers/report.ts';
import { seedWay, slotsWay } from './peers/ways.ts';

/** Answers rounds until it has answered `rounds` of them; at the next it dies as `death` says. */
function answering(t: TestContext, rounds = 1_000, death = ''): Entrant['open'] {
  const round = '{"ms": 5, "read": 1, "forced": 0, "sampled": 1, "answers": ["x"]}';
  const python = program(
    t,
    `echo '{"ready": true}'; n=0; while read -r asked; do if [ $n -eq ${rounds} ]; then ${death || ':'}; fi; n=$((n + 1)); echo '${round}'; done`,
  );
  return (threads) => seedWay(python, 'model.gguf', threads);
}

function printed(t: TestContext): string[] {
  const lines: string[] = [];
  t.mock.method(console, 'log', (line: string) => lines.push(line));
  t.mock.method(console, 'error', () => null);
  return lines;
}

const contest = (rounds: number) => ({
  rounds,
  loads: ['quiet' as const],
  turns: Array.from({ length: rounds + 1 }, () => []),
});

test('peers that break as they are loaded are skipped, each in one line, and the others are measured', async (t) => {
  const lines = printed(t);
  const illegal = program(t, 'echo "llama threadpool init" >&2; kill -ILL $$');
  const unready = program(t, 'echo "still loading" >&2; exec sleep 60');
  const refusing = program(t, 'echo "error: no such model" >&2; exit 3');
  const babbling = program(t, 'echo hello; exec sleep 60');
  const entered = await enter(
    [
      { name: ENGINE, open: answering(t) },
      { name: 'illegal', open: (threads) => slotsWay(illegal, 'model.gguf', threads) },
      { name: 'unready', open: (threads) => slotsWay(unready, 'model.gguf', threads, 1_000) },
      { name: 'refusing', open: (threads) => seedWay(refusing, 'model.gguf', threads) },
      { name: 'babbling', open: (threads) => seedWay(babbling, 'model.gguf', threads) },
      { name: 'absent', open: (threads) => seedWay('/no/such/python', 'model.gguf', threads) },
      { name: 'sound', open: answering(t) },
    ],
    [1, 2],
  );
  const rows = await measure(entered, contest(2));
  assert.deepEqual(
    rows.map(({ way, threads, rounds }) => [way, threads, rounds.length]),
    [
      [ENGINE, 1, 2],
      ['sound', 1, 2],
      [ENGINE, 2, 2],
      ['sound', 2, 2],
    ],
  );
  for (const [index, says] of [
    /^SKIPPED illegal: with 1 thread, as it was loaded: was ended by SIGILL; it last said "llama threadpool init"\. To have it: build it again .*pip install .*\.$/,
    /^SKIPPED unready: .*was not ready within 1 s; it last said "still loading"\. To have it: run it by hand .*\/peer -m model\.gguf .*\.$/,
    /^SKIPPED refusing: .*ended with exit code 3; it last said "error: no such model"\. To have it: run it by hand /,
    /^SKIPPED babbling: .*wrote no such answer as was asked for: hello\. To have it: /,
    /^SKIPPED absent: .*cannot be started \(ENOENT\)\. To have it: name a program .*\.$/,
  ].entries())
    assert.match(lines[index] ?? '', says);
  assert.equal(lines.length, 5);
});

test('a peer that dies in mid-measurement has no row, with no number of threads, and the others play their rounds', async (t) => {
  const lines = printed(t);
  const dying: Entrant['open'] = (threads) =>
    (threads === 2 ? answering(t, 2, 'echo "out of memory" >&2; kill -ABRT $$') : answering(t))(threads);
  const entered = await enter(
    [
      { name: ENGINE, open: answering(t) },
      { name: 'dying', open: dying },
      { name: 'sound', open: answering(t) },
    ],
    [1, 2],
  );
  const rows = await measure(entered, contest(3));
  assert.deepEqual(new Set(rows.map(({ way }) => way)), new Set([ENGINE, 'sound']));
  assert.ok(rows.every(({ rounds }) => rounds.length === 3));
  assert.equal(lines.length, 1);
  assert.match(
    lines[0] ?? '',
    /^SKIPPED dying: with 2 threads, in round 2 of 3, so it has no row: was ended by SIGABRT; it last said "out of memory"\. /,
  );
});

test('a peer that hangs in a round is ended, and the others play on', async (t) => {
  const lines = printed(t);
  const entered = await enter(
    [
      { name: ENGINE, open: answering(t) },
      { name: 'hanging', open: answering(t, 1, 'exec sleep 60') },
    ],
    [1],
  );
  const rows = await measure(entered, { ...contest(2), roundLimitMs: 500 });
  assert.deepEqual(
    rows.map(({ way, rounds }) => [way, rounds.length]),
    [[ENGINE, 2]],
  );
  assert.match(
    lines[0] ?? '',
    /^SKIPPED hanging: with 1 thread, in round 1 of 2, so it has no row: did not answer within 0\.5 s\. To have it: /,
  );
});

test('a server that dies while it is asked is skipped by what it died of, not by the connection that broke', async (t) => {
  const lines = printed(t);
  const server = program(
    t,
    `exec ${process.execPath} -e "
      const port = process.argv[process.argv.indexOf('--port') + 1];
      require('node:http').createServer((request, response) => {
        if (request.url === '/health') return response.end('{}');
        console.error('GGML_ASSERT failed');
        process.kill(process.pid, 'SIGSEGV');
      }).listen(port, '127.0.0.1');
    " -- "$@"`,
  );
  const turn = { trader: 'mike', user: '', system: { shared: '', persona: '' } };
  const entered = await enter(
    [{ name: 'dying', open: (threads) => slotsWay(server, 'model.gguf', threads) }],
    [1],
  );
  assert.equal(entered.length, 1, lines.join('\n'));
  assert.deepEqual(await measure(entered, { ...contest(1), turns: [[turn as never], []] }), []);
  assert.match(
    lines[0] ?? '',
    /^SKIPPED dying: with 1 thread, as it warmed up: was ended by SIGSEGV; it last said "GGML_ASSERT failed"\. /,
  );
});

test('without this engine nothing is compared, so it is not skipped', async (t) => {
  const broken = program(t, 'echo "no such model" >&2; exit 1');
  const engine = { name: ENGINE, open: (threads: number) => seedWay(broken, 'model.gguf', threads) };
  await assert.rejects(enter([engine], [1]), /ended with exit code 1; it last said "no such model"/);
});

test('a Python that fails to import its llama-cpp-python is skipped with what it said', async (t) => {
  const lines = printed(t);
  const importing = program(t, 'echo "ImportError: libllama.so: undefined symbol" >&2; exit 1');
  const found = findPeers({ python: importing, llamaServer: '/no/such/llama-server' });
  assert.deepEqual(found, { python: null, pythonServer: null, llamaServer: null });
  assert.match(
    lines[0] ?? '',
    /^SKIPPED the seed's stack: .*told to import llama_cpp, ended with exit code 1; it last said "ImportError: libllama\.so: undefined symbol"\. To have it: .*&& .*\.venv\/bin\/pip install llama-cpp-python/,
  );
  assert.match(lines[1] ?? '', /^SKIPPED llama-server: there is no \/no\/such\/llama-server\. To have it: /);
});
