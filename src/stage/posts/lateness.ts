/** Which posts are not shown one by one: those that come too late, those of quiet hours, and more of a kind than anybody reads. */
import type { Outbox, Place, PostKind, WaitingRow } from '#show/ports/outbox.ts';
import type { ShowStatus } from '#show/results.ts';

/** Lines of a round this many rounds ago are no news any more. */
const STALE_ROUNDS = 2;

/**
 * News that keeps its worth when it comes late, and how many of a kind may wait in a place: the newest. Everything else is
 * folded into one card when it is two rounds old, so it needs no bound.
 */
const LASTING: Partial<Record<PostKind, number>> = {
  chaosStruck: 20,
  bankrupted: 20,
  bailedOut: 20,
  seasonOpened: 4,
  episodeOpened: 10,
  bell: 20,
  poolOpened: 4,
  poolClosed: 20,
  memberBailedOut: 100,
  // Each takes somebody's name out of a message: there are no more of them than messages that name a member.
  reworded: 1_000,
};
const LASTING_KINDS = Object.keys(LASTING) as PostKind[];

/**
 * A show that runs as fast as it can has no "too late": scripts and tests see every line. So much may wait in a place, of
 * whatever kind.
 */
const MOST_UNPACED = 10_000;

/** Posts that are worth as much whenever they are shown: what they make stand is as things are then. */
const TIMELESS: readonly PostKind[] = ['poolOpened', 'poolClosed', 'reworded'];

/** Posts of this round and of those before it are too old; null while nothing is. */
export function staleRoundOf({ round, paceMs }: Pick<ShowStatus, 'round' | 'paceMs'>): number | null {
  return paceMs === 0 ? null : round - STALE_ROUNDS;
}

export function isStale({ round, kind }: WaitingRow, staleRound: number | null): boolean {
  return staleRound !== null && round <= staleRound && LASTING[kind] === undefined;
}

/**
 * What of a place is too old by now, or more than may wait. A post whose fate is unknown is none of it: whether it is shown is
 * found out first.
 */
export function staleRows(outbox: Outbox, place: Place, staleRound: number | null): WaitingRow[] {
  if (staleRound === null) return outbox.waitingBefore(place, MOST_UNPACED);
  const stale = outbox.overdue(place, { round: staleRound }, LASTING_KINDS);
  return [...stale, ...outbox.surplus(place, LASTING)];
}

/** What of a place is due in quiet hours, which keep back everything but what is timeless. */
export function hushedRows(outbox: Outbox, place: Place, nowMs: number): WaitingRow[] {
  return outbox.overdue(place, { dueMs: nowMs }, TIMELESS);
}
