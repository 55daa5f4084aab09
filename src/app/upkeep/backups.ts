/** Copies of every show beside its database: hourly, each kept for a day, and the last one of each day for a week. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import cron from 'node-cron';
import type { Log } from '#show/ports/clock.ts';
import type { Store } from '#store/store.ts';
import { errorText } from '#lib/error-text.ts';
import { makeFolder } from '#lib/make-folder.ts';

/** In UTC no hour comes twice. Not at the full hour, when many programs start. */
const HOURLY = '41 * * * *';
const HOURS_KEPT = 24;
const DAYS_KEPT = 7;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A show matters more than its copies: so much of the disk is left to it. */
const LEFT_FREE_BYTES = 512 * 2 ** 20;
/** What a backup's name says of its time: an hour, or only a day. */
const STAMP = /^(\d{4}-\d\d-\d\d)(?:T(\d\d))?\.sqlite$/u;

/** Returns the function that ends it. */
export function backUpHourly(stores: () => readonly Store[], log: Log): () => Promise<void> {
  const task = cron.schedule(HOURLY, () => backUpAll(stores(), log), {
    timezone: 'Etc/UTC',
    noOverlap: true,
  });
  return async () => {
    await task.destroy();
  };
}

async function backUpAll(stores: readonly Store[], log: Log): Promise<void> {
  for (const store of stores) {
    try {
      await backUpShow(store, new Date());
    } catch (error) {
      // The show goes on without this hour's backup; the operator reads why.
      log.error(
        { file: store.file, error: errorText(error) },
        'this hour has no backup of this show; the next try is in an hour',
      );
    }
  }
}

/** Makes the hour's backup unless nothing has changed since the last one, and removes those that are not kept. */
export async function backUpShow(store: Store, now: Date): Promise<void> {
  const folder = path.join(path.dirname(store.file), 'backups');
  makeFolder(folder);
  const name = path.basename(store.file, '.sqlite');
  const mine = (): string[] => readdirSync(folder).filter((file) => timeOf(name, file) !== null);
  const to = path.join(folder, `${name}.${now.toISOString().slice(0, 13)}.sqlite`);
  const newest = mine()
    .toSorted((a, b) => (timeOf(name, a) ?? 0) - (timeOf(name, b) ?? 0))
    .at(-1);
  const taken = mine().includes(path.basename(to));
  if (!taken && (newest === undefined || hasChangedSince(store.file, path.join(folder, newest)))) {
    await assertRoom(store.file, folder);
    await store.backup(to);
  }
  const kept = keptOf(name, mine(), now);
  for (const old of mine()) if (!kept.has(old)) rmSync(path.join(folder, old));
}

/** Of these files, the backups of a show that are kept. */
export function keptOf(name: string, files: readonly string[], now: Date): Set<string> {
  const backups = files
    .flatMap((file) => {
      const atMs = timeOf(name, file);
      return atMs === null ? [] : [{ file, atMs }];
    })
    .toSorted((a, b) => a.atMs - b.atMs);
  const lastOfDay = new Map(backups.map(({ file, atMs }) => [Math.floor(atMs / DAY_MS), file]));
  const today = Math.floor(now.getTime() / DAY_MS);
  // Days on which there was a backup: a show that was away for a month still has a week of them.
  const days = [...lastOfDay].filter(([day]) => day <= today).slice(-DAYS_KEPT);
  const hourly = backups.filter(({ atMs }) => atMs > now.getTime() - HOURS_KEPT * HOUR_MS);
  return new Set([...days.map(([, file]) => file), ...hourly.map(({ file }) => file)]);
}

/** When a file says that it was made, in UTC; null for one that is no scheduled backup of this show. */
function timeOf(name: string, file: string): number | null {
  if (!file.startsWith(`${name}.`)) return null;
  const [, day, hour] = STAMP.exec(file.slice(name.length + 1)) ?? [];
  return day === undefined ? null : Date.parse(`${day}T${hour ?? '00'}:00Z`);
}

function hasChangedSince(file: string, backup: string): boolean {
  const madeMs = statSync(backup).mtimeMs;
  return [file, `${file}-wal`].some(
    (each) => (statSync(each, { throwIfNoEntry: false })?.mtimeMs ?? 0) > madeMs,
  );
}

async function assertRoom(file: string, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const neededBytes = statSync(file).size + LEFT_FREE_BYTES;
  if (bavail * bsize < neededBytes)
    throw new Error(
      `the disk of ${folder} has too little room for it; free ${Math.ceil(neededBytes / 2 ** 20)} MiB`,
    );
}
