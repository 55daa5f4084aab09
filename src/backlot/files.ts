import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from './backlot-error.ts';
import type { FileRecord } from './guild/record.ts';
import { makeFolder, unwritable, writeWhole } from './disk.ts';

export interface StoredFile {
  contentType: string;
  data: Buffer;
}

/**
 * The backlot's CDN: pictures by path. Without a folder they stay in memory; with one they are kept on disk, so that old
 * messages keep their pictures over a restart. The list of files belongs to the guild's record.
 */
export class FileShelf {
  readonly #folder: string | undefined;
  readonly #listed: Record<string, FileRecord>;
  readonly #inMemory = new Map<string, Buffer>();
  readonly #writes = new Map<string, Promise<void>>();
  #failure: unknown;

  constructor(listed: Record<string, FileRecord>, folder: string | undefined) {
    this.#listed = listed;
    this.#folder = folder;
    if (folder === undefined) return;
    try {
      makeFolder(folder);
    } catch (cause) {
      throw unwritable(folder, cause);
    }
  }

  put(key: string, data: Buffer, contentType: string): void {
    this.#listed[key] = { contentType, sizeBytes: data.length };
    this.#inMemory.set(key, data);
    if (this.#folder !== undefined) this.#enqueue(key, () => this.#write(key, data));
  }

  remove(key: string): void {
    if (!(key in this.#listed)) return;
    delete this.#listed[key];
    this.#inMemory.delete(key);
    if (this.#folder !== undefined) this.#enqueue(key, () => this.#remove(key));
  }

  /** Undefined when there is no such file, or when it vanished from the disk. */
  async get(key: string): Promise<StoredFile | undefined> {
    if (!Object.hasOwn(this.#listed, key)) return undefined;
    const record = this.#listed[key];
    if (record === undefined) return undefined;
    const inMemory = this.#inMemory.get(key);
    if (inMemory !== undefined) return { contentType: record.contentType, data: inMemory };
    if (this.#folder === undefined) return undefined;
    try {
      return { contentType: record.contentType, data: await readFile(this.#pathOf(key)) };
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Resolves when all is on disk, and tries again what failed before; rejects with the first failure. */
  async settled(): Promise<void> {
    if (this.#folder === undefined) return;
    for (const [key, data] of this.#inMemory) {
      if (!this.#writes.has(key)) this.#enqueue(key, () => this.#write(key, data));
    }
    await Promise.all(this.#writes.values());
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  async #write(key: string, data: Buffer): Promise<void> {
    if (this.#inMemory.get(key) !== data) return;
    await writeWhole(this.#pathOf(key), data);
    if (this.#inMemory.get(key) === data) this.#inMemory.delete(key);
  }

  async #remove(key: string): Promise<void> {
    try {
      await rm(this.#pathOf(key), { force: true });
    } catch (cause) {
      throw unwritable(this.#pathOf(key), cause);
    }
  }

  /** One file's writes and removals happen in the order in which they were asked for. */
  #enqueue(key: string, job: () => Promise<void>): void {
    const before = this.#writes.get(key) ?? Promise.resolve();
    const mine = before.then(job).catch((error: unknown) => {
      this.#failure ??= error;
    });
    this.#writes.set(key, mine);
    void mine.then(() => {
      if (this.#writes.get(key) === mine) this.#writes.delete(key);
    });
  }

  #pathOf(key: string): string {
    return path.join(this.#folder ?? '', encodeURIComponent(key));
  }
}
