/**
 * Brings a model's file: asks whether it fits on the disk, goes on where an earlier try stopped, checks size and sha256,
 * and only then gives the file its name. What is under its name is whole. node-llama-cpp has a downloader, too, but it
 * checks no sum and knows no proxy.
 */
import { access, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { CatalogEntry } from '../catalog.ts';
import { lackOn, type FreeBytes } from '../disk.ts';
import { fromDisk, fromNetwork, ModelFetchError } from './error.ts';
import { readOrigin, startsAsGguf, sumOf } from './inspect.ts';
import { lockFile } from './lock.ts';
import { megabytes, Meter, type OnProgress } from './progress.ts';
import type { ProxyEnv } from './proxy.ts';
import { openDownload, type Opened } from './request.ts';
import { holdWhenFree } from './waiting.ts';

export const MODEL_HUB = 'https://huggingface.co';
const BACK_OFF_MS = 2_000;

export interface DownloadOptions {
  entry: CatalogEntry;
  /** The file's final name. While it is coming it is called `<path>.part`. */
  path: string;
  /** A mirror of the hub, with the same paths: MODEL_MIRROR. */
  base?: string | undefined;
  /** For repositories that ask who one is; sent to the base's host only. */
  token?: string | undefined;
  /** Where proxies are named; the process's own when left out. */
  env?: ProxyEnv | undefined;
  onProgress?: OnProgress | undefined;
  /** Told at once and then each minute while another process is downloading the file, which is waited for. */
  onWait?: (() => void) | undefined;
  signal?: AbortSignal | undefined;
  freeBytes?: FreeBytes | undefined;
  /** Pause before the one retry, and between two looks whether another process has done. */
  backOffMs?: number | undefined;
  /** Passes a pause in the clock's place. */
  sleep?: ((ms: number) => Promise<void>) | undefined;
  /** A connection that brings nothing for so long counts as broken. */
  stallMs?: number | undefined;
}

export interface Fetched {
  path: string;
  bytes: number;
  sha256: string;
  /** Who vouches for the sum: the catalog, the hub's own statement, or nobody. */
  pinned: 'catalog' | 'hub' | 'no';
  /** One line for people. */
  note: string;
}

interface Job {
  entry: CatalogEntry;
  url: URL;
  path: string;
  part: string;
  originFile: string;
  options: DownloadOptions;
}

/**
 * Rejects with a ModelFetchError. After a broken connection it tries once more; what came is kept for the next start.
 * A file of the wrong size, sum or kind is thrown away.
 */
export async function downloadModel(options: DownloadOptions): Promise<Fetched> {
  const job = prepare(options);
  await onDisk(job, () => mkdir(path.dirname(job.path), { recursive: true }));
  const { backOffMs = BACK_OFF_MS, onWait } = options;
  const release = await holdWhenFree({ ...job, pause: () => pause(job), pauseMs: backOffMs, onWait });
  let fetched: Fetched;
  try {
    // Another process may have brought it before the lock was free.
    const there = await exists(job.path);
    if (!there) await fetchPart(job);
    fetched = await check(job, there ? job.path : job.part);
  } finally {
    release();
  }
  // Whoever takes the lock from here on finds the file. It stays behind where somebody has it open already.
  await rm(lockFile(job.path), { force: true }).catch(() => undefined);
  return fetched;
}

function prepare(options: DownloadOptions): Job {
  const { entry, base = MODEL_HUB } = options;
  const address = `${base.replace(/\/+$/, '')}/${entry.source}/resolve/main/${entry.file}`;
  const part = `${options.path}.part`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new ModelFetchError(
      'unknown_model',
      'MODEL_MIRROR',
      'is no http or https address',
      `give one such as ${MODEL_HUB}`,
    );
  }
  return { entry, url: new URL(address), path: options.path, part, originFile: `${part}.json`, options };
}

async function fetchPart(job: Job): Promise<void> {
  try {
    await fetchRest(job);
  } catch (error) {
    if (!(error instanceof ModelFetchError) || error.code !== 'dropped') throw error;
    await pause(job);
    await fetchRest(job);
  }
}

async function pause({ options, path: file }: Job): Promise<void> {
  const { backOffMs = BACK_OFF_MS, sleep, signal } = options;
  try {
    await (sleep?.(backOffMs) ?? sleepFor(backOffMs, undefined, signal ? { signal } : {}));
  } catch (error) {
    throw aborted(file, error);
  }
}

/** From wherever the part stops to the end of the file. Of one that is whole nothing is asked where its sum will show that. */
async function fetchRest(job: Job): Promise<void> {
  const { entry, part, options } = job;
  const have = (await stat(part).catch(() => null))?.size ?? 0;
  if (have === entry.bytes && entry.sha256 !== null) return;
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), options.stallMs ?? 30_000);
  const signal = options.signal ? AbortSignal.any([options.signal, stalled.signal]) : stalled.signal;
  try {
    const opened = await openDownload({
      url: job.url,
      file: job.path,
      have,
      origin: await readOrigin(job.originFile),
      pinned: entry.sha256 !== null,
      token: options.token ?? null,
      signal,
      env: options.env ?? process.env,
    });
    checkLength(entry, opened);
    await checkDisk(job, opened);
    await onDisk(job, () => writeFile(job.originFile, JSON.stringify(opened.origin)));
    await writeBody(job, opened, () => timer.refresh());
  } catch (error) {
    if (options.signal?.aborted) throw aborted(job.path, error);
    if (stalled.signal.aborted) {
      const cure = 'start again to go on where it stopped';
      throw new ModelFetchError('dropped', job.url.host, 'the connection stood still', cure, {
        cause: error,
      });
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function checkLength({ bytes, file }: CatalogEntry, { totalBytes }: Opened): void {
  if (bytes === null || totalBytes === null || totalBytes === bytes) return;
  const problem = `the server offers ${totalBytes} bytes, the catalog says ${bytes}`;
  const cure = 'if the maker put up a new file, correct its row in models/catalog.json';
  throw new ModelFetchError('wrong_size', file, problem, cure);
}

async function checkDisk({ entry, path: file, options }: Job, { totalBytes, from }: Opened): Promise<void> {
  const folder = path.dirname(file);
  const bytes = (totalBytes ?? entry.approxMB * 1_000_000) - from;
  const lack = await lackOn(folder, bytes, options.freeBytes);
  if (!lack) return;
  const { neededBytes, freeBytes } = lack;
  const problem = `${entry.title} needs ${megabytes(neededBytes)} MB more, ${megabytes(freeBytes)} MB are free`;
  throw new ModelFetchError('disk_full', folder, problem, 'free disk space, or choose a smaller model');
}

async function writeBody(job: Job, { body, from, totalBytes }: Opened, alive: () => void): Promise<void> {
  const meter = new Meter(from, totalBytes, job.options.onProgress ?? (() => undefined));
  const handle = await onDisk(job, () => open(job.part, from > 0 ? 'r+' : 'w'));
  let at = from;
  try {
    for await (const chunk of body ?? []) {
      alive();
      for (let done = 0; done < chunk.length;) {
        const { bytesWritten } = await onDisk(job, () => handle.write(chunk, done, chunk.length - done, at));
        done += bytesWritten;
        at += bytesWritten;
      }
      meter.add(chunk.length);
    }
    if (totalBytes !== null && at < totalBytes) throw new Error(`ended after ${at} of ${totalBytes} bytes`);
    await onDisk(job, () => handle.datasync());
    meter.end();
  } catch (error) {
    throw error instanceof ModelFetchError ? error : fromNetwork(error, job.url, job.path);
  } finally {
    await handle.close();
  }
}

/** Size, kind and sum; then the file gets its name. */
async function check(job: Job, file: string): Promise<Fetched> {
  const { entry } = job;
  const { size } = await stat(file);
  const stated = (await readOrigin(job.originFile))?.sum ?? null;
  const expected = entry.sha256 ?? stated;
  const sha256 = await sumOf(file);
  if (!(await startsAsGguf(file)))
    await throwAway(
      job,
      file,
      'wrong_file',
      'what came is no GGUF file',
      'check MODEL_MIRROR, then start again',
    );
  if (entry.bytes !== null && size !== entry.bytes) {
    await throwAway(
      job,
      file,
      'wrong_size',
      `${size} bytes came, the catalog says ${entry.bytes}`,
      'start again',
    );
  }
  if (expected !== null && sha256 !== expected) {
    const by = entry.sha256 === null ? 'the hub' : 'the catalog';
    await throwAway(
      job,
      file,
      'wrong_sum',
      `its sha256 is ${sha256}, ${by} says ${expected}`,
      'start again; if it happens again, another MODEL_MIRROR',
    );
  }
  if (entry.sha256 === null)
    await onDisk(job, () => writeFile(`${job.path}.sha256`, `${sha256}  ${entry.file}\n`));
  if (file !== job.path) await onDisk(job, () => rename(file, job.path));
  await rm(job.originFile, { force: true });
  const pinned = entry.sha256 !== null ? 'catalog' : stated !== null ? 'hub' : 'no';
  return { path: job.path, bytes: size, sha256, pinned, note: noteOf(job, size, sha256, pinned) };
}

function noteOf(
  { entry, path: file }: Job,
  bytes: number,
  sha256: string,
  pinned: Fetched['pinned'],
): string {
  const sum = {
    catalog: 'sha256 as the catalog says',
    hub: `not pinned in the catalog; sha256 ${sha256} as the hub states, noted beside it`,
    no: `not pinned: nobody vouches for sha256 ${sha256}, noted beside it`,
  }[pinned];
  return `${entry.title}: ${megabytes(bytes)} MB in ${file}, ${sum}`;
}

async function throwAway(
  job: Job,
  file: string,
  code: 'wrong_file' | 'wrong_size' | 'wrong_sum',
  problem: string,
  cure: string,
): Promise<never> {
  await rm(file, { force: true });
  await rm(job.originFile, { force: true });
  throw new ModelFetchError(code, job.entry.file, `${problem}; it was thrown away`, cure);
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

async function onDisk<T>({ path: file }: Job, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fromDisk(error, file) ?? error;
  }
}

function aborted(file: string, cause: unknown): ModelFetchError {
  return new ModelFetchError(
    'aborted',
    file,
    'the download was stopped',
    'start again to go on where it stopped',
    { cause },
  );
}
