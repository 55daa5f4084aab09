/** How much memory there is for a model, and how much one needs. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface MemoryLimits {
  /** Bytes that the system could give at once. */
  freeBytes: number;
  totalBytes: number;
  /** Limit of the container or service; 0 or more than `totalBytes` for none. */
  limitBytes: number;
  /** What counts against the limit and cannot be given back; null where it is not known. */
  heldBytes: number | null;
}

/**
 * Bytes that this process could still take. Pages of files that the system keeps in memory for speed count as available: it
 * gives them back, although a container's own count of what is used holds them, too.
 */
export function availableMemoryBytes(limits: MemoryLimits = memoryLimits()): number {
  const { freeBytes, totalBytes, limitBytes, heldBytes } = limits;
  if (limitBytes === 0 || limitBytes >= totalBytes || heldBytes === null) return freeBytes;
  return Math.min(freeBytes, Math.max(0, limitBytes - heldBytes));
}

function memoryLimits(): MemoryLimits {
  const totalBytes = os.totalmem();
  return {
    // macOS counts as free what nobody has touched; what it would give is much more, and known to nobody.
    freeBytes: process.platform === 'darwin' ? totalBytes : os.freemem(),
    totalBytes,
    limitBytes: process.constrainedMemory(),
    heldBytes: process.platform === 'linux' ? heldInGroup() : null,
  };
}

/** Bytes that this process's control group holds, without what it could give back. Null where no group counts them. */
export function heldInGroup(root = '/'): number | null {
  const groups = readOrNull(path.join(root, 'proc/self/cgroup')) ?? '';
  const second = /^0::(.*)$/m.exec(groups)?.[1] ?? '/';
  const first = /^\d+:(?:[\w,]*,)?memory(?:,[\w,]*)?:(.*)$/m.exec(groups)?.[1] ?? '/';
  const places = [
    { folder: path.join('sys/fs/cgroup', second), use: 'memory.current', cache: 'inactive_file' },
    { folder: 'sys/fs/cgroup', use: 'memory.current', cache: 'inactive_file' },
    {
      folder: path.join('sys/fs/cgroup/memory', first),
      use: 'memory.usage_in_bytes',
      cache: 'total_inactive_file',
    },
    { folder: 'sys/fs/cgroup/memory', use: 'memory.usage_in_bytes', cache: 'total_inactive_file' },
  ];
  for (const { folder, use, cache } of places) {
    const used = Number(readOrNull(path.join(root, folder, use)) ?? Number.NaN);
    if (!Number.isFinite(used)) continue;
    const stat = readOrNull(path.join(root, folder, 'memory.stat')) ?? '';
    const kept = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
    return Math.max(0, used - kept(cache) - kept(cache.replace('inactive', 'active')));
  }
  return null;
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // Not every system has it.
  }
}

/**
 * Of each trader at first. How many are enough depends on the vocabulary: fewer as a rule; more for long personas, or for a vocabulary
 * of few words.
 */
export const CONTEXT_TOKENS = 1_024;

/** What the contexts of so many traders take; null for a model whose shape nobody has looked up. */
export function cacheBytes(
  { cacheBytesPerToken }: { cacheBytesPerToken?: number | undefined },
  traders: number,
): number | null {
  return cacheBytesPerToken === undefined ? null : cacheBytesPerToken * CONTEXT_TOKENS * traders;
}

/** Of all processes of the program, before there is a model. */
const PROGRAM_BYTES = 245_000_000;
/** Where nobody looked it up. */
const USUAL_CACHE_BYTES = 100_000_000;
/** What a vocabulary takes beside the file, at most: a second copy of its weights where the processor has AMX, and logits. */
const VOCABULARY_MAX_BYTES = 300_000_000;

/**
 * Bytes that the whole program takes with a model of this size, for people who choose one. A rule of thumb, by what all processes of
 * the program took together by default at most, pages that they share counted once (four traders, a processor with AMX): 347 MiB with
 * the pocket model, of 12 MB; 530 with SmolLM2-135M, of 98 MB; 853 with Gemma 3 270M, of 253 MB, whose vocabulary is large. Of it 120,
 * 310 and 648 are the process of the model; the others are the program, what starts it, and what paints.
 * @param cache as `cacheBytes` says
 */
export function roughMemoryBytes(fileBytes: number, cache: number | null = null): number {
  const weights = fileBytes * 1.1;
  return PROGRAM_BYTES + weights + Math.min(weights, VOCABULARY_MAX_BYTES) + (cache ?? USUAL_CACHE_BYTES);
}
