/** A peer's inference server as a process of its own, on a free port of loopback. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorLine } from '#lib/error-text.ts';
import type { PeerBroken } from './broken.ts';
import { PeerProcess } from './peer-process.ts';

export interface PeerServer {
  /** Without a path. */
  url: string;
  pid: number | undefined;
  /** Resolves when it is gone. */
  ended: Promise<PeerBroken>;
  /** What it broke by, when a request to it failed with `failure`. */
  brokenBy: (failure: unknown) => Promise<PeerBroken>;
  close: () => Promise<void>;
}

const LOAD_LIMIT_MS = 120_000;
const POLL_MS = 200;
/** A connection breaks a moment before its server is known to have ended. */
const GRACE_MS = 2_000;

/** llama.cpp's own server: four slots, its prompt cache on. Rejects with PeerBroken. */
export function openLlamaServer(
  program: string,
  modelFile: string,
  threads: number,
  loadLimitMs = LOAD_LIMIT_MS,
): Promise<PeerServer> {
  const options = ['-m', modelFile, '--parallel', '4', '-c', '8192', '-t', `${threads}`, '-tb', `${threads}`];
  return open({
    program,
    // It lists its model before it has loaded it.
    readyPath: '/health',
    argsFor: (port) => [...options, '--host', '127.0.0.1', '--port', `${port}`],
    // Packages put the libraries beside it.
    env: {
      LD_LIBRARY_PATH: [path.dirname(program), process.env['LD_LIBRARY_PATH'] ?? ''].join(path.delimiter),
    },
    loadLimitMs,
  });
}

/** llama-cpp-python's server: the seed's stack over HTTP. Rejects with PeerBroken. */
export function openPythonServer(python: string, modelFile: string, threads: number): Promise<PeerServer> {
  const options = ['-m', 'llama_cpp.server', '--model', modelFile, '--n_ctx', '2048', '--verbose', 'false'];
  const counts = ['--n_threads', `${threads}`, '--n_threads_batch', `${threads}`];
  return open({
    program: python,
    readyPath: '/v1/models',
    argsFor: (port) => [...options, ...counts, '--host', '127.0.0.1', '--port', `${port}`],
    env: {},
    loadLimitMs: LOAD_LIMIT_MS,
  });
}

interface ServerPlan {
  program: string;
  /** Answers 200 once a model is loaded. */
  readyPath: string;
  argsFor: (port: number) => string[];
  env: Record<string, string>;
  loadLimitMs: number;
}

async function open({ program, readyPath, argsFor, env, loadLimitMs }: ServerPlan): Promise<PeerServer> {
  const port = await freePort();
  const server = new PeerProcess(program, argsFor(port), { pipes: false, env });
  const url = `http://127.0.0.1:${port}`;
  const over = new AbortController();
  const limit = AbortSignal.any([over.signal, AbortSignal.timeout(loadLimitMs)]);
  const broken = await Promise.race([untilReady(`${url}${readyPath}`, limit), server.ended]);
  over.abort();
  if (broken !== 'ready') {
    await server.close();
    throw broken === 'late' ? server.broken(`was not ready within ${loadLimitMs / 1_000} s`) : broken;
  }
  return {
    url,
    pid: server.child.pid,
    ended: server.ended,
    brokenBy: async (failure) => {
      const ended = await Promise.race([server.ended, sleep(GRACE_MS, null)]);
      return ended ?? server.broken(`does not answer (${errorLine(failure)})`);
    },
    close: () => server.close(),
  };
}

async function untilReady(url: string, limit: AbortSignal): Promise<'ready' | 'late'> {
  while (!limit.aborted) {
    // It may accept a request long before it answers.
    const ready = await fetch(url, { signal: limit }).then(
      ({ ok }) => ok,
      () => false, // not listening yet
    );
    if (ready) return 'ready';
    await sleep(POLL_MS);
  }
  return 'late';
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
