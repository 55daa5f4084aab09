/**
 * Builds the stage of a guild: category, channels, webhooks with portraits. When it runs again it makes only what is missing, and
 * takes over its own channels if its key-values are lost. Other channels with the same names are left alone.
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
import { overwrites } from './plan.ts';
import { setUpWebhooks } from './webhooks.ts';
import { repairPermissions } from './repair.ts';
import { describeMissing, exposedLine } from './permissions.ts';
import { CATEGORY_KEY, PRODUCER_ROLE_KEY, type Place } from './places.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import { describeError } from '#lib/redact.ts';
import { makeOnce } from '../discord/make-once.ts';
import { canBeOurs, inspectGuild, NO_CARDS } from './inspect.ts';
import type {
  InspectedPlace,
  Inspection,
  SetupDeps,
  SetupReport,
  SetupResult,
  ShowChannel,
} from './types.ts';

/** Builds everything, or only what belongs to the place `only`. Rejects with Discord's error when that one place fails. */
export async function setUpGuild(deps: SetupDeps, only: Place | null = null): Promise<SetupResult> {
  const { told, log } = deps;
  const { texts } = told;
  let inspection = await inspectGuild(deps, NO_CARDS, { only });
  if (inspection.server) return { ok: false, problems: [describeMissing(inspection.server, texts)] };

  const report: SetupReport = { made: [], mended: [], kept: 0, problems: [] };
  // What an admin withheld is touched only when somebody asked for the whole set-up.
  if (only === null && (await repairPermissions(deps, inspection, report)))
    inspection = await inspectGuild(deps, NO_CARDS);
  const category = await setUpCategory(deps, inspection, report);
  for (const place of inspection.places) {
    try {
      await setUpPlace(deps, { place, category, inspection, report });
    } catch (error) {
      // One channel that Discord refuses does not stop the others.
      if (only !== null || !(error instanceof DiscordAPIError)) throw error;
      log.warn({ place: place.plan.place, ...describeError(error) }, 'a channel could not be set up');
      const { why, cure } = discordRefusal(error, told);
      report.problems.push(texts.setup.refused(texts.setup.channel(place.plan.name), why, cure));
    }
  }
  return { ok: true, report };
}

/** Lets members with this role into the existing green room. Resolves to what could not be done, in words. */
export async function letProducersIn({ guild, places, told }: SetupDeps, role: string): Promise<string[]> {
  const greenRoom = guild.channels.cache.get(places.channel('green-room') ?? '');
  if (!canBeOurs(greenRoom) || !guild.roles.cache.has(role)) return [];
  const { ViewChannel, SendMessages, ManageRoles } = PermissionFlagsBits;
  const allowed = greenRoom.permissionOverwrites.cache.get(role)?.allow;
  if (allowed?.has([ViewChannel, SendMessages]) === true) return [];
  const me = await guild.members.fetchMe();
  // Changing who may enter an existing channel takes more permissions than an invitation asks for.
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
  place: InspectedPlace;
  category: CategoryChannel;
  inspection: Inspection;
  report: SetupReport;
}

async function setUpCategory(
  deps: SetupDeps,
  { category: found }: Inspection,
  report: SetupReport,
): Promise<CategoryChannel> {
  const { keyValues, wording, told } = deps;
  const name = wording.texts.category;
  if (found) report.kept++;
  else report.made.push(told.texts.setup.category(name));
  const category = found ?? (await make(deps, { type: ChannelType.GuildCategory, name }));
  keyValues.set(CATEGORY_KEY, category.id);
  return category;
}

async function setUpPlace(deps: SetupDeps, site: Site): Promise<void> {
  const { places, told } = deps;
  const { place, report } = site;
  if (place.channel) report.kept++;
  const channel = place.channel ?? (await makeChannel(deps, site));
  places.setChannel(place.plan.place, channel.id);
  if (place.missing) report.problems.push(describeMissing(place.missing, told.texts));
  if (place.exposed) report.problems.push(exposedLine(channel.name, told.texts, false));
  if (place.webhooks) await setUpWebhooks(deps, place.plan.place, channel, place.webhooks, report);
}

async function makeChannel(deps: SetupDeps, site: Site): Promise<ShowChannel> {
  const { guild, keyValues, told } = deps;
  const { place, category, inspection, report } = site;
  const { plan } = place;
  const allowed = overwrites(plan.place, guild, inspection.me, keyValues.get(PRODUCER_ROLE_KEY));
  const channel = await make(deps, {
    type: ChannelType.GuildText,
    name: plan.name,
    topic: plan.topic,
    parent_id: category.id,
    position: plan.position,
    permission_overwrites: allowed.map((each) => PermissionOverwrites.resolve(each, guild)),
  });
  report.made.push(told.texts.setup.channel(channel.name));
  return channel;
}

type Wanted<T extends ChannelType> = RESTPostAPIGuildChannelJSONBody & { type: T; name: string };

/** A channel that was there before is never taken for the new one. */
async function make<T extends keyof Made>({ guild, api }: SetupDeps, wanted: Wanted<T>): Promise<Made[T]> {
  const before = new Set(guild.channels.cache.keys());
  const type: ChannelType = wanted.type;
  const isOfType = (channel: GuildBasedChannel | null): channel is Made[T] => channel?.type === type;
  const id = await makeOnce(
    () => api.makeChannel(guild.id, wanted),
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
