/** How much room a disk has for what models need. */
import { statfs } from 'node:fs/promises';

/** Kept free beside it: the show's database and logs live on the same disk. */
export const SPARE_BYTES = 64_000_000;

/** Free bytes for this user on the disk of a folder. */
export type FreeBytes = (folder: string) => Promise<number>;

/** What a disk lacks for so many bytes and what is kept free beside them; null where it has room. */
export async function lackOn(
  folder: string,
  bytes: number,
  freeBytes: FreeBytes = freeBytesOf,
): Promise<{ neededBytes: number; freeBytes: number } | null> {
  const lack = { neededBytes: bytes + SPARE_BYTES, freeBytes: await freeBytes(folder) };
  return lack.freeBytes < lack.neededBytes ? lack : null;
}

async function freeBytesOf(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return disk.bavail * disk.bsize;
}
