import { createHash } from 'node:crypto';
import type { Content } from '#core/content.ts';
import type { ShowState } from '#core/state.ts';

/** Hex SHA-256 of the state as canonical JSON (keys sorted): the same state has the same hash on any machine. */
export function stateHash(state: ShowState): string {
  return digest(state);
}

/** Of everything in data/ that decides how a show goes: a replay needs the same. */
export function contentHash(content: Content): string {
  return digest(content);
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** As JSON with its keys sorted. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
