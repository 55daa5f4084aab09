/** The backlot as a package of its own: what its README promises, and what a project elsewhere gets when it installs it. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { atTheEnd, openForTest } from './stage.ts';

const root = path.resolve(import.meta.dirname, '../..');
const home = path.join(root, 'src/backlot');
const modules = path.join(root, 'node_modules');
const PATIENCE_MS = 30_000;

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlot-package-'));
  atTheEnd(t, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a package that is installed here visible to a project elsewhere. */
function link(project: string, name: string): void {
  const place = path.join(project, 'node_modules', name);
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(path.join(modules, name), place, 'junction');
}

interface Running {
  readonly out: string;
  /** Resolves when what the program said so far holds this. */
  says(text: RegExp): Promise<string>;
  /** Ends it as Ctrl+C does, and resolves with its exit code. */
  interrupt(): Promise<number | null>;
}

function start(t: TestContext, node: string, args: string[], cwd: string): Running {
  const child = spawn(node, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  atTheEnd(t, () => child.kill('SIGKILL'));
  let out = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      for (const look of listeners) look();
    });
  }
  return {
    get out() {
      return out;
    },
    says: (text) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`it never said ${text}, but: ${out}`)), PATIENCE_MS);
        const look = (): void => {
          if (!text.test(out)) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(out);
        };
        listeners.add(look);
        look();
      }),
    interrupt: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** A Node.js of the system, from 20 up, as a project elsewhere would use; this one when there is no other. */
function plainNode(): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .filter((file) => !file.startsWith(modules));
  for (const file of candidates) {
    try {
      accessSync(file, constants.X_OK);
      const [major = 0] = execFileSync(file, ['-p', 'process.versions.node'])
        .toString()
        .split('.')
        .map(Number);
      if (major >= 20) return file;
    } catch {
      // Not there, or none that runs: the next one.
    }
  }
  return process.execPath;
}

test("the README's bot runs against a backlot as it stands", async (t) => {
  const readme = readFileSync(path.join(home, 'README.md'), 'utf8');
  const bot = /```js\n(?<code>[\s\S]*?)```/.exec(readme)?.groups?.['code'] ?? '';
  assert.match(bot, /discord\.js/);
  const folder = emptyFolder(t);
  writeFileSync(path.join(folder, 'bot.mjs'), bot);
  link(folder, 'discord.js');
  const backlot = await openForTest(t);
  const running = start(t, process.execPath, ['bot.mjs', backlot.url, backlot.token], folder);
  await running.says(/\/dice is ready/);
  const ann = backlot.viewer('Ann');
  const answer = await ann.ask('general', 'dice');
  assert.match(answer.content, /^You threw a [1-6]\.$/);
  ann.react(answer, '🎲');
  await running.says(new RegExp(`${ann.id} reacted with 🎲`));
});

test('at the terminal it prints the page, the addresses and a token; what a person has to mend is one line and exit code 2', async (t) => {
  const cli = path.join(home, 'cli.ts');
  const running = start(t, process.execPath, [cli, '--port', '0', '--guild', 'My Guild'], root);
  const out = await running.says(/Ctrl\+C ends it/);
  const url = /page +(http:\S+)/.exec(out)?.[1] ?? '';
  const token = /token +(\S+)/.exec(out)?.[1] ?? '';
  assert.match(out, new RegExp(`REST +${url}/api\\n`));
  assert.match(out, new RegExp(`gateway +${url.replace('http', 'ws')}/gateway\\n`));
  const headers = { authorization: `Bot ${token}` };
  const guilds: unknown = await (await fetch(`${url}/api/v10/users/@me/guilds`, { headers })).json();
  assert.ok(Array.isArray(guilds) && guilds.length === 1);
  assert.match(JSON.stringify(guilds), /"My Guild"/);

  const port = new URL(url).port;
  const wrong: [string[], RegExp][] = [
    [
      ['--port', port],
      /^The backlot cannot listen on 127\.0\.0\.1:\d+: the port is taken\. .*Choose another port.*\n$/,
    ],
    [['--port', 'many'], /^--port "many": a whole number from 0 to 65535 is needed\.\n$/],
    [
      ['--limits', 'few', '--members', ','],
      /^--members names nobody.*\n--limits "few": it is discord or none\.\n$/,
    ],
    [['--colour', 'red'], /^Unknown option '--colour'\. --help lists the flags\.\n$/],
    [
      ['--port', '0', '--data-file', home],
      /^The backlot cannot read .*backlot: it is a folder\. Name a file.*\n$/,
    ],
  ];
  for (const [args, said] of wrong) {
    const result = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', timeout: PATIENCE_MS });
    assert.match(result.stderr, said);
    assert.equal(result.stdout, '');
    assert.equal(result.status, 2);
  }
  const help = spawnSync(process.execPath, [cli, '--help'], { encoding: 'utf8', timeout: PATIENCE_MS });
  assert.match(help.stdout, /--data-file FILE/);
  assert.equal(help.status, 0);
  assert.equal(await running.interrupt(), 0);
});

/** What a project writes that has installed the package: a bot that logs in and gets a message, and the page's parts. */
const PROJECT = `
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { BacklotError, openBacklot } from 'discord-backlot';

const backlot = await openBacklot({ guildName: 'Elsewhere', botName: 'Bot', members: ['Owner', 'Ann'] });
const { Guilds, GuildMessages } = GatewayIntentBits;
const client = new Client({ intents: [Guilds, GuildMessages], rest: { api: backlot.restApi, cdn: backlot.cdn } });
const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
const heard = new Promise((resolve) => client.once(Events.MessageCreate, resolve));
await client.login(backlot.token);
await ready;
backlot.viewer('Ann').say('general', 'hello <@' + client.user.id + '>');
console.log('heard: ' + (await heard).content.split(' ')[0]);
for (const part of ['/', '/views/chat-view.js', '/modules/lit/index.js', '/modules/lit-html/lit-html.js'])
  console.log(part + ' ' + (await fetch(backlot.url + part)).status);
const taken = Number(new URL(backlot.url).port);
const refused = await openBacklot({ port: taken, guildName: 'E', botName: 'B', members: ['Owner'] }).catch((error) => error);
console.log('refused: ' + (refused instanceof BacklotError && refused.code));
await client.destroy();
await backlot.close();
`;

test('packed, it runs in a project elsewhere on plain Node.js, with its types', async (t) => {
  const folder = emptyFolder(t);
  // Packed from a copy, as packing builds in place.
  const source = path.join(folder, 'source');
  cpSync(home, path.join(source, 'backlot'), { recursive: true });
  symlinkSync(modules, path.join(source, 'node_modules'), 'junction');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const packed = spawnSync(npm, ['pack', '--pack-destination', folder, '--loglevel=error'], {
    cwd: path.join(source, 'backlot'),
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      npm_config_offline: 'true',
      npm_config_cache: path.join(folder, 'npm'),
      npm_config_update_notifier: 'false',
    },
  });
  assert.equal(packed.status, 0, packed.stderr);

  const project = path.join(folder, 'project');
  const installed = path.join(project, 'node_modules', 'discord-backlot');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', [
    '-xzf',
    path.join(folder, 'discord-backlot-0.1.0.tgz'),
    '-C',
    installed,
    '--strip-components=1',
  ]);
  const manifest: unknown = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  assert.ok(typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest);
  for (const name of [...Object.keys(manifest.dependencies as object), 'discord.js', '@types'])
    link(project, name);

  await t.test('a bot logs in and gets a message, and the page is served with its packages', async () => {
    writeFileSync(path.join(project, 'try.mjs'), PROJECT);
    const running = start(t, plainNode(), ['try.mjs'], project);
    await running.says(/refused: /);
    assert.deepEqual(running.out.trim().split('\n'), [
      'heard: hello',
      '/ 200',
      '/views/chat-view.js 200',
      '/modules/lit/index.js 200',
      '/modules/lit-html/lit-html.js 200',
      'refused: portTaken',
    ]);
  });

  await t.test('its program runs', async () => {
    const program = path.join(installed, 'dist/cli.js');
    const running = start(t, plainNode(), [program, '--port', '0'], project);
    await running.says(/Ctrl\+C ends it/);
    assert.equal(await running.interrupt(), 0);
  });

  await t.test('its types are found, and a wrong option is an error of the compiler', () => {
    const use = (members: string): string =>
      `import { openBacklot, type Backlot } from 'discord-backlot';\nexport const open = (): Promise<Backlot> => openBacklot({ guildName: 'G', botName: 'B', members: ${members} });\n`;
    const compile = (file: string, code: string) => {
      writeFileSync(path.join(project, file), code);
      const tsc = path.join(modules, 'typescript', 'bin', 'tsc');
      const flags = [
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        '--module',
        'nodenext',
        '--target',
        'es2024',
        '--types',
        'node',
      ];
      return spawnSync(process.execPath, [tsc, ...flags, file], { cwd: project, encoding: 'utf8' });
    };
    const right = compile('right.mts', use("['Owner']"));
    assert.equal(right.status, 0, right.stdout);
    assert.match(
      compile('wrong.mts', use('7')).stdout,
      /'number' is not assignable to type 'readonly string\[\]'/,
    );
  });
});
