/** Starts that cannot work, each by a person's slip: every one of them ends in exactly one line, with the right exit code. */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { openStore } from '#store/store.ts';
import { run, type Ended, type Start } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const root = path.resolve(import.meta.dirname, '../..');
const AT_ONCE = 3;
const LINE_MAX = 1_600;

interface BadStart extends Start {
  args?: readonly string[];
  /** What the one line says. */
  says: RegExp;
  /** 2 when left out: something that was given cannot be used. */
  code?: number;
}

/** As a script would start it; what is given on top wins. */
const play = (args: readonly string[], start: Start): Promise<Ended> =>
  run('src/main.ts', ['--rounds', '1', ...args], {
    ...start,
    env: { BRAIN: 'scripted', PACE: '0', PORT: '0', ...start.env },
  });

async function expectOneLine(name: string, { args = [], says, code = 2, ...start }: BadStart): Promise<void> {
  const ended = await play(args, start);
  const lines = ended.err.trimEnd().split('\n');
  assert.equal(lines.length, 1, `${name}: ${ended.err}`);
  assert.match(ended.err, says, name);
  assert.equal(ended.code, code, `${name}: ${ended.err}`);
  assert.ok(ended.err.length <= LINE_MAX, `${name}: ${ended.err.length} characters`);
}

async function expectOneLineEach(starts: Readonly<Record<string, BadStart>>): Promise<void> {
  const waiting = Object.entries(starts);
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await expectOneLine(...next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A folder with a settings file of this content. */
function folderWith(t: TestContext, env: string | Buffer): string {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, '.env'), env);
  return folder;
}

test('flags and variables', async () => {
  const long = 'x'.repeat(5_000);
  await expectOneLineEach({
    'a bad value': {
      args: ['--pace', 'fast'],
      says: /^flag --pace: "fast" is not allowed; give 0, or whole seconds/,
    },
    'a long value': {
      args: ['--show', long],
      says: /^flag --show: "x{60}…" \(5000 characters\) is not allowed/,
    },
    'a token that is none': {
      env: { DISCORD_TOKEN: 'hunter2' },
      says: /^variable DISCORD_TOKEN: \(not shown\) is not allowed; give a bot token/,
    },
    'a server without an address': {
      env: { BRAIN: 'remote' },
      says: /^variable BRAIN: remote needs a server/,
    },
  });
});

test('the settings file', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, '.env'));
  const utf16 = Buffer.from('\uFEFFLOG_LEVEL=loud\r\n', 'utf16le');
  await expectOneLineEach({
    'is a folder': { cwd: folder, says: /^\.env: is a folder, not a file$/m },
    'sets nothing': {
      cwd: folderWith(t, 'PACE 0\n'),
      says: /^\.env, line 1: sets nothing; write NAME=value/,
    },
    'is read from its first line on': {
      cwd: folderWith(t, utf16),
      says: /^variable LOG_LEVEL: "loud" is not allowed; give silent, error/,
    },
  });
});

test('folders, ports and databases', async (t) => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  writeFileSync(path.join(folder, 'damaged.sqlite'), 'no database, but long enough to look at'.repeat(50));
  const foreign = new Database(path.join(folder, 'foreign.sqlite'));
  foreign.exec('CREATE TABLE diary (day TEXT)');
  foreign.close();
  mkdirSync(path.join(folder, 'directory.sqlite'));
  const open = openStore(path.join(folder, 'open.sqlite'));
  t.after(() => open.close());
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.after(() => taken.close());
  const address = taken.address();
  assert.ok(address !== null && typeof address === 'object');
  const show = (name: string, data = folder) => ['--show', name, '--data-dir', data];
  await expectOneLineEach({
    'a folder that is a file': {
      args: show('mine', file),
      says: /^The shows cannot be kept in ".+file" \(EEXIST/,
    },
    'a folder with a name too long': {
      args: show('mine', 'x'.repeat(5_000)),
      says: /cannot be kept in "x{60}…"/,
    },
    ...(process.platform === 'linux' && {
      'a folder that the system does not take': {
        args: show('mine', '/proc/shows'),
        says: /^The shows cannot be kept in "\/proc\/shows" \(ENOENT: .*\); name a folder that can be written/,
      },
    }),
    'a port that is taken': {
      args: ['--port', String(address.port)],
      says: new RegExp(`^Port ${address.port} is taken; name another with --port`),
    },
    'a damaged database': { args: show('damaged'), says: /damaged\.sqlite is damaged: / },
    "another program's database": {
      args: show('foreign'),
      says: /is a database of another program, not a show/,
    },
    'a folder in place of the database': { args: show('directory'), says: /directory\.sqlite/ },
    'a show that is open': { args: show('open'), code: 4, says: /is already running in another process/ },
  });
});

test('brains', async (t) => {
  const folder = temporaryFolder(t);
  const llama = (model: string) => ({ BRAIN: 'llama', MODEL: model });
  await expectOneLineEach({
    'a model with a slip': {
      env: llama('minicpm5-1c'),
      says: /^MODEL "minicpm5-1c": .*did you mean minicpm5-1b\?/,
    },
    'a model with a long name': {
      env: llama('x'.repeat(5_000)),
      says: /^MODEL "x{60}…" \(5000 characters\): no/,
    },
    'a folder for a model': { env: llama(folder), says: /: is a folder; give the path of a GGUF file/ },
    'a server with a key in its address': {
      env: { BRAIN: 'remote', BRAIN_URL: 'http://me:secret@127.0.0.1:9' },
      says: /^BRAIN_URL: holds more than a host and a path; give the key in BRAIN_API_KEY/,
    },
  });
});

test('the tools that read a recorded show', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, 'broken.sqlite'), 'no database, but long enough to look at'.repeat(50));
  for (const [args, says] of [
    [[], /^no show was named; usage: npm run replay -- SHOW/],
    [['matinee', '--data-dir', folder], /^no show "matinee" in ".+"; name a file, or a show that is there$/m],
    [['matinee', '--data-dri', folder], /^flag --data-dri: unknown; did you mean --data-dir\?/],
    [['broken', '--data-dir', folder], /broken\.sqlite is damaged: /],
  ] as const) {
    const { code, err } = await run('src/tools/replay.ts', args);
    assert.equal(code, 2, err);
    assert.match(err, says);
    assert.equal(err.trimEnd().split('\n').length, 1, err);
  }
});

test('tools that are asked for help tell how they are called, and are content', async () => {
  for (const tool of ['replay', 'transcript', 'verify']) {
    const { code, out } = await run(`src/tools/${tool}.ts`, ['--help']);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^usage: npm run ${tool} -- `));
  }
});

test('pictures that are to go where a file is', async (t) => {
  const taken = path.join(temporaryFolder(t), 'notes.txt');
  writeFileSync(taken, 'mine');
  const { code, err } = await run('src/tools/paint.ts', ['--rounds', '1', '--out', taken]);
  assert.equal(code, 2);
  assert.match(
    err,
    /^--out [^\n]*notes\.txt is no folder and cannot be made one \([^\n]*\); name another\n$/,
  );
});

test('content that cannot be played', async (t) => {
  const project = temporaryFolder(t);
  for (const part of ['src', 'commands', 'data', 'package.json'])
    cpSync(path.join(root, part), path.join(project, part), {
      recursive: true,
      filter: (file) => !file.startsWith(path.join(root, 'data', 'shows')),
    });
  symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
  const office = path.join(project, 'data', 'office.json');
  const whole = readFileSync(office, 'utf8');
  const outside = whole.replace('"area": { "x": 8, "y": 0', '"area": { "x": 80, "y": 0');
  assert.notEqual(outside, whole);
  writeFileSync(office, outside);
  await expectOneLine('a room outside the map', {
    from: project,
    says: /^data\/office\.json: rooms\[1\]\.area: the room "vc-office" leaves the map; it must lie within 16 x 11/,
  });
  writeFileSync(office, Buffer.from(`\uFEFF${whole.slice(0, 500)}`, 'utf16le'));
  await expectOneLine('half a file', { from: project, says: /^data\/office\.json: is not JSON \(/ });
});
