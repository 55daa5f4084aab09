/** A peer's program as a process: it ends with the benchmark at the latest, and when it ends earlier that is told. */
import { spawn, type ChildProcess } from 'node:child_process';
import { rootCode } from '#lib/error-text.ts';
import { end, held } from '../ending.ts';
import { cureOf, endText, lastLine, PeerBroken } from './broken.ts';

/** How much of what it says is kept. */
const WORDS_MAX = 4_000;

export class PeerProcess {
  readonly child: ChildProcess;
  /** Resolves when it is gone, or could not be started at all. */
  readonly ended: Promise<PeerBroken>;
  readonly #command: string;
  #words = '';

  /** `pipes`: whether its standard input and output are read and written. */
  constructor(
    program: string,
    args: readonly string[],
    { pipes, env = {} }: { pipes: boolean; env?: Record<string, string> },
  ) {
    this.#command = [program, ...args].join(' ');
    const stream = pipes ? 'pipe' : 'ignore';
    const child = held(
      spawn(program, args, { stdio: [stream, stream, 'pipe'], env: { ...process.env, ...env } }),
    );
    this.child = child;
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#words = (this.#words + chunk.toString()).slice(-WORDS_MAX);
    });
    this.ended = new Promise((resolve) => {
      child.once('error', (error) =>
        resolve(
          new PeerBroken(
            `cannot be started (${rootCode(error)})`,
            `name a program that this user may run; this was ${program}`,
            { cause: error },
          ),
        ),
      );
      // Not at its exit: its last words may still be on the way.
      child.once('close', (code, signal) => {
        const told = { code, signal, words: this.#words };
        resolve(new PeerBroken(endText(told), cureOf(told, this.#command)));
      });
    });
  }

  /** What is wrong with it while it lives: `what` goes on from its name. */
  broken(what: string): PeerBroken {
    const last = lastLine(this.#words);
    const why = last === null ? what : `${what}; it last said "${last}"`;
    return new PeerBroken(why, cureOf({ signal: null, words: this.#words }, this.#command));
  }

  close(): Promise<void> {
    return end(this.child);
  }
}
