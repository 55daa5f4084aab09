// Runs before `npm start` and `npm test` on any Node.js from 20 up, with nothing installed yet: makes sure that the
// packages, the pinned Node.js and the native parts are there, then hands over to the pinned Node.js.
//
//   node src/bootstrap.mjs ENTRY [ARGS ...]      an ENTRY under test/ also gets the development packages and a browser
//
// Everything is installed into node_modules. What only the system's package manager can install is never installed unasked:
// a person says yes at the terminal, with the flag --install-system-packages (which ENTRY does not get to see), or with the
// variable OPEN_OUTCRY_INSTALL_SYSTEM_PACKAGES=1. In a container (as root) and in CI there is nobody to ask, and no need to.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.open-outcry-install.json');
const windows = process.platform === 'win32';
// One process may hold hundreds of shows. On a machine with much memory V8 gives new objects up to 128 MB and lets garbage
// grow to several times of what lives, and keeps both; a round is little work, so it may as well clean up more often.
const engineFlags = ['--memory-saver-mode', '--max-semi-space-size=8'];
// Headless play is thousands of rounds a second and holds one show: it would clean up all the time. What is run often is run
// for as long as the program lives, so it is compiled for speed sooner: together a twelfth faster (`bench:lab`).
const headlessFlags = [
  '--max-semi-space-size=64',
  '--min-semi-space-size=64',
  '--invocation-count-for-turbofan=200',
];
const HEADLESS = /(?:tools|bench)\/(?:lab|story)\.ts$|torture\.ts$/;
// glibc learns from the first large block that is given back to keep the next ones, and has a pool for every thread: what a
// model needs only while it loads would stay taken, up to 70 MB of it. Other systems do not know these variables.
const allocatorSettings = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
const pinnedNode = path.join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

const systemPackages = {
  'apt-get': {
    install: ['apt-get', 'install', '-y', '--no-install-recommends'],
    refresh: ['apt-get', 'update'],
    canvas:
      'build-essential python3 pkg-config libcairo2-dev libpango1.0-dev libjpeg-dev libgif-dev librsvg2-dev',
    browser: 'chromium',
  },
  dnf: {
    install: ['dnf', 'install', '-y'],
    canvas:
      'gcc-c++ make python3 pkgconf cairo-devel pango-devel libjpeg-turbo-devel giflib-devel librsvg2-devel',
    browser: 'chromium',
  },
  apk: {
    install: ['apk', 'add'],
    canvas: 'build-base python3 pkgconf cairo-dev pango-dev jpeg-dev giflib-dev librsvg-dev',
    browser: 'chromium',
  },
  pacman: {
    install: ['pacman', '-S', '--noconfirm'],
    canvas: 'base-devel python pkgconf cairo pango libjpeg-turbo giflib librsvg',
    browser: 'chromium',
  },
  brew: {
    install: ['brew', 'install'],
    canvas: 'pkg-config cairo pango jpeg giflib librsvg',
    browser: '--cask chromium',
  },
};

const CONSENT_FLAG = '--install-system-packages';
const CONSENT_VARIABLE = 'OPEN_OUTCRY_INSTALL_SYSTEM_PACKAGES';

const isRoot = process.getuid?.() === 0;
const [entry, ...given] = process.argv.slice(2);
const args = given.filter((word) => word !== CONSENT_FLAG);
if (!entry) fail('no program was named', 'run it through npm: npm start, npm test');
const wanted = entry.startsWith('test/') ? 'development' : 'production';

const stamp = readStamp();
// Whoever has what the tests need keeps it when the packages change.
const kind = stamp?.kind === 'development' ? 'development' : wanted;
if (stamp?.lock !== lockHash() || stamp.kind !== kind || !existsSync(pinnedNode)) install(kind);
run(entry, args);

/** What was installed last; null for nothing, or for nothing that can be read. */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return null;
  }
}

function lockHash() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}

function install(kind) {
  rmSync(stampFile, { force: true });
  step('Installing packages (about a minute, once)', () => {
    // Not `npm ci`: it refuses a lock file whose optional binaries for other platforms are unknown to the registry that
    // wrote it. With --no-save the locked versions still hold and the lock file stays as it is.
    npm(
      ['install', '--no-save', '--ignore-scripts', ...(kind === 'production' ? ['--omit=dev'] : [])],
      'look at the lines above; is the npm registry reachable?',
    );
  });
  step('Installing the pinned Node.js', () => {
    npm(['rebuild', 'node'], 'look at the lines above; is the npm registry reachable?');
    if (!existsSync(pinnedNode)) {
      fail(
        `the npm package "node" brought no binary for ${process.platform} ${process.arch}`,
        'use Linux, macOS or Windows on x64 or arm64',
      );
    }
  });
  if (!loads('canvas')) step('Preparing node-canvas', prepareCanvas);
  if (!loads('better-sqlite3'))
    step('Building better-sqlite3', () =>
      npm(['rebuild', 'better-sqlite3'], 'install a C++ compiler, make and python3, then run this again'),
    );
  if (kind === 'development' && !hasBrowser()) {
    step('Installing Chromium for the browser tests', () =>
      installSystem('browser', 'the browser tests need Chromium'),
    );
  }
  writeFileSync(stampFile, `${JSON.stringify({ kind, lock: lockHash() })}\n`);
}

/** Whether the browser tests find one: they look in the same places. */
function hasBrowser() {
  if (process.env.CHROMIUM) return true;
  const places = JSON.parse(readFileSync(path.join(root, 'test/support/browsers.json'), 'utf8'));
  return places.some((file) => existsSync(file));
}

/** A prebuilt binary if its host is reachable, else a build, else the system libraries that a build needs and a build. */
function prepareCanvas() {
  if (npmSucceeds(['rebuild', 'canvas']) && loads('canvas')) return;
  installSystem(
    'canvas',
    'node-canvas has no prebuilt binary for this machine, and its build needs system packages',
  );
  npm(['rebuild', 'canvas', '--foreground-scripts'], 'look at the compiler lines above');
  if (!loads('canvas'))
    fail('node-canvas was built but does not load', 'remove node_modules and run this again');
}

/** Installs what `reason` says is needed; ends the program when there is no way to, or no consent. */
function installSystem(what, reason) {
  const name = Object.keys(systemPackages).find((manager) => onPath(manager));
  if (!name) {
    fail(
      `${reason}, and no known package manager was found to install it`,
      what === 'canvas'
        ? 'install cairo, pango, jpeg, gif and rsvg development packages and a C++ compiler'
        : 'install Chromium and set CHROMIUM to its path',
    );
  }
  const manager = systemPackages[name];
  const command = [...manager.install, ...manager[what].split(' ')];
  const byHand = [...(name === 'brew' || isRoot ? [] : ['sudo']), ...command].join(' ');
  const consent = consentTo(reason, byHand);
  if (consent === null)
    fail(
      reason,
      `run: ${byHand}   or have it done: npm ${process.env.npm_lifecycle_event ?? 'start'} -- ${CONSENT_FLAG}`,
    );
  const prefix = privilege(name, consent);
  if (prefix === undefined) fail(`${reason}, and this user may not install it`, `run: ${byHand}`);
  if (manager.refresh) runQuietly([...prefix, ...manager.refresh]);
  const result = spawnSync([...prefix, ...command][0], [...prefix, ...command].slice(1), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (result.status !== 0) fail(`${command.join(' ')} failed`, 'run it by hand, then run this again');
}

/** How somebody said yes: `asked` by a person who sits there, `given` beforehand. Null for a no. */
function consentTo(reason, command) {
  const inCi = !['', 'false', '0'].includes(process.env.CI ?? '');
  if (isRoot || inCi || given.includes(CONSENT_FLAG) || process.env[CONSENT_VARIABLE] === '1') return 'given';
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  process.stderr.write(`  ${reason}. This would install it:\n    ${command}\n  Run it now? [y/N] `);
  return /^y(es)?$/i.test(typedLine()) ? 'asked' : null;
}

/** What a person types at the terminal, up to the end of the line. */
function typedLine() {
  const byte = Buffer.alloc(1);
  let line = '';
  try {
    while (readSync(0, byte, 0, 1, null) === 1 && byte[0] !== 10) line += byte.toString('latin1');
  } catch {
    return ''; // a terminal that went away says nothing
  }
  return line.trim();
}

/** Words to put before a command of the package manager; undefined when this user may not install. */
function privilege(manager, consent) {
  if (manager === 'brew' || isRoot) return [];
  if (!onPath('sudo')) return undefined;
  // Whoever was asked sits there, and can type a password.
  if (consent === 'asked') return ['sudo'];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}

function onPath(program) {
  return spawnSync(windows ? 'where' : 'which', [program], { stdio: 'ignore' }).status === 0;
}

function loads(name) {
  return (
    spawnSync(pinnedNode, ['-e', `require(${JSON.stringify(name)})`], { cwd: root, stdio: 'ignore' })
      .status === 0
  );
}

function runQuietly(command) {
  return spawnSync(command[0], command.slice(1), { stdio: 'ignore' }).status === 0;
}

function npm(words, cure) {
  const result = spawnNpm(words, ['ignore', 'pipe', 'pipe']);
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`.trim());
  fail(`npm ${words.join(' ')} failed${result.error ? `: ${result.error.message}` : ''}`, cure);
}

function npmSucceeds(words) {
  return spawnNpm(words, 'ignore').status === 0;
}

function spawnNpm(words, stdio) {
  const headers = path.join(modules, 'node', 'node_modules', `node-${process.platform}-${process.arch}`);
  const env = { ...process.env, PATH: `${path.dirname(pinnedNode)}${path.delimiter}${process.env.PATH}` };
  // The pinned Node.js brings its own C++ headers, so a build needs no download of them.
  if (existsSync(path.join(headers, 'include', 'node'))) env.npm_config_nodedir = headers;
  const cli = process.env.npm_execpath;
  const options = { cwd: root, env, stdio, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  const all = [...words, '--no-audit', '--no-fund', '--loglevel=error'];
  return cli && cli.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...all], options)
    : spawnSync(windows ? 'npm.cmd' : 'npm', all, { ...options, shell: windows });
}

function step(title, work) {
  const started = Date.now();
  console.error(`${title} ...`);
  work();
  console.error(`  done in ${Math.round((Date.now() - started) / 1000)} s`);
}

function fail(cause, cure) {
  console.error(`open-outcry: ${cause}. ${cure[0].toUpperCase()}${cure.slice(1)}.`);
  process.exit(1);
}

function run(program, words) {
  const script = path.join(root, program);
  const child = spawn(
    pinnedNode,
    [...(HEADLESS.test(program) ? headlessFlags : engineFlags), script, ...words],
    {
      stdio: 'inherit',
      cwd: root,
      env: { ...allocatorSettings, ...process.env },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) =>
    fail(`the pinned Node.js did not start: ${error.message}`, 'remove node_modules and run this again'),
  );
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
