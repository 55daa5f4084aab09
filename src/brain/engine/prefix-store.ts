// Keeps the evaluated prefix of every mind on disk, so that a start need not evaluate all personas again.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '#lib/error-text.ts';
import { megabytes } from '../download/progress.ts';
import { lackOn, type FreeBytes } from '../disk.ts';
import type { NativeContext } from './native.ts';
import type { Sequence } from './lock-step.ts';

export interface PrefixStoreOptions {
  folder: string;
  /** Names the model, the library and the context's settings: a kept state fits only where all of them are the same. */
  modelKey: string;
  contextTokens: number;
  log: (line: string) => void;
  /** Told once that a prefix could not be kept: each start will take longer until somebody mends it. */
  warn: (line: string) => void;
  freeBytes?: FreeBytes | undefined;
}

interface Stamp {
  /** Hash of the prefix's tokens. */
  prompt: string;
  /** Hash of the state file, since llama.cpp does not notice damaged keys and values. */
  state: string;
}

/**
 * Part of every file's name, and raised whenever states that were kept before may be wrong. 2: with a sliding window, version 1
 * kept prefixes whose shared part had been copied from a state that lacked cells. 3: the number of sequences came into what they are
 * found by. 4: names begin with the model.
 */
const VERSION = 4;
const KEPT_FILE = /^(?:v(?<version>\d+)-)?(?<model>[0-9a-f]{16})-?[0-9a-f]{16}\.(?:state|state\.part|json)$/;

/**
 * Models whose states are kept: the present one, and those that were used last. The same model with another number of traders or
 * another context counts as another. A trader's state takes kilobytes with the shipped model and can take some 45 MB with one of 0.6B:
 * 400 tokens of 115 KB.
 */
const KEPT_MODELS_MAX = 4;

/** One file of state and one stamp for each mind and model. A changed prefix replaces its own files and no others. */
export class PrefixStore {
  readonly #options: PrefixStoreOptions;
  #swept = false;
  #warned = false;
  /** Of the states that were saved; of the first, nothing is known before. */
  #largestBytes = 0;

  constructor(options: PrefixStoreOptions) {
    this.#options = options;
  }

  /** Resolves to whether the sequence now holds the prefix. A fault of the files means false and a line in the log. */
  async restore(
    context: NativeContext,
    sequence: Sequence,
    mind: string,
    tokens: readonly number[],
  ): Promise<boolean> {
    const { state, stamp } = this.#files(mind);
    try {
      const written = JSON.parse(await readFile(stamp, 'utf8')) as Partial<Stamp>;
      if (
        written.prompt !== hashOf(Uint32Array.from(tokens)) ||
        written.state !== hashOf(await readFile(state))
      )
        return false;
      const restored = await context.loadSequenceStateFromFile(
        state,
        sequence.id,
        this.#options.contextTokens,
      );
      if (restored.length === tokens.length && tokens.every((token, index) => restored[index] === token)) {
        sequence.length = tokens.length;
        await this.#markUsed(stamp);
        return true;
      }
      this.#options.log(`the kept prefix of ${mind} belongs to other text; it is read anew`);
    } catch (error) {
      if (!isMissing(error))
        this.#options.log(`the kept prefix of ${mind} cannot be used (${errorText(error)}); it is read anew`);
    }
    context.disposeSequence(sequence.id);
    sequence.length = 0;
    return false;
  }

  /** Never rejects: a full disk or a read-only folder costs the next start some time, and a line in the log. Nothing torn stays there. */
  async save(
    context: Pick<NativeContext, 'saveSequenceStateToFile'>,
    sequence: Sequence,
    mind: string,
    tokens: readonly number[],
  ): Promise<void> {
    const { state, stamp } = this.#files(mind);
    const part = `${state}.part`;
    try {
      await mkdir(this.#options.folder, { recursive: true });
      await this.#sweep();
      await this.#checkDisk();
      await context.saveSequenceStateToFile(part, sequence.id, Uint32Array.from(tokens));
      const bytes = await readFile(part);
      this.#largestBytes = Math.max(this.#largestBytes, bytes.length);
      const written: Stamp = { prompt: hashOf(Uint32Array.from(tokens)), state: hashOf(bytes) };
      await rename(part, state);
      await writeFile(stamp, `${JSON.stringify(written)}\n`);
    } catch (error) {
      const { folder, log, warn } = this.#options;
      const tell = this.#warned ? log : warn;
      this.#warned = true;
      tell(`the prefix of ${mind} could not be kept in ${folder}: ${errorText(error)}`);
      await rm(part, { force: true }).catch((left) => log(`${part} cannot be removed: ${errorText(left)}`));
    }
  }

  async #checkDisk(): Promise<void> {
    const lack = await lackOn(this.#options.folder, this.#largestBytes, this.#options.freeBytes);
    if (!lack) return;
    const { freeBytes, neededBytes } = lack;
    throw new Error(`${megabytes(freeBytes)} MB are free, it needs ${megabytes(neededBytes)}`);
  }

  /** Never rejects: from a folder that cannot be written, nothing is removed either. */
  async #markUsed(stamp: string): Promise<void> {
    const now = new Date();
    try {
      await utimes(stamp, now, now);
    } catch (error) {
      this.#options.log(`${stamp} cannot be marked as used: ${errorText(error)}`);
    }
  }

  /** Removes files of other versions, which nothing reads any more, and of models that were not used for the longest time. */
  async #sweep(): Promise<void> {
    if (this.#swept) return;
    this.#swept = true;
    const others = new Map<string, { files: string[]; usedMs: number }>();
    for (const name of await readdir(this.#options.folder)) {
      const kept = KEPT_FILE.exec(name)?.groups;
      if (!kept) continue;
      const file = path.join(this.#options.folder, name);
      const { version = 1, model = '' } = kept;
      if (Number(version) !== VERSION) await rm(file, { force: true });
      else if (model !== this.#model) {
        const other = others.get(model) ?? { files: [], usedMs: 0 };
        other.files.push(file);
        other.usedMs = Math.max(other.usedMs, await usedMs(file));
        others.set(model, other);
      }
    }
    const lastUsed = [...others.values()].toSorted((one, another) => another.usedMs - one.usedMs);
    for (const { files } of lastUsed.slice(KEPT_MODELS_MAX - 1))
      for (const file of files) await rm(file, { force: true });
  }

  get #model(): string {
    return hashOf(this.#options.modelKey).slice(0, 16);
  }

  #files(mind: string): { state: string; stamp: string } {
    const name = `v${VERSION}-${this.#model}-${hashOf(mind).slice(0, 16)}`;
    return {
      state: path.join(this.#options.folder, `${name}.state`),
      stamp: path.join(this.#options.folder, `${name}.json`),
    };
  }
}

/** 0 for a file that another process has just removed. */
async function usedMs(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

function hashOf(content: string | Uint8Array | Uint32Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
