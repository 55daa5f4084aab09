/** When a show plays, when it is quiet, when its season ends: for producers. */
import { WEEKDAYS, type ShowSettings } from '#show/schedule/settings.ts';
import type { MessageBody } from '../message.ts';
import type { QuietHours } from '#show/schedule/quiet-hours.ts';
import { relativeTime } from '../format.ts';
import type { Wording } from '../wording.ts';

export function scheduleCard(
  settings: ShowSettings,
  quiet: QuietHours | null,
  nextOpeningMs: number | null,
  { texts, format }: Wording,
): MessageBody {
  const { schedule } = texts;
  const { mode, openings, episodesPerOpening, timeZone, seasonDays, seasonEpisodes } = settings;
  const days = weekdayNames(texts.locale);
  const times = openings.map(
    ({ at, days: on }) =>
      `${at} ${on.length === WEEKDAYS.length ? schedule.daily : on.map((day) => days.get(day)).join(', ')}`,
  );
  const lines = [
    mode === 'continuous'
      ? schedule.continuous
      : schedule.appointment(format.count(episodesPerOpening), times.join('; ')),
    ...(nextOpeningMs === null ? [] : [schedule.next(relativeTime(nextOpeningMs))]),
    schedule.timeZone(timeZone),
    seasonDays === null ? schedule.seasonNotByDays : schedule.seasonDays(format.count(seasonDays)),
    seasonEpisodes === null
      ? schedule.seasonNotByEpisodes
      : schedule.seasonEpisodes(format.count(seasonEpisodes)),
    quiet === null ? schedule.neverQuiet : schedule.quiet(hour(quiet.fromHour), hour(quiet.toHour)),
  ];
  return { embeds: [{ title: schedule.title, description: lines.join('\n') }] };
}

const hour = (of: number): string => `${String(of).padStart(2, '0')}:00`;

/** Short names in the reader's language. The first of January 2023 was a Sunday, and weeks here begin on Sunday. */
function weekdayNames(locale: string): Map<string, string> {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return new Map(WEEKDAYS.map((day, index) => [day, name.format(Date.UTC(2023, 0, 1 + index))]));
}
