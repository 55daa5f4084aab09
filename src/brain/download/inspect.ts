/** What is known of the bytes on the disk: their sum, their kind, and what the server said of them. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Origin } from './request.ts';

export async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1_048_576 }), hash);
  return hash.digest('hex');
}

export async function startsAsGguf(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === 'GGUF';
  } finally {
    await handle.close();
  }
}

const originSchema = z.object({ sum: z.string().nullable(), etag: z.string().nullable() });

/** Null when it is not there or damaged: then nothing is known of the part, and it begins anew. */
export async function readOrigin(file: string): Promise<Origin | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return originSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
