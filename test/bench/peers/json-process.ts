/** A program that answers each line of JSON on its standard input with one on its standard output. */
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { PeerProcess } from './peer-process.ts';

export class JsonProcess {
  readonly #process: PeerProcess;
  readonly #lines: AsyncIterator<string>;

  /** It also sees the end of its input when the benchmark is killed. */
  constructor(command: string, args: readonly string[]) {
    this.#process = new PeerProcess(command, args, { pipes: true });
    const { stdin, stdout } = this.#process.child;
    if (!stdin || !stdout) throw new Error('a process without pipes');
    // The next read reports it.
    stdin.on('error', () => null);
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  get pid(): number | undefined {
    return this.#process.child.pid;
  }

  /** The next line that it writes. Rejects with PeerBroken when it has ended, or writes something else. */
  async read<T>(schema: z.ZodType<T>): Promise<T> {
    const { ended } = this.#process;
    // What could not be started never ends its output.
    const line = await Promise.race([this.#lines.next(), ended.then(() => null)]);
    if (line === null || line.done === true) throw await ended;
    try {
      return schema.parse(JSON.parse(line.value));
    } catch {
      throw this.#process.broken(`wrote no such answer as was asked for: ${line.value.slice(0, 200)}`);
    }
  }

  ask<T>(question: object, schema: z.ZodType<T>): Promise<T> {
    this.#process.child.stdin?.write(`${JSON.stringify(question)}\n`);
    return this.read(schema);
  }

  close(): Promise<void> {
    return this.#process.close();
  }
}
