/** The real program as a process of its own. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { TestContext } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const PATIENCE_MS = 90_000;

export interface Launched {
  readonly out: string;
  readonly err: string;
  signal(name: NodeJS.Signals): void;
  /** `ms` since the last signal that was sent. */
  readonly ended: Promise<{ code: number | null; ms: number }>;
}

/** Killed when the test ends. */
export function launch(
  t: TestContext,
  program: string,
  args: string[],
  env: Record<string, string>,
): Launched {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const heard = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (heard.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (heard.err += chunk.toString()));
  let signalledMs = performance.now();
  return {
    get out() {
      return heard.out;
    },
    get err() {
      return heard.err;
    },
    signal(name) {
      signalledMs = performance.now();
      child.kill(name);
    },
    ended: new Promise((resolve) =>
      child.on('close', (code) => resolve({ code, ms: performance.now() - signalledMs })),
    ),
  };
}

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface Start {
  env?: Record<string, string>;
  /** Kills the program after this appears on its standard output. */
  killWhen?: RegExp;
  /** Where it is started; the project's folder when left out. */
  cwd?: string;
  /** The folder that holds the program; the project's when left out. */
  from?: string;
}

/** Runs a program of the project to its end. */
export function run(program: string, args: readonly string[], start: Start = {}): Promise<Ended> {
  const { env = {}, killWhen, cwd = root, from = root } = start;
  const child = spawn(process.execPath, [path.join(from, program), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    ended.out += chunk.toString();
    if (killWhen?.test(ended.out)) child.kill('SIGKILL');
  });
  child.stderr.on('data', (chunk: Buffer) => (ended.err += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

/** Waits, looking every twentieth of a second. */
export async function until(what: () => boolean): Promise<void> {
  const sinceMs = performance.now();
  while (!what()) {
    if (performance.now() - sinceMs > PATIENCE_MS)
      throw new Error(`not within ${PATIENCE_MS / 1_000} s: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
