/** Which posts are not shown one by one: those that are too late, those due in quiet hours, and more of a kind than anybody reads. */
import type { Outbox, Place, PostKind, WaitingRow } from '#show/ports/outbox.ts';
import type { ShowStatus } from '#show/results.ts';

/** Lines of a round this many rounds ago are no longer news. */
const STALE_ROUNDS = 2;

/**
 * News that is still worth telling when it comes late, and how many of each kind may wait in a place; the newest are kept.
 * Everything else is folded into one card when it is two rounds old, so it needs no limit.
 */
const LASTING: Partial<Record<PostKind, number>> = {
  chaosStruck: 20,
  bankrupted: 20,
  bailedOut: 20,
  seasonOpened: 4,
  episodeOpened: 10,
  bell: 20,
  highlights: 10,
  poolOpened: 4,
  poolClosed: 20,
  memberBailedOut: 100,
  // Each removes somebody's name from a message: there are no more of them than messages that name a member.
  reworded: 1_000,
  // The one whose ballot was shown may be the oldest; the others cost nothing.
  voteClosed: 1_000,
};
const LASTING_KINDS = Object.keys(LASTING) as PostKind[];

/**
 * How many posts of all kinds may wait in a place when a show runs as fast as it can. In such a show nothing is too late:
 * scripts and tests see every line.
 */
const MOST_UNPACED = 10_000;

/** Posts that are as good whenever they are shown: they show things as they are at that time. */
const TIMELESS: readonly PostKind[] = ['poolOpened', 'poolClosed', 'voteClosed', 'reworded'];

/** The last round whose posts are too old; null when no post can be too old. */
export function staleRoundOf({ round, paceMs }: Pick<ShowStatus, 'round' | 'paceMs'>): number | null {
  return paceMs === 0 ? null : round - STALE_ROUNDS;
}

export function isStale({ round, kind }: WaitingRow, staleRound: number | null): boolean {
  return staleRound !== null && round <= staleRound && LASTING[kind] === undefined;
}

/**
 * The rows of a place that are too old by now, or more than may wait. A post whose fate is unknown is not among them: first it
 * is found out whether it was shown.
 */
export function staleRows(outbox: Outbox, place: Place, staleRound: number | null): WaitingRow[] {
  if (staleRound === null) return outbox.waitingBefore(place, MOST_UNPACED);
  const stale = outbox.overdue(place, { round: staleRound }, LASTING_KINDS);
  return [...stale, ...outbox.surplus(place, LASTING)];
}

/** The rows of a place that are due in quiet hours, which hold back everything that is not timeless. */
export function hushedRows(outbox: Outbox, place: Place, nowMs: number): WaitingRow[] {
  return outbox.overdue(place, { dueMs: nowMs }, TIMELESS);
}
