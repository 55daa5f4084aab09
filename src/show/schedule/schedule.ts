/**
 * What is due, by a show's settings, by what was done last, and by the time. Pure: it may be asked late, twice or never and
 * says the same.
 */
import { WEEKDAYS, type Schedule } from './settings.ts';
import { instantOf, localDay, weekdayOf } from './wall-clock.ts';

/** An opening that was slept through still happens within this time; later it is skipped. */
export const OPENING_GRACE_MS = 30 * 60_000;
const WEEK_DAYS = 7;

/**
 * The opening that should happen now: the newest one at or before now, if it is within the grace and was not taken.
 * `taken` are the instants of those that were: a clock that is set back does not repeat one, and one that ran ahead
 * and was set right hides none.
 */
export function openingDue(schedule: Schedule, taken: readonly number[], nowMs: number): number | null {
  const today = localDay(nowMs, schedule.timeZone);
  // A day early, for an opening before midnight whose grace reaches past it.
  const past = [...openingsOf(schedule, today - 1), ...openingsOf(schedule, today)].filter(
    (atMs) => atMs <= nowMs,
  );
  const newest = past.at(-1);
  if (newest === undefined || nowMs - newest > OPENING_GRACE_MS || taken.includes(newest)) return null;
  return newest;
}

/** The first opening after now; null when there is none. */
export function nextOpening(schedule: Schedule, nowMs: number): number | null {
  const today = localDay(nowMs, schedule.timeZone);
  for (let day = today; day <= today + WEEK_DAYS; day++) {
    const next = openingsOf(schedule, day).find((atMs) => atMs > nowMs);
    if (next !== undefined) return next;
  }
  return null;
}

/** True when a season that opened then has had its days: the next closing bell ends it. */
export function seasonDue({ seasonDays, timeZone }: Schedule, openedMs: number, nowMs: number): boolean {
  return seasonDays !== null && localDay(nowMs, timeZone) - localDay(openedMs, timeZone) >= seasonDays;
}

/** Earliest first. */
function openingsOf({ openings, timeZone }: Schedule, day: number): number[] {
  const weekday = WEEKDAYS[weekdayOf(day)];
  return openings
    .filter(({ days }) => weekday !== undefined && days.includes(weekday))
    .map(({ at }) => instantOf(day, minuteOfDay(at), timeZone))
    .sort((a, b) => a - b);
}

function minuteOfDay(at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return hours * 60 + minutes;
}
