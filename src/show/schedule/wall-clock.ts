/**
 * Days and times as people in a time zone count them. A day is a whole number: days since 1970-01-01 on the local
 * calendar. A time of day is in minutes after local midnight. Instants are Unix milliseconds.
 */
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Making a formatter is slow, using it is not. One for each time zone that shows live in. */
const formatters = new Map<string, Intl.DateTimeFormat>();

export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export function localDay(atMs: number, timeZone: string): number {
  return Math.floor((atMs + offsetMs(atMs, timeZone)) / DAY_MS);
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** A local time of day, as `20:00`. */
export function timeOfDay(atMs: number, timeZone: string): string {
  return new Date(atMs + offsetMs(atMs, timeZone)).toISOString().slice(11, 16);
}

/**
 * The one instant of a local time: of a time that the night of a clock change has twice, the first; a time that it leaves
 * out counts from the old offset, so that 02:30 happens at 03:30 (RFC 5545, section 3.3.5).
 */
export function instantOf(day: number, minuteOfDay: number, timeZone: string): number {
  const asUtcMs = day * DAY_MS + minuteOfDay * MINUTE_MS;
  // No zone is further than a day from UTC, and no two clock changes are that near each other.
  const before = offsetMs(asUtcMs - DAY_MS, timeZone);
  const after = offsetMs(asUtcMs + DAY_MS, timeZone);
  const early = asUtcMs - before;
  if (before === after || offsetMs(early, timeZone) === before) return early;
  const late = asUtcMs - after;
  return offsetMs(late, timeZone) === after ? late : early;
}

/** How far local time is ahead of UTC. */
function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(atMs / 1_000) * 1_000;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
