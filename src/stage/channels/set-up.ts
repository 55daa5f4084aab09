/**
 * Builds the stage of a guild: category, channels, webhooks with portraits. Run again it makes only what is missing, and
 * takes over its own channels when its notes are lost; channels of others that bear the same names are left alone.
 */
import {
  ChannelType,
  DiscordAPIError,
  PermissionOverwrites,
  PermissionFlagsBits,
  type CategoryChannel,
  type GuildBasedChannel,
  type RESTPostAPIGuildChannelJSONBody,
  type TextChannel,
} from 'discord.js';
import type { Log, Painter } from '#show/ports/ports.ts';
import { overwrites } from './plan.ts';
import { setUpVoices } from './webhooks.ts';
import { mendPermissions } from './repair.ts';
import { describeMissing, exposedLine } from './permissions.ts';
import { CATEGORY_NOTE, PRODUCER_ROLE_NOTE, type Place } from './places.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';
import { makeOnce, type Wire } from '../discord/api.ts';
import { surveyGuild, type Survey, type SurveyedPlace, type SurveyParts } from './inspect.ts';

export interface SetupReport {
  /** What was built now, in words. */
  made: string[];
  /** Permissions that were put right, in words. */
  mended: string[];
  /** How many things stood already. */
  kept: number;
  /** What could not be done: one line each, with the cure. */
  problems: string[];
}

export type SetupResult = { ok: true; report: SetupReport } | { ok: false; problems: string[] };

export interface SetupParts extends SurveyParts {
  /** In the language of who reads the report; `wording` is the one of what is built. */
  told: Wording;
  wire: Wire;
  painter: Painter;
  log: Log;
}

/** Builds everything, or what belongs to `only` one place. Rejects with Discord's error when that one place fails. */
export async function setUpGuild(parts: SetupParts, only: Place | null = null): Promise<SetupResult> {
  const { told, log } = parts;
  const { texts } = told;
  let survey = await surveyGuild(parts, 'missing', { only });
  if (survey.server) return { ok: false, problems: [describeMissing(survey.server, texts)] };

  const report: SetupReport = { made: [], mended: [], kept: 0, problems: [] };
  // What an admin withheld is touched only where somebody asked for the whole set-up.
  if (only === null && (await mendPermissions(parts, survey, report)))
    survey = await surveyGuild(parts, 'missing');
  const category = await setUpCategory(parts, survey, report);
  for (const place of survey.places) {
    try {
      await setUpPlace(parts, { place, category, survey, report });
    } catch (error) {
      // One channel that Discord refuses does not stop the others.
      if (only !== null || !(error instanceof DiscordAPIError)) throw error;
      log.warn({ place: place.blueprint.place, ...describeError(error) }, 'a channel could not be set up');
      report.problems.push(
        texts.setup.refused(texts.setup.channel(place.blueprint.name), told.shown(error.message, 200)),
      );
    }
  }
  return { ok: true, report };
}

/** Lets members with this role into a green room that stands. Returns what could not be done. */
export async function letProducersIn({ guild, places, told }: SetupParts, role: string): Promise<string[]> {
  const greenRoom = guild.channels.cache.get(places.channel('green-room') ?? '');
  if (greenRoom?.type !== ChannelType.GuildText || !guild.roles.cache.has(role)) return [];
  const { ViewChannel, SendMessages, ManageRoles } = PermissionFlagsBits;
  const allowed = greenRoom.permissionOverwrites.cache.get(role)?.allow;
  if (allowed?.has([ViewChannel, SendMessages]) === true) return [];
  const me = await guild.members.fetchMe();
  // Changing who may enter a channel that stands takes more than an invitation asks for.
  if (!greenRoom.permissionsFor(me).has(ManageRoles))
    return [told.texts.setup.letRoleIn(`<@&${role}>`, greenRoom.name)];
  await greenRoom.permissionOverwrites.edit(role, { ViewChannel: true, SendMessages: true });
  return [];
}

interface Made {
  [ChannelType.GuildText]: TextChannel;
  [ChannelType.GuildCategory]: CategoryChannel;
}

interface Site {
  place: SurveyedPlace;
  category: CategoryChannel;
  survey: Survey;
  report: SetupReport;
}

async function setUpCategory(
  parts: SetupParts,
  { category: found }: Survey,
  report: SetupReport,
): Promise<CategoryChannel> {
  const { notes, wording, told } = parts;
  const name = wording.texts.category;
  if (found) report.kept++;
  else report.made.push(told.texts.setup.category(name));
  const category = found ?? (await make(parts, { type: ChannelType.GuildCategory, name }));
  notes.set(CATEGORY_NOTE, category.id);
  return category;
}

async function setUpPlace(parts: SetupParts, site: Site): Promise<void> {
  const { places, told } = parts;
  const { place, report } = site;
  if (place.channel) report.kept++;
  const channel = place.channel ?? (await makeChannel(parts, site));
  places.setChannel(place.blueprint.place, channel.id);
  if (place.missing) report.problems.push(describeMissing(place.missing, told.texts));
  if (place.exposed) report.problems.push(exposedLine(channel.name, told.texts, false));
  if (place.voices) await setUpVoices(parts, place.blueprint.place, channel, place.voices, report);
}

async function makeChannel(parts: SetupParts, site: Site): Promise<TextChannel> {
  const { guild, notes, told } = parts;
  const { place, category, survey, report } = site;
  const { blueprint } = place;
  const allowed = overwrites(blueprint.place, guild, survey.me, notes.get(PRODUCER_ROLE_NOTE));
  const channel = await make(parts, {
    type: ChannelType.GuildText,
    name: blueprint.name,
    topic: blueprint.topic,
    parent_id: category.id,
    position: blueprint.position,
    permission_overwrites: allowed.map((each) => PermissionOverwrites.resolve(each, guild)),
  });
  report.made.push(told.texts.setup.channel(channel.name));
  return channel;
}

type Wanted<T extends ChannelType> = RESTPostAPIGuildChannelJSONBody & { type: T; name: string };

/** One that stood before is never taken for the new one. */
async function make<T extends keyof Made>({ guild, wire }: SetupParts, wanted: Wanted<T>): Promise<Made[T]> {
  const before = new Set(guild.channels.cache.keys());
  const type: ChannelType = wanted.type;
  const isOfType = (channel: GuildBasedChannel | null): channel is Made[T] => channel?.type === type;
  const id = await makeOnce(
    () => wire.makeChannel(guild.id, wanted),
    async () => {
      const standing = await guild.channels.fetch();
      const isNew = (channel: GuildBasedChannel | null): boolean =>
        isOfType(channel) && channel.name === wanted.name && !before.has(channel.id);
      return standing.find(isNew)?.id ?? null;
    },
  );
  const made = await guild.channels.fetch(id);
  if (!isOfType(made)) throw new Error(`the channel ${id} that Discord made is gone already`);
  return made;
}
