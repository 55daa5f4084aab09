/**
 * What stands of a guild's stage, what is missing and what is not allowed: read from Discord, changing nothing. Set-up
 * builds from it, `/setup` and `/doctor` show it, teardown removes by it.
 */
import {
  ChannelType,
  PermissionFlagsBits,
  type CategoryChannel,
  type Guild,
  type GuildMember,
  type NonThreadGuildBasedChannel,
  type TextChannel,
  type Webhook,
} from 'discord.js';
import type { Persona } from '#core/content.ts';
import type { Notes } from '#show/ports/ports.ts';
import { blueprints, type Blueprint } from './plan.ts';
import type { Here } from '../interactions/guild-context.ts';
import {
  heldOf,
  IN_CHANNELS,
  lackedIn,
  missingFrom,
  TO_BUILD,
  WELCOME,
  type MissingPermissions,
} from './permissions.ts';
import { CATEGORY_NOTE, type Place, type Places } from './places.ts';
import type { Wording } from '../presentation/wording.ts';
import { LANGUAGES, textsFor } from '../texts/index.ts';

/** A trader's voice in a room: its webhook, if that can be used. */
export interface Voice {
  persona: Persona;
  hook: Webhook | null;
}

export interface SurveyedPlace {
  blueprint: Blueprint;
  channel: TextChannel | null;
  /** What the bot may not do there and needs. */
  missing: MissingPermissions | null;
  /** What would be welcome there: pins, taking refused reactions off. */
  unwelcome: MissingPermissions | null;
  /** A green room that does not shut everybody out. */
  exposed: boolean;
  /** The set-up itself can mend what is missing or exposed. */
  mendable: boolean;
  /** Empty for a place that is no room; null where webhooks may not be read. */
  voices: Voice[] | null;
}

export type RuleCard = 'pinned' | 'unpinned' | 'missing';

export interface Survey {
  me: GuildMember;
  /** Withheld by the server, and needed to build what is missing. */
  server: MissingPermissions | null;
  category: CategoryChannel | null;
  places: SurveyedPlace[];
  /** Channels of others that bear a name of ours: they are left alone. */
  strangers: string[];
  rules: RuleCard;
}

export interface SurveyParts {
  guild: Guild;
  places: Places;
  notes: Notes;
  wording: Wording;
}

/** Looks at everything, or at what belongs to `only` one place. Rejects with Discord's error. */
export async function surveyGuild(
  parts: SurveyParts,
  rules: RuleCard,
  { only = null, here = null }: { only?: Place | null; here?: Here | null } = {},
): Promise<Survey> {
  const { guild, wording } = parts;
  const me = await guild.members.fetchMe();
  const channels = await guild.channels.fetch();
  const standing = [...channels.values()].filter((channel) => channel !== null);
  const wanted = blueprints(wording);
  const category = findCategory(parts, wanted, standing, me);
  const found = wanted.map((blueprint) => ({
    blueprint,
    channel: findChannel(parts, blueprint, category, standing, me),
  }));
  const places: SurveyedPlace[] = [];
  for (const each of found) {
    if (only === null || each.blueprint.place === only) places.push(await surveyPlace(parts, each, me, here));
  }
  const ours = new Set(found.map(({ channel }) => channel?.id));
  const names = new Set(wanted.flatMap((blueprint) => blueprint.names));
  const builds = category === null || places.some((place) => place.channel === null);
  return {
    me,
    server: builds ? missingFrom(me.permissions, TO_BUILD, null) : null,
    category,
    places,
    strangers: standing
      .filter((channel) => names.has(channel.name) && !ours.has(channel.id))
      .map((channel) => channel.name),
    rules,
  };
}

async function surveyPlace(
  { wording, places, guild }: SurveyParts,
  { blueprint, channel }: Pick<SurveyedPlace, 'blueprint' | 'channel'>,
  me: GuildMember,
  here: Here | null,
): Promise<SurveyedPlace> {
  const room = wording.room(blueprint.place);
  const cast = room ? wording.content.cast : [];
  if (!channel) {
    const voices = cast.map((persona) => ({ persona, hook: null }));
    return { blueprint, channel, missing: null, unwelcome: null, exposed: false, mendable: false, voices };
  }
  const granted = channel.permissionsFor(me);
  const withheld = (needed: readonly bigint[]): MissingPermissions | null =>
    missingFrom(granted, needed, channel.name) ??
    // What roles and overwrites do not tell, Discord itself does.
    (here?.channelId === channel.id ? missingFrom(here.permissions, needed, channel.name) : null);
  const { ViewChannel, ManageRoles, ManageWebhooks } = PermissionFlagsBits;
  const closed = channel.permissionOverwrites.cache.get(guild.id)?.deny.has(ViewChannel) === true;
  const exposed = blueprint.place === 'green-room' && !closed;
  const lacked = lackedIn(granted, IN_CHANNELS);
  const known = {
    blueprint,
    channel,
    missing: withheld(IN_CHANNELS),
    unwelcome: withheld(WELCOME),
    exposed,
    mendable:
      (lacked.length > 0 || exposed) &&
      granted.has([ViewChannel, ManageRoles]) &&
      heldOf(me, lacked).length === lacked.length,
  };
  if (cast.length === 0) return { ...known, voices: [] };
  if (!granted.has([ViewChannel, ManageWebhooks])) return { ...known, voices: null };
  const hooks = [...(await channel.fetchWebhooks()).values()].filter((hook) => isOurs(hook, guild));
  const voices = cast.map((persona) => {
    const noted = places.hook(blueprint.place, persona.id);
    const hook = hooks.find(({ id }) => id === noted?.id) ?? hooks.find(({ name }) => name === persona.name);
    return { persona, hook: hook ?? null };
  });
  return { ...known, voices };
}

/** By its note; without one, a category of our name that holds a channel of ours. A server's own is never taken over. */
function findCategory(
  { notes }: SurveyParts,
  wanted: readonly Blueprint[],
  standing: readonly NonThreadGuildBasedChannel[],
  me: GuildMember,
): CategoryChannel | null {
  const categories = standing.filter((channel) => channel.type === ChannelType.GuildCategory);
  const noted = categories.find((category) => category.id === notes.get(CATEGORY_NOTE));
  if (noted) return noted;
  const names = new Set(LANGUAGES.map((language) => textsFor(language).category));
  const holdsOurs = (category: CategoryChannel): boolean =>
    standing.some(
      (channel) =>
        channel.type === ChannelType.GuildText &&
        channel.parentId === category.id &&
        wanted.some((blueprint) => blueprint.names.includes(channel.name)) &&
        bearsOurMark(channel, me),
    );
  return categories.find((category) => names.has(category.name) && holdsOurs(category)) ?? null;
}

function findChannel(
  { places }: SurveyParts,
  { place, names }: Blueprint,
  category: CategoryChannel | null,
  standing: readonly NonThreadGuildBasedChannel[],
  me: GuildMember,
): TextChannel | null {
  const texts = standing.filter((channel) => channel.type === ChannelType.GuildText);
  const noted = texts.find((channel) => channel.id === places.channel(place));
  if (noted) return noted;
  const ours = texts.find(
    (channel) =>
      category !== null &&
      channel.parentId === category.id &&
      names.includes(channel.name) &&
      bearsOurMark(channel, me),
  );
  return ours ?? null;
}

/** Made by this application, so that it may speak through it. */
export function isOurs(hook: Webhook, { client }: Guild): boolean {
  return hook.applicationId === client.application.id && hook.token !== null;
}

/** Every channel that the set-up made names the bot itself in its permissions; hardly any other does. */
function bearsOurMark(channel: TextChannel, me: GuildMember): boolean {
  return channel.permissionOverwrites.cache.has(me.id);
}
