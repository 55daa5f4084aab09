/** Which posts come too late to be shown one by one. */
import type { OutboxRow, Post } from '#show/ports/outbox.ts';
import type { ShowStatus } from '#show/results.ts';
import { outlivesDelay } from '../presentation/posts/post.ts';

/** Lines of a round this many rounds ago are no news any more. */
const STALE_ROUNDS = 2;

/** Posts of this round and of those before it are too old; null while nothing is. */
export function staleRoundOf({ round, paceMs }: ShowStatus): number | null {
  // A show that runs as fast as it can has no "too late": scripts and tests see every line.
  return paceMs === 0 ? null : round - STALE_ROUNDS;
}

export function isStale(row: OutboxRow, staleRound: number | null): boolean {
  return staleRound !== null && row.round <= staleRound && !outlivesDelay(row);
}

/** Posts that are worth as much whenever they are shown: what they make stand is as things are then. */
const TIMELESS: ReadonlySet<Post['kind']> = new Set(['poolOpened', 'poolClosed', 'reworded']);

/** Quiet hours keep back everything but what is timeless. */
export function isHushed({ dueMs, post }: OutboxRow, nowMs: number): boolean {
  return dueMs <= nowMs && !TIMELESS.has(post.kind);
}
