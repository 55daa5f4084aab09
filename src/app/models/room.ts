/** Whether memory has room for a model, asked before it is downloaded. */
import type { CatalogEntry } from '#brain/catalog.ts';
import { noMemory } from '#brain/engine/load-fault.ts';
import { availableMemoryBytes, cacheBytes } from '#brain/memory.ts';

export interface RoomOptions {
  entry: CatalogEntry;
  /** Where its file will be. */
  file: string;
  /** Who will have a mind in any case. */
  traders: number;
  /** What a GPU adds to the machine's memory; asked only where that alone does not do. */
  gpuBytes: () => Promise<number>;
  availableBytes?: (() => number) | undefined;
}

/**
 * Asks for weights and cache alone, as far as they are known: what the model needs beside them is found out when it is loaded.
 * @throws ModelFileError `no-memory` for a model that would be refused then
 */
export async function checkMemory(options: RoomOptions): Promise<void> {
  const { entry, file, traders, gpuBytes, availableBytes = availableMemoryBytes } = options;
  const needed = (entry.bytes ?? entry.approxMB * 1_000_000) + (cacheBytes(entry, traders) ?? 0);
  let available = availableBytes();
  if (needed > available) available += await gpuBytes();
  if (needed > available) throw noMemory(file, needed, available);
}
