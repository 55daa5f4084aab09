/**
 * Builds the stage of a guild: category, channels, webhooks with portraits, the rule card. Run again it makes only what
 * is missing, and takes over what stands under the right name when its notes are lost.
 */
import {
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
  type CategoryChannel,
  type Guild,
  type GuildMember,
  type NonThreadGuildBasedChannel,
  type OverwriteResolvable,
  type TextChannel,
} from 'discord.js';
import type { Log, Notes, Painter } from '#show/ports.ts';
import { setUpHooks } from './hooks.ts';
import { describeMissing, IN_CHANNELS, missingFrom, TO_BUILD, WELCOME } from './permissions.ts';
import { CATEGORY_NOTE, PRODUCER_ROLE_NOTE, type Place, type Places } from './places.ts';
import type { Wording } from './presentation/wording.ts';

export interface SetupReport {
  /** What was built now, in words. */
  made: string[];
  /** How many things stood already. */
  kept: number;
  /** What could not be done: one line each, with the cure. */
  problems: string[];
}

export type SetupResult = { ok: true; report: SetupReport } | { ok: false; problems: string[] };

export interface SetupParts {
  guild: Guild;
  places: Places;
  notes: Notes;
  wording: Wording;
  painter: Painter;
  log: Log;
}

/** A channel as the show wants it. */
interface Blueprint {
  place: Place;
  name: string;
  topic: string;
}

/** Builds everything, or what belongs to `only` one place. Rejects with Discord's error. */
export async function setUpGuild(parts: SetupParts, only: Place | null = null): Promise<SetupResult> {
  const { guild, wording, places } = parts;
  const { texts } = wording;
  const me = await guild.members.fetchMe();
  const missing = missingFrom(me.permissions, TO_BUILD, null);
  if (missing) return { ok: false, problems: [describeMissing(missing, texts)] };

  const report: SetupReport = { made: [], kept: 0, problems: [] };
  const channels = await guild.channels.fetch();
  const standing = [...channels.values()].filter((channel) => channel !== null);
  const category = await setUpCategory(parts, standing, report);
  for (const [position, blueprint] of blueprints(wording).entries()) {
    if (only !== null && blueprint.place !== only) continue;
    const channel = await setUpChannel(parts, { blueprint, position, category, standing, me, report });
    places.setChannel(blueprint.place, channel.id);
    const lacking = missingFrom(channel.permissionsFor(me), IN_CHANNELS, channel.name);
    if (lacking) report.problems.push(describeMissing(lacking, texts));
    if (wording.room(blueprint.place)) await setUpHooks(parts, blueprint.place, channel, report);
  }
  return { ok: true, report };
}

function blueprints({ content, texts }: Wording): Blueprint[] {
  const own = (place: keyof typeof texts.places): Blueprint => ({ place, ...texts.places[place] });
  const rooms = content.office.rooms.map(({ id, channel, topic, emoji }) => ({
    place: id,
    name: channel,
    topic: `${emoji} ${topic}`,
  }));
  return [own('floor'), own('tape'), ...rooms, own('betting'), own('green-room')];
}

async function setUpCategory(
  { guild, notes, wording }: SetupParts,
  standing: readonly NonThreadGuildBasedChannel[],
  report: SetupReport,
): Promise<CategoryChannel> {
  const name = wording.texts.category;
  const categories = standing.filter((channel) => channel.type === ChannelType.GuildCategory);
  const found =
    categories.find((channel) => channel.id === notes.get(CATEGORY_NOTE)) ??
    categories.find((channel) => channel.name === name);
  if (found) report.kept++;
  else report.made.push(wording.texts.setup.category(name));
  const category = found ?? (await guild.channels.create({ type: ChannelType.GuildCategory, name }));
  notes.set(CATEGORY_NOTE, category.id);
  return category;
}

async function setUpChannel(
  { guild, places, notes, wording }: SetupParts,
  at: {
    blueprint: Blueprint;
    position: number;
    category: CategoryChannel;
    standing: readonly NonThreadGuildBasedChannel[];
    me: GuildMember;
    report: SetupReport;
  },
): Promise<TextChannel> {
  const { blueprint, position, category, standing, me, report } = at;
  const texts = standing.filter((channel) => channel.type === ChannelType.GuildText);
  const found =
    texts.find((channel) => channel.id === places.channel(blueprint.place)) ??
    texts.find((channel) => channel.parentId === category.id && channel.name === blueprint.name);
  if (found) {
    report.kept++;
    return found;
  }
  const channel = await guild.channels.create({
    type: ChannelType.GuildText,
    name: blueprint.name,
    topic: blueprint.topic,
    parent: category.id,
    position,
    permissionOverwrites: overwrites(blueprint.place, guild, me, notes.get(PRODUCER_ROLE_NOTE)),
  });
  report.made.push(wording.texts.setup.channel(channel.name));
  return channel;
}

/**
 * Members read; only the show writes. In the betting window they may use the reactions that are there but add no new
 * ones. The bot may give and take only what it holds itself.
 */
function overwrites(
  place: Place,
  guild: Guild,
  me: GuildMember,
  producerRole: string | null,
): OverwriteResolvable[] {
  const held = (bits: readonly bigint[]): bigint[] => bits.filter((bit) => me.permissions.has(bit));
  const {
    SendMessages,
    AddReactions,
    ViewChannel,
    CreatePublicThreads,
    CreatePrivateThreads,
    SendMessagesInThreads,
  } = PermissionFlagsBits;
  const bot = { id: me.id, type: OverwriteType.Member, allow: held([...IN_CHANNELS, ...WELCOME]) };
  if (place === 'green-room') {
    const allow = held([ViewChannel, SendMessages]);
    const producers = guild.roles.cache.filter(
      (role) =>
        role.id === producerRole ||
        (!role.managed && role.id !== guild.id && role.permissions.has('ManageGuild')),
    );
    return [
      { id: guild.id, type: OverwriteType.Role, deny: [ViewChannel] },
      ...producers.map((role) => ({ id: role.id, type: OverwriteType.Role, allow })),
      bot,
    ];
  }
  const silent = [SendMessages, CreatePublicThreads, CreatePrivateThreads, SendMessagesInThreads];
  const deny = held(place === 'betting' ? [...silent, AddReactions] : silent);
  return [{ id: guild.id, type: OverwriteType.Role, deny }, bot];
}
