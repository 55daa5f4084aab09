/**
 * How a benchmark ends: whichever way it does, what it started ends with it. A signal ends it at once, as if nothing had been
 * listening for it, even in the middle of native work.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const children = new Set<ChildProcess>();
const folders = new Set<string>();

/** To be called first. */
export function endOnSignals(): void {
  process.once('exit', leaveNothing);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      leaveNothing();
      // `process.exit` would wait for a pass that is being computed. Nobody listens any more, so this ends the process.
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  }
}

/** `child` ends with the benchmark at the latest. */
export function held<T extends ChildProcess>(child: T): T {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Resolves when it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** A folder that is deleted with all that is in it when the benchmark ends. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
  folders.add(folder);
  return folder;
}

function leaveNothing(): void {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
