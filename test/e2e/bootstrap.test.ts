/**
 * The first start on a machine where node-canvas has to be built and its libraries are missing. npm, sudo and the package
 * manager are stand-ins on the PATH that write down how they were called; the rest is the real src/bootstrap.mjs.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { rootCode } from '#lib/error-text.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Whoever is root is never asked; a test that runs as root starts the program as another user. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const BROWSERS = 'test/support/browsers.json';

interface Machine {
  /** Starts the program there; `log` is what was called, in order. */
  start: (
    args: string[],
    env?: Record<string, string>,
    entry?: string,
  ) => { code: number | null; err: string; out: string; log: string };
  packagesChange: () => void;
  /** Puts a browser where the tests look for one; without it there is none, whatever the real machine has. */
  hasBrowser: (there: boolean) => void;
  /** What npm was asked to install, in order. */
  installed: () => string[];
}

function freshMachine(t: TestContext, { sudo = true }: { sudo?: boolean } = {}): Machine {
  const project = temporaryFolder(t);
  const tools = path.join(project, 'tools');
  const log = path.join(project, 'log');
  mkdirSync(path.join(project, 'src'));
  mkdirSync(tools);
  cpSync(path.join(root, 'src/bootstrap.mjs'), path.join(project, 'src/bootstrap.mjs'));
  writeFileSync(path.join(project, 'package-lock.json'), '{}');
  mkdirSync(path.join(project, 'test/support'), { recursive: true });
  writeFileSync(path.join(project, 'test/run.ts'), '');
  cpSync(path.join(root, BROWSERS), path.join(project, BROWSERS));
  writeFileSync(path.join(project, 'src/main.ts'), 'console.log(JSON.stringify(process.argv.slice(2)));');
  writeFileSync(log, '');
  const tool = (name: string, script: string) => {
    writeFileSync(path.join(tools, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(tools, name), 0o755);
  };
  const node = reachableNode(tools);
  // A build of node-canvas works once the libraries are there.
  tool(
    'npm',
    `cd "${project}"
     case "$1 $2" in
       "install --no-save") echo "$*" >> "${project}/installed"
         mkdir -p node_modules/node/bin node_modules/better-sqlite3
         ln -sf "${node}" node_modules/node/bin/node
         echo > node_modules/better-sqlite3/index.js ;;
       "rebuild canvas") [ -e libraries ] || exit 1
         mkdir -p node_modules/canvas && echo > node_modules/canvas/index.js ;;
     esac`,
  );
  tool('which', `[ -x "${tools}/$1" ]`);
  tool('apt-get', `echo "apt-get $*" >> "${log}"\n[ "$1" = update ] || touch "${project}/libraries"`);
  if (sudo) tool('sudo', `[ "$1" = -n ] && shift\n[ "$1" = true ] || echo sudo >> "${log}"\nexec "$@"`);
  for (const each of [project, path.join(project, 'src'), log]) chmodSync(each, 0o777);
  return {
    packagesChange: () => {
      writeFileSync(path.join(project, 'package-lock.json'), '{"packages":{}}');
    },
    hasBrowser: (there) => {
      const browser = path.join(project, 'browser');
      if (there) writeFileSync(browser, '');
      writeFileSync(path.join(project, BROWSERS), JSON.stringify([path.join(project, 'none'), browser]));
    },
    installed: () => readFileSync(path.join(project, 'installed'), 'utf8').trimEnd().split('\n'),
    start: (args, env = {}, entry = 'src/main.ts') => {
      const { status, stdout, stderr, error } = spawnSync(
        node,
        [path.join(project, 'src/bootstrap.mjs'), entry, ...args],
        { ...NOBODY, encoding: 'utf8', input: 'y\n', env: { PATH: `${tools}:/usr/bin:/bin`, ...env } },
      );
      assert.equal(error, undefined);
      return {
        code: status,
        err: stderr,
        out: stdout,
        log: existsSync(log) ? readFileSync(log, 'utf8') : '',
      };
    },
  };
}

/** Another user may not get into the folder in which the project, and its Node.js, lies: a private one, say. */
function reachableNode(folder: string): string {
  if (!('uid' in NOBODY)) return process.execPath;
  const node = path.join(folder, 'node');
  try {
    linkSync(process.execPath, node);
  } catch (error) {
    if (rootCode(error) !== 'EXDEV') throw error; // on another disk
    cpSync(process.execPath, node);
  }
  return node;
}

test('system packages are never installed unasked: without a terminal, one line has the command', (t) => {
  const { code, err, out, log } = freshMachine(t).start(['--rounds', '1']);
  assert.equal(code, 1, err);
  assert.equal(log, '', 'neither sudo nor apt-get was called');
  assert.equal(out, '');
  assert.match(
    err.trimEnd().split('\n').at(-1) ?? '',
    /^open-outcry: node-canvas has no prebuilt binary .* needs system packages\. Run: sudo apt-get install -y .*libcairo2-dev.* or have it done: npm start -- --install-system-packages\.$/,
  );
});

test('the flag has them installed, and the program never sees it', (t) => {
  const { code, err, out, log } = freshMachine(t).start(['--rounds', '1', '--install-system-packages']);
  assert.equal(code, 0, err);
  assert.match(log, /^sudo\napt-get update\nsudo\napt-get install -y .*libcairo2-dev/);
  assert.deepEqual(JSON.parse(out), ['--rounds', '1']);
});

test('so do the variable and CI; anything else that the variable may hold does not', (t) => {
  for (const [env, code] of [
    [{ OPEN_OUTCRY_INSTALL_SYSTEM_PACKAGES: '1' }, 0],
    [{ CI: 'true' }, 0],
    [{ OPEN_OUTCRY_INSTALL_SYSTEM_PACKAGES: '0' }, 1],
    [{ CI: 'false' }, 1],
  ] as const) {
    const started = freshMachine(t).start([], env);
    assert.equal(started.code, code, `${JSON.stringify(env)}: ${started.err}`);
    assert.equal(started.log !== '', code === 0);
  }
});

test('where there is no sudo, consent is of no use, and the command is named', (t) => {
  const { code, err, log } = freshMachine(t, { sudo: false }).start(['--install-system-packages']);
  assert.deepEqual([code, log], [1, '']);
  assert.match(err, /open-outcry: .*, and this user may not install it\. Run: sudo apt-get install/);
});

test('Chromium is installed for the tests where none of the places in which they look has a browser', (t) => {
  for (const there of [false, true]) {
    const machine = freshMachine(t);
    machine.hasBrowser(there);
    const { code, err, log } = machine.start([], { CI: 'true' }, 'test/run.ts');
    assert.equal(code, 0, err);
    assert.equal(log.includes('chromium'), !there, log);
  }
});

test('a start installs what the show needs; whoever has run the tests keeps what they need when the packages change', (t) => {
  const machine = freshMachine(t);
  const env = { CI: 'true', CHROMIUM: '/bin/true' };
  assert.equal(machine.start([], env).code, 0);
  assert.equal(machine.start([], env, 'test/run.ts').code, 0);
  assert.equal(machine.start([], env).code, 0);
  machine.packagesChange();
  assert.equal(machine.start([], env).code, 0);
  assert.deepEqual(
    machine.installed().map((words) => words.includes('--omit=dev')),
    [true, false, false],
  );
});
