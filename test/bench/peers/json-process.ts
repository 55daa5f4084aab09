/** A program that answers each line of JSON on its standard input with one on its standard output. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { end, held } from '../ending.ts';

export class JsonProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #write: (line: string) => void;
  readonly #lines: AsyncIterator<string>;

  /** It also sees the end of its input when the benchmark is killed. Its errors go to the benchmark's. */
  constructor(command: string, args: readonly string[]) {
    this.#name = [command, ...args].join(' ');
    const child = held(spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] }));
    this.#child = child;
    // The next read reports it.
    child.on('error', () => child.stdout.destroy());
    child.stdin.on('error', () => null);
    this.#write = (line) => void child.stdin.write(`${line}\n`);
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The next line that it writes. */
  async read<T>(schema: z.ZodType<T>): Promise<T> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`${this.#name} ended; what it said is above`);
    return schema.parse(JSON.parse(line.value));
  }

  ask<T>(question: object, schema: z.ZodType<T>): Promise<T> {
    this.#write(JSON.stringify(question));
    return this.read(schema);
  }

  close(): Promise<void> {
    return end(this.#child);
  }
}
