/** A peer's inference server as a process of its own, on a free port of loopback. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, held } from '../ending.ts';

export interface PeerServer {
  /** Without a path. */
  url: string;
  pid: number | undefined;
  close: () => Promise<void>;
}

const LOAD_LIMIT_MS = 120_000;
const POLL_MS = 200;
/** How much of a server's own words an error repeats. */
const WORDS_MAX = 600;

/** llama.cpp's own server: four slots, its prompt cache on. */
export function openLlamaServer(program: string, modelFile: string, threads: number): Promise<PeerServer> {
  const options = ['-m', modelFile, '--parallel', '4', '-c', '8192', '-t', `${threads}`, '-tb', `${threads}`];
  return open(
    program,
    // It lists its model before it has loaded it.
    '/health',
    (port) => [...options, '--host', '127.0.0.1', '--port', `${port}`],
    // Packages put the libraries beside it.
    { LD_LIBRARY_PATH: [path.dirname(program), process.env['LD_LIBRARY_PATH'] ?? ''].join(path.delimiter) },
  );
}

/** llama-cpp-python's server: the seed's stack over HTTP. */
export function openPythonServer(python: string, modelFile: string, threads: number): Promise<PeerServer> {
  const options = ['-m', 'llama_cpp.server', '--model', modelFile, '--n_ctx', '2048', '--verbose', 'false'];
  const counts = ['--n_threads', `${threads}`, '--n_threads_batch', `${threads}`];
  return open(python, '/v1/models', (port) => [
    ...options,
    ...counts,
    '--host',
    '127.0.0.1',
    '--port',
    `${port}`,
  ]);
}

async function open(
  program: string,
  readyPath: string,
  argsFor: (port: number) => string[],
  env: Record<string, string> = {},
): Promise<PeerServer> {
  const port = await freePort();
  const child = held(
    spawn(program, argsFor(port), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    }),
  );
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-WORDS_MAX)));
  const failed = Promise.race([
    once(child, 'exit').then(([code]) => new Error(`${program} ended with exit code ${code}: ${words}`)),
    once(child, 'error').then(([error]) => error as Error),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const ready = await Promise.race([untilReady(`${url}${readyPath}`), failed]);
  if (ready instanceof Error) {
    await end(child);
    throw ready;
  }
  return { url, pid: child.pid, close: () => end(child) };
}

/** Resolves with an error when it takes too long. */
async function untilReady(url: string): Promise<Error | null> {
  const deadlineMs = performance.now() + LOAD_LIMIT_MS;
  while (performance.now() < deadlineMs) {
    const ready = await fetch(url).then(
      ({ ok }) => ok,
      () => false, // not listening yet
    );
    if (ready) return null;
    await sleep(POLL_MS);
  }
  return new Error(`${url} was not ready within ${LOAD_LIMIT_MS / 1_000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('loopback has no ports');
  return address.port;
}
