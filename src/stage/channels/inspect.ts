/**
 * What there is of a guild's stage, what is missing and what is not allowed. It is read from Discord, and nothing is changed.
 * The set-up builds from it, `/setup` and `/doctor` show it, and the teardown removes by it.
 */
import {
  ChannelType,
  PermissionFlagsBits,
  type CategoryChannel,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  type NonThreadGuildBasedChannel,
  type Webhook,
} from 'discord.js';
import { channelPlans, type ChannelPlan } from './plan.ts';
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
import type { Cards, InspectDeps, InspectedPlace, Inspection, ShowChannel } from './types.ts';
import { CATEGORY_KEY, type Place } from './places.ts';
import { LANGUAGES, textsFor } from '../texts/index.ts';

/** For who does not ask about them. */
export const NO_CARDS: Cards = { rules: 'missing', panel: 'missing' };

/** Looks at everything, or only at what belongs to the place `only`. Rejects with Discord's error. */
export async function inspectGuild(
  deps: InspectDeps,
  cards: Cards,
  { only = null, here = null }: { only?: Place | null; here?: Here | null } = {},
): Promise<Inspection> {
  const { guild, wording } = deps;
  const me = await guild.members.fetchMe();
  const channels = await guild.channels.fetch();
  const standing = [...channels.values()].filter((channel) => channel !== null);
  const wanted = channelPlans(wording);
  const category = findCategory(deps, wanted, standing, me);
  const found = wanted.map((plan) => ({
    plan,
    channel: findChannel(deps, plan, category, standing, me),
  }));
  const places: InspectedPlace[] = [];
  for (const each of found) {
    if (only === null || each.plan.place === only) places.push(await inspectPlace(deps, each, me, here));
  }
  const ours = new Set(found.map(({ channel }) => channel?.id));
  const names = new Set(wanted.flatMap((plan) => plan.names));
  const builds = category === null || places.some((place) => place.channel === null);
  return {
    me,
    server: builds ? missingFrom(me.permissions, TO_BUILD, null) : null,
    category,
    places,
    strangers: standing
      .filter((channel) => names.has(channel.name) && !ours.has(channel.id))
      .map((channel) => channel.name),
    cards,
  };
}

async function inspectPlace(
  { wording, places, guild }: InspectDeps,
  { plan, channel }: Pick<InspectedPlace, 'plan' | 'channel'>,
  me: GuildMember,
  here: Here | null,
): Promise<InspectedPlace> {
  const room = wording.room(plan.place);
  const cast = room ? wording.content.cast : [];
  if (!channel) {
    const webhooks = cast.map((persona) => ({ persona, webhook: null }));
    return {
      plan,
      channel,
      missing: null,
      unwelcome: null,
      muted: false,
      exposed: false,
      repairable: false,
      webhooks,
    };
  }
  const granted = channel.permissionsFor(me);
  const withheld = (needed: readonly bigint[]): MissingPermissions | null =>
    missingFrom(granted, needed, channel.name) ??
    // What roles and overwrites do not tell, Discord's answer tells.
    (here?.channelId === channel.id ? missingFrom(here.permissions, needed, channel.name) : null);
  const { ViewChannel, ManageRoles, ManageWebhooks } = PermissionFlagsBits;
  const closed = channel.permissionOverwrites.cache.get(guild.id)?.deny.has(ViewChannel) === true;
  const exposed = plan.place === 'green-room' && !closed;
  const lacked = lackedIn(granted, IN_CHANNELS);
  const known = {
    plan,
    channel,
    missing: withheld(IN_CHANNELS),
    unwelcome: withheld(WELCOME),
    muted:
      plan.place === 'gallery' &&
      !channel.permissionsFor(guild.roles.everyone).has(PermissionFlagsBits.SendMessages),
    exposed,
    repairable:
      (lacked.length > 0 || exposed) &&
      granted.has([ViewChannel, ManageRoles]) &&
      heldOf(me, lacked).length === lacked.length,
  };
  if (cast.length === 0) return { ...known, webhooks: [] };
  if (!granted.has([ViewChannel, ManageWebhooks])) return { ...known, webhooks: null };
  const ours = [...(await channel.fetchWebhooks()).values()].filter((webhook) => isOurs(webhook, guild));
  const webhooks = cast.map((persona) => {
    const noted = places.webhook(plan.place, persona.id);
    const webhook = ours.find(({ id }) => id === noted?.id) ?? ours.find(({ name }) => name === persona.name);
    return { persona, webhook: webhook ?? null };
  });
  return { ...known, webhooks };
}

/** The recorded category; else one of our name that holds a channel of ours. A server's own category is never taken over. */
function findCategory(
  { keyValues }: InspectDeps,
  wanted: readonly ChannelPlan[],
  standing: readonly NonThreadGuildBasedChannel[],
  me: GuildMember,
): CategoryChannel | null {
  const categories = standing.filter((channel) => channel.type === ChannelType.GuildCategory);
  const noted = categories.find((category) => category.id === keyValues.get(CATEGORY_KEY));
  if (noted) return noted;
  const names = new Set(LANGUAGES.map((language) => textsFor(language).category));
  const holdsOurs = (category: CategoryChannel): boolean =>
    standing.some(
      (channel) =>
        canBeOurs(channel) &&
        channel.parentId === category.id &&
        wanted.some((plan) => plan.names.includes(channel.name)) &&
        bearsOurMark(channel, me),
    );
  return categories.find((category) => names.has(category.name) && holdsOurs(category)) ?? null;
}

function findChannel(
  { places }: InspectDeps,
  { place, names }: ChannelPlan,
  category: CategoryChannel | null,
  standing: readonly NonThreadGuildBasedChannel[],
  me: GuildMember,
): ShowChannel | null {
  const texts = standing.filter(canBeOurs);
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

export function canBeOurs(channel: GuildBasedChannel | undefined): channel is ShowChannel {
  return channel?.type === ChannelType.GuildText || channel?.type === ChannelType.GuildAnnouncement;
}

/** Whether this application made the webhook, and so may speak through it. */
export function isOurs(webhook: Webhook, { client }: Guild): boolean {
  return webhook.applicationId === client.application.id && webhook.token !== null;
}

/** Every channel that the set-up made names the bot itself in its permissions; hardly any other channel does. */
function bearsOurMark(channel: ShowChannel, me: GuildMember): boolean {
  return channel.permissionOverwrites.cache.has(me.id);
}
