import { ApplicationCommandOptionType } from 'discord.js';
import type { Result, RunRefusal } from '#show/results.ts';
import {
  OPENING_EPISODES_MAX,
  SEASON_DAYS_MAX,
  SEASON_EPISODES_MAX,
  WEEKDAYS,
  type ShowSettings,
  type Weekday,
} from '#show/schedule/settings.ts';
import type { Switched } from '#show/show.ts';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import { choosePictures, PICTURE_MODES, type PictureMode } from '#show/views/picture-mode.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { scheduleCard } from '#stage/presentation/answers/schedule.ts';
import { statusCard } from '#stage/presentation/answers/status.ts';
import { withOwnStakes } from '#stage/presentation/answers/own-stakes.ts';
import type { Wording } from '#stage/presentation/wording.ts';
import { quietHours, setQuietHours } from '#show/schedule/quiet-hours.ts';
import { setEpisodeThreads } from '#show/schedule/episode-threads.ts';
import { redact } from '#lib/redact.ts';
import { CHOICE_MAX, choiceName } from '#stage/presentation/choice-name.ts';
import { shownText } from '#stage/presentation/sanitise.ts';
import { FOR_PRODUCERS } from './schema.ts';

const WHY_MAX = 300;
const DAYS = {
  daily: WEEKDAYS,
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  weekend: ['sat', 'sun'],
} as const satisfies Record<string, readonly Weekday[]>;
const { Subcommand, Integer, String: Text } = ApplicationCommandOptionType;

export const show = defineCommand({
  schema: {
    ...FOR_PRODUCERS,
    name: 'show',
    options: [
      { type: Subcommand, name: 'start' },
      { type: Subcommand, name: 'pause' },
      { type: Subcommand, name: 'resume' },
      { type: Subcommand, name: 'stop' },
      { type: Subcommand, name: 'status' },
      {
        type: Subcommand,
        name: 'pace',
        options: [
          {
            type: Integer,
            name: 'seconds',
            required: true,
            min_value: 3,
            max_value: 600,
          },
        ],
      },
      {
        type: Subcommand,
        name: 'model',
        options: [{ type: Text, name: 'name', required: true, autocomplete: true, max_length: 100 }],
      },
      {
        type: Subcommand,
        name: 'schedule',
        options: [
          { type: Text, name: 'plays', choices: ['continuous', 'appointment'] },
          { type: Text, name: 'at', max_length: 100 },
          { type: Text, name: 'days', choices: ['daily', 'weekdays', 'weekend'] },
          { type: Integer, name: 'episodes', min_value: 1, max_value: OPENING_EPISODES_MAX },
          { type: Text, name: 'time-zone', autocomplete: true, max_length: 64 },
          { type: Integer, name: 'season-days', min_value: 0, max_value: SEASON_DAYS_MAX },
          { type: Integer, name: 'season-episodes', min_value: 0, max_value: SEASON_EPISODES_MAX },
        ],
      },
      {
        type: Subcommand,
        name: 'quiet',
        options: [
          { type: Integer, name: 'from', required: true, min_value: 0, max_value: 23 },
          { type: Integer, name: 'to', required: true, min_value: 0, max_value: 23 },
        ],
      },
      {
        type: Subcommand,
        name: 'bell',
        options: [{ type: Text, name: 'mode', required: true, choices: ['on', 'off'] }],
      },
      {
        type: Subcommand,
        name: 'threads',
        options: [{ type: Text, name: 'mode', required: true, choices: ['on', 'off'] }],
      },
      {
        type: Subcommand,
        name: 'pictures',
        options: [{ type: Text, name: 'mode', required: true, choices: PICTURE_MODES }],
      },
    ],
  },
  words: (texts) => texts.commands.show,
  audience: 'producer',
  answers: 'private',
  run: (context, options) => {
    const { show, wording } = context;
    switch (options.subcommand) {
      case 'start':
      case 'pause':
      case 'resume':
      case 'stop':
        return switchTo(context, options.subcommand);
      case 'status':
        return statusCard(show.status(), wording);
      case 'pace':
        return setPace(context, options.seconds);
      case 'model':
        return changeModel(context, options.name);
      case 'schedule':
        return schedule(context, options);
      case 'quiet':
        return quiet(context, options.from, options.to);
      case 'bell':
        return switchBell(context, options.mode === 'on');
      case 'threads':
        return threads(context, options.mode === 'on');
      case 'pictures':
        return pictures(context, options.mode);
      default:
        return options satisfies never;
    }
  },
  suggest: ({ show }, typed, option) => {
    const wanted = typed.trim().toLowerCase();
    return (option === 'time-zone' ? timeZones() : modelsOf(show))
      .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(wanted))
      .map(({ id, title }) => ({ name: choiceName(title), value: id }));
  },
  // On the panel of the green room.
  buttons: {
    switch: (context, what) =>
      isSwitch(what) ? switchTo(context, what) : { content: context.wording.texts.errors.stale },
  },
  menus: { pace: (context, _, [seconds = '']) => setPace(context, Number(seconds)) },
});

const timeZones = () => Intl.supportedValuesOf('timeZone').map((zone) => ({ id: zone, title: zone }));

function modelsOf(show: CommandContext['show']) {
  const known = show.models();
  return known.ok ? known.value : [];
}

type Switch = 'start' | 'pause' | 'resume' | 'stop';
const isSwitch = (text: string): text is Switch => ['start', 'pause', 'resume', 'stop'].includes(text);

function switchTo({ show, guildContext, wording, member }: CommandContext, what: Switch): MessageBody {
  const { texts } = wording;
  const said = {
    start: texts.show.started,
    pause: texts.show.paused,
    resume: texts.show.resumed,
    stop: texts.show.stopped,
  };
  const plays = what === 'start' || what === 'resume';
  if (plays && !guildContext.hasStage()) return { content: texts.errors.noStage };
  return answer(show[what](member), said[what], wording);
}

function setPace({ show, wording, member }: CommandContext, seconds: number): MessageBody {
  const { texts, format } = wording;
  const pace = texts.show.seconds(format.count(seconds));
  return answer(show.setPace(seconds * 1_000, member), texts.show.paced(pace), wording);
}

/** Only models that the catalog names: a producer in Discord must not open any other file of the machine. */
async function changeModel(
  { show, wording, member, progress }: CommandContext,
  name: string,
): Promise<MessageBody> {
  const { texts } = wording;
  const known = show.models();
  if (!known.ok) return { content: texts.refusals.model[known.code]() };
  const model = known.value.find(({ id }) => id === name.trim());
  if (!model) return { content: texts.refusals.unknownModel };
  await progress({ content: texts.show.loading(shownText(model.title, CHOICE_MAX)) });
  const changed = await show.changeModel(model.id, member);
  if (changed.ok) {
    const card = { ...statusCard(changed.value, wording), content: texts.show.modelChanged };
    return withOwnStakes(card, changed.value.ownStakes, wording);
  }
  const why = shownText(redact(String(changed.facts['why'] ?? '')), WHY_MAX);
  return { content: texts.refusals.model[changed.code](why) };
}

interface ScheduleOptions {
  plays: 'continuous' | 'appointment' | null;
  at: string | null;
  days: keyof typeof DAYS | null;
  episodes: number | null;
  'time-zone': string | null;
  'season-days': number | null;
  'season-episodes': number | null;
}

/** Changes the settings that were given; without any, it tells what is set. */
function schedule({ show, wording, member }: CommandContext, options: ScheduleOptions): MessageBody {
  const { timetable, keyValues } = show;
  const before = timetable.settings();
  const never = (count: number | null): number | null => (count === 0 ? null : count);
  const patch: Partial<ShowSettings> = {
    ...(options.plays && { mode: options.plays }),
    ...((options.at ?? options.days) !== null && { openings: openings(before, options) }),
    ...(options.episodes !== null && { episodesPerOpening: options.episodes }),
    ...(options['time-zone'] !== null && { timeZone: options['time-zone'] }),
    ...(options['season-days'] !== null && { seasonDays: never(options['season-days']) }),
    ...(options['season-episodes'] !== null && { seasonEpisodes: never(options['season-episodes']) }),
  };
  if (Object.keys(patch).length > 0) {
    const changed = timetable.change(patch, member);
    if (!changed.ok) return { content: wording.texts.refusals.schedule[changed.code](changed.facts) };
    const hours = quietHours(keyValues);
    if (hours) setQuietHours(keyValues, { ...hours, timeZone: changed.value.timeZone });
  }
  return scheduleCard(timetable.settings(), quietHours(keyValues), timetable.nextOpeningMs(), wording);
}

/** Times without days keep the days that were set, and days without times keep the times. */
function openings(
  { openings: before }: ShowSettings,
  { at, days }: ScheduleOptions,
): ShowSettings['openings'] {
  const times =
    at === null ? before.map((opening) => opening.at) : at.split(/[\s,;]+/u).filter((time) => time !== '');
  const on = days === null ? (before[0]?.days ?? DAYS.daily) : DAYS[days];
  return times.map((time) => ({ at: time.padStart(5, '0'), days: [...on] }));
}

/** The same hour twice means no quiet hours. */
function quiet({ show, wording, member }: CommandContext, fromHour: number, toHour: number): MessageBody {
  const { timetable, keyValues } = show;
  const { timeZone } = timetable.settings();
  const hours = fromHour === toHour ? null : { fromHour, toHour, timeZone };
  show.changeSetting({ quietHours: hours }, member, () => setQuietHours(keyValues, hours));
  return scheduleCard(timetable.settings(), quietHours(keyValues), timetable.nextOpeningMs(), wording);
}

async function switchBell(
  { guildContext, wording, member }: CommandContext,
  on: boolean,
): Promise<MessageBody> {
  const { bell } = wording.texts.show;
  const switched = await guildContext.switchBell(on, member);
  if (!switched.ok) return { content: bell.refusals[switched.code] };
  return { content: switched.value === null ? bell.off : bell.on(`<@&${switched.value}>`) };
}

async function threads(
  { show, guildContext, wording, member }: CommandContext,
  on: boolean,
): Promise<MessageBody> {
  const { texts } = wording;
  if (on && !(await guildContext.mayOpenThreads())) return { content: texts.show.threads.mayNot };
  show.changeSetting({ threads: on }, member, () => setEpisodeThreads(show.keyValues, on));
  return { content: on ? texts.show.threads.on : texts.show.threads.off };
}

function pictures({ show, wording, member }: CommandContext, mode: PictureMode): MessageBody {
  show.changeSetting({ pictures: mode }, member, () => choosePictures(show.keyValues, mode));
  return { content: wording.texts.show.pictures[mode] };
}

function answer(result: Result<Switched, RunRefusal>, done: string, wording: Wording): MessageBody {
  if (!result.ok) return { content: wording.texts.refusals.run[result.code](result.facts) };
  const { ownStakes } = result.value;
  return withOwnStakes({ ...statusCard(result.value, wording), content: done }, ownStakes, wording);
}
