/** What a producer may set for a show: when it plays and how long a season is. Kept in its key-values as JSON. */
import { z } from 'zod';
import type { Log } from '../ports/clock.ts';
import type { KeyValues } from '../ports/key-values.ts';
import { isTimeZone } from './wall-clock.ts';

/** In the order of `weekdayOf`. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const SEASON_DAYS_MAX = 365;
export const SEASON_EPISODES_MAX = 10_000;
export const OPENING_EPISODES_MAX = 24;
export const OPENINGS_MAX = 21;

const settingsSchema = z.strictObject({
  /** IANA name, as Europe/Berlin. */
  timeZone: z.string().refine(isTimeZone),
  /** Round the clock, or a number of episodes at each opening. */
  mode: z.enum(['continuous', 'appointment']),
  /** Local times of day; each on its weekdays. */
  openings: z
    .array(
      z.strictObject({
        at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
        days: z.array(z.enum(WEEKDAYS)).min(1).max(7),
      }),
    )
    .max(OPENINGS_MAX),
  episodesPerOpening: z.int().min(1).max(OPENING_EPISODES_MAX),
  /** The season ends at the first closing bell after this many days; null: never by days. */
  seasonDays: z.int().min(1).max(SEASON_DAYS_MAX).nullable(),
});

export type Schedule = z.output<typeof settingsSchema>;

export interface ShowSettings extends Schedule {
  /** Every nth episode of the show ends the season; null: none does by its number. A rule of the simulation. */
  seasonEpisodes: number | null;
}

export type SettingsRefusal =
  | 'unknown_time_zone'
  | 'bad_opening_time'
  | 'no_opening_times'
  | 'setting_out_of_range';

/** Plays whenever it runs; no season ends by days. */
export const ALWAYS: Schedule = {
  timeZone: 'Etc/UTC',
  mode: 'continuous',
  openings: [{ at: '20:00', days: [...WEEKDAYS] }],
  episodesPerOpening: 1,
  seasonDays: null,
};

const NOTE = 'settings';

/** What is set; `defaults` where nothing is. What cannot be read is logged and counts as not set. */
export function readSchedule(keyValues: KeyValues, defaults: Schedule, log: Log): Schedule {
  const note = keyValues.get(NOTE);
  if (note === null) return defaults;
  const parsed = settingsSchema.safeParse(parseOrNull(note));
  if (parsed.success) return parsed.data;
  log.warn(
    { settings: note },
    "the show's settings cannot be read: the defaults count until a producer sets them again",
  );
  return defaults;
}

export function saveSchedule(keyValues: KeyValues, schedule: Schedule): void {
  keyValues.set(NOTE, JSON.stringify(schedule));
}

/** Null when all is well; else what a person has to do better. */
export function scheduleProblem(
  schedule: Schedule,
): { code: SettingsRefusal; facts: Record<string, string | number> } | null {
  const issue = settingsSchema.safeParse(schedule).error?.issues[0];
  const setting = String(issue?.path[0] ?? '');
  if (setting === 'timeZone') return { code: 'unknown_time_zone', facts: { timeZone: schedule.timeZone } };
  if (setting === 'openings') return { code: 'bad_opening_time', facts: { most: OPENINGS_MAX } };
  if (setting === 'episodesPerOpening') return outOfRange(setting, OPENING_EPISODES_MAX);
  if (setting === 'seasonDays') return outOfRange(setting, SEASON_DAYS_MAX);
  if (issue) throw new Error(`no such setting: ${issue.message}`);
  if (schedule.mode === 'appointment' && schedule.openings.length === 0)
    return { code: 'no_opening_times', facts: {} };
  return null;
}

export function outOfRange(setting: string, most: number) {
  return { code: 'setting_out_of_range' as const, facts: { setting, least: 1, most } };
}

function parseOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
