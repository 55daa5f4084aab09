/** Keeps between starts by how many threads passes are computed best: who knows it need not try, and the first round is no slower. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { errorLine, rootCode } from '#lib/error-text.ts';
import type { LearntPasses, ThreadGovernor } from './thread-governor.ts';

const keptSchema = z.strictObject({
  /** That could be chosen: another machine, or another number of its cores, has others. */
  counts: z.array(z.number().int().positive()),
  passes: z.array(
    z.strictObject({
      kind: z.number().int().nonnegative(),
      threads: z.number().int().positive(),
      millisecondsARow: z.number().nonnegative(),
      rivals: z.array(
        z.strictObject({
          threads: z.number().int().positive(),
          loss: z.number().nonnegative(),
          failures: z.number().int().nonnegative(),
        }),
      ),
    }),
  ),
});

export interface KeptThreadsOptions {
  folder: string;
  /** The model and what computes it. */
  modelKey: string;
  counts: readonly number[];
  log: (line: string) => void;
}

export class KeptThreads {
  readonly #options: KeptThreadsOptions;
  readonly #file: string;
  /** The counts that were kept last, by kind. */
  #kept = '';

  constructor(options: KeptThreadsOptions) {
    this.#options = options;
    const name = createHash('sha256').update(options.modelKey).digest('hex').slice(0, 32);
    this.#file = path.join(options.folder, `threads-${name}.json`);
  }

  /** Nothing where nothing fitting is kept. */
  read(): LearntPasses[] {
    const { counts, log } = this.#options;
    try {
      const kept = keptSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
      if (kept.counts.join() !== counts.join()) return [];
      this.#kept = countsOf(kept.passes);
      return kept.passes;
    } catch (error) {
      if (rootCode(error) !== 'ENOENT')
        log(`the kept threads in ${this.#file} cannot be used (${errorLine(error)}); they are tried anew`);
      return [];
    }
  }

  /** Where a count has changed since. Never fails: what cannot be kept is tried again at the next start. */
  keep({ learnt: passes }: ThreadGovernor): void {
    const { folder, counts, log } = this.#options;
    const found = countsOf(passes);
    if (found === this.#kept) return;
    this.#kept = found;
    try {
      mkdirSync(folder, { recursive: true });
      const part = `${this.#file}.${process.pid}.part`;
      writeFileSync(
        part,
        `${JSON.stringify({ counts: [...counts], passes } satisfies z.infer<typeof keptSchema>)}\n`,
      );
      renameSync(part, this.#file);
    } catch (error) {
      log(`by how many threads the model computes best could not be kept in ${folder}: ${errorLine(error)}`);
    }
  }
}

function countsOf(passes: readonly LearntPasses[]): string {
  return passes
    .map(({ kind, threads }) => `${kind}:${threads}`)
    .toSorted()
    .join();
}
