/**
 * Hours in which a show posts nothing: a setting of the show, in the key-values. The show itself goes on; one card a place
 * tells afterwards how much was said. Local hours, so the nights when clocks change are as long as they are.
 */
import type { KeyValues } from '../ports/key-values.ts';

export interface QuietHours {
  /** Whole local hours, 0 to 23; over midnight when `fromHour` is the later one. */
  fromHour: number;
  toHour: number;
  /** An IANA name, such as `Europe/Berlin`. */
  timeZone: string;
}

export const QUIET_HOURS_KEY = 'quiet-hours';
const STEP_MS = 60_000;
const LONGEST_MS = 26 * 3_600_000;

/** Null removes them. Throws RangeError for an hour or a time zone that does not exist. */
export function setQuietHours(keyValues: KeyValues, hours: QuietHours | null): void {
  if (hours === null) return keyValues.delete(QUIET_HOURS_KEY);
  const { fromHour, toHour, timeZone } = hours;
  for (const hour of [fromHour, toHour])
    if (!Number.isInteger(hour) || hour < 0 || hour > 23)
      throw new RangeError(`${hour} is not an hour of the day: 0 to 23`);
  if (fromHour === toHour) throw new RangeError(`quiet hours from ${fromHour} to ${toHour} have no length`);
  clockOf(timeZone);
  keyValues.set(QUIET_HOURS_KEY, JSON.stringify({ fromHour, toHour, timeZone }));
}

export function quietHours(keyValues: KeyValues): QuietHours | null {
  const note = keyValues.get(QUIET_HOURS_KEY);
  return note === null ? null : (JSON.parse(note) as QuietHours);
}

/** When the quiet hours that `nowMs` falls into end, to the minute; null outside of them. */
export function quietUntilMs(hours: QuietHours | null, nowMs: number): number | null {
  if (hours === null) return null;
  const clock = clockOf(hours.timeZone);
  if (!isQuiet(hours, hourAt(clock, nowMs))) return null;
  const minute = nowMs - (nowMs % STEP_MS);
  for (let atMs = minute + STEP_MS; atMs <= nowMs + LONGEST_MS; atMs += STEP_MS)
    if (!isQuiet(hours, hourAt(clock, atMs))) return atMs;
  throw new Error(`quiet hours without an end: ${JSON.stringify(hours)}`);
}

function isQuiet({ fromHour, toHour }: QuietHours, hour: number): boolean {
  return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  clocks.set(timeZone, made);
  return made;
}

function hourAt(clock: Intl.DateTimeFormat, atMs: number): number {
  return Number(clock.formatToParts(atMs).find(({ type }) => type === 'hour')?.value);
}
