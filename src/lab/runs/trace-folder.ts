/** The traces of one row on disk: a file of JSON lines a world, written whole or not at all, so that a run can go on after a kill. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import { makeFolder } from '#lib/make-folder.ts';
import { recordSchema, type PlayedTurn, type PlayedWorld } from './records.ts';
import { worldHash } from './world-hash.ts';

export class TraceFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  has(seed: number): boolean {
    return existsSync(this.#file(seed));
  }

  write({ turns, end }: PlayedWorld): void {
    const file = this.#file(end.world);
    const lines = turns.map((turn) => JSON.stringify(turn));
    const last = JSON.stringify({ ...end, textHash: textHash(lines) });
    makeFolder(this.#folder);
    writeFileSync(`${file}.part`, `${[...lines, last].join('\n')}\n`);
    renameSync(`${file}.part`, file);
  }

  /** Throws InputError for a file that is no trace, or one that was changed since it was played. */
  read(seed: number): PlayedWorld {
    const file = this.#file(seed);
    const turns: PlayedTurn[] = [];
    // As they were written: the hash is of their words.
    const written: PlayedTurn[] = [];
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    for (const [index, line] of lines.entries()) {
      const record = jsonOrNull(line);
      const parsed = recordSchema.safeParse(record);
      if (!parsed.success)
        throw new InputError(
          `${file}, line ${index + 1}: is no record of a trace (${parsed.error.issues[0]?.message ?? 'broken'}); delete the file, and the run plays its world again`,
        );
      if (parsed.data.kind === 'turn') {
        turns.push(parsed.data);
        written.push(record as PlayedTurn);
        continue;
      }
      const { textHash: text, ...end } = parsed.data;
      const isAsWritten = text === undefined || text === textHash(lines.slice(0, index));
      if (!isAsWritten || worldHash(written, Object.entries(end.equityCents)) !== end.stateHash)
        throw new InputError(
          `${file}: is not as it was played; delete the file, and the run plays its world again`,
        );
      return { turns, end };
    }
    throw new InputError(`${file}: has no end; delete it, and the run plays its world again`);
  }

  #file(seed: number): string {
    return path.join(this.#folder, `world-${seed}.jsonl`);
  }
}

function textHash(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // The schema says what is wrong.
  }
}
