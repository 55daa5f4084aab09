/**
 * A worker process as the painter sees it. It is a process and not a thread: node-canvas takes the whole process down when
 * a thread that used it ends. A crash in native code, or a drawing that never ends, costs one picture here.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { PaintConfig, PaintJob, PaintResult } from './protocol.ts';

const LAST_WORDS = 500;

/** Why there is no picture. */
export class PaintError extends Error {
  override name = 'PaintError';
}

export interface WorkerHandle {
  /** Rejects when the worker fails or leaves, after `limitMs`, or when the signal aborts; the worker is useless then. */
  draw(job: PaintJob, limitMs: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Ends the process at once, whatever it is doing. */
  stop(): Promise<void>;
}

/**
 * Starts the worker and tells it once what is the same for all of its pictures. It gets none of the environment: it draws,
 * and has no business with tokens.
 */
export function startWorker(script: URL, config: PaintConfig): WorkerHandle {
  const child = fork(script, {
    env: {},
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-LAST_WORDS);
  });
  let failure: PaintError | null = null;
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const fail = (message: string, cause?: unknown) => {
    failure ??= new PaintError(message, { cause });
    leave();
  };
  child.on('error', (error) => fail('the process that draws failed', error));
  child.on('exit', (code, signal) =>
    fail(`the process that draws ended (${signal ?? code})`, words || undefined),
  );

  const send = (message: PaintConfig | PaintJob, failed: (error: PaintError) => void) =>
    child.send(message, (error) => {
      if (error) failed(new PaintError('the process that draws cannot be reached', { cause: error }));
    });
  // If this does not arrive, the job that follows fails.
  send(config, () => {});

  const keepsUsAlive = (yes: boolean) => keepAlive(child, yes);
  keepsUsAlive(false);

  return {
    async draw(job, limitMs, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      const onMessage = (result: PaintResult) => {
        if (result.id !== job.id) return;
        if ('picture' in result) resolve(result.picture);
        else reject(new PaintError(`the picture could not be drawn: ${result.error}`));
      };
      const onAbort = () => reject(signal.reason);
      const timer = setTimeout(
        () => reject(new PaintError(`the picture took longer than ${limitMs} ms`)),
        limitMs,
      );
      child.on('message', onMessage);
      signal.addEventListener('abort', onAbort);
      void left.then(() => reject(failure));
      keepsUsAlive(true);
      try {
        if (failure) throw failure;
        send(job, reject);
        return await promise;
      } finally {
        clearTimeout(timer);
        child.off('message', onMessage);
        signal.removeEventListener('abort', onAbort);
        keepsUsAlive(false);
      }
    },
    async stop() {
      if (failure) return;
      keepsUsAlive(true);
      child.kill('SIGKILL');
      await left;
    },
  };
}

/** Whether this process stays alive for the worker's sake. */
function keepAlive(child: ChildProcess, yes: boolean): void {
  const change = yes ? 'ref' : 'unref';
  child[change]();
  child.channel?.[change]();
  if (child.stderr instanceof Socket) child.stderr[change]();
}
