/** How much room a disk has for what models need. */
import { statfs } from 'node:fs/promises';

/** Kept free beside it: the show's database and logs live on the same disk. */
export const SPARE_BYTES = 64_000_000;

/** Free bytes for this user on the disk of a folder. */
export async function freeBytesOf(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return disk.bavail * disk.bsize;
}
