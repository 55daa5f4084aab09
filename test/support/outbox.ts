import type { Outbox, OutboxRow } from '#show/ports/outbox.ts';

/** Everything that waits in any place and is due, whole, oldest first. */
export function dueRows(outbox: Outbox, nowMs = Infinity, limit = Infinity): OutboxRow[] {
  return outbox
    .places()
    .flatMap((place) => outbox.read(outbox.waiting(place, 1_000_000)))
    .filter(({ dueMs }) => dueMs <= nowMs)
    .sort((a, b) => a.id - b.id)
    .slice(0, limit);
}
