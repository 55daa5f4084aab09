/** The channels that a show needs: their names, their topics, and who may do what there. */
import {
  OverwriteType,
  PermissionFlagsBits,
  type Guild,
  type GuildMember,
  type OverwriteResolvable,
  type Role,
} from 'discord.js';
import { heldOf, IN_CHANNELS, WELCOME } from './permissions.ts';
import type { OwnPlace, Place } from './places.ts';
import type { Wording } from '../presentation/wording.ts';
import { LANGUAGES, textsFor } from '../texts/index.ts';

export interface ChannelPlan {
  place: Place;
  /** Its position among the channels of the show, from 0. */
  position: number;
  name: string;
  topic: string;
  /** Names and topics that the channel may have if it was built in another language. */
  names: readonly string[];
  topics: readonly string[];
}

/** The plans of all channels, in the order in which they stand. */
export function channelPlans({ content, texts }: Wording): ChannelPlan[] {
  const own = (place: OwnPlace): Omit<ChannelPlan, 'position'> => ({
    place,
    ...texts.places[place],
    names: LANGUAGES.map((language) => textsFor(language).places[place].name),
    topics: LANGUAGES.map((language) => textsFor(language).places[place].topic),
  });
  const rooms = content.office.rooms.map(({ id, channel, topic, emoji }) => ({
    place: id,
    name: channel,
    topic: `${emoji} ${topic}`,
    names: [channel],
    topics: [],
  }));
  return [own('floor'), own('tape'), ...rooms, own('betting'), own('gallery'), own('green-room')].map(
    (plan, position) => ({ ...plan, position }),
  );
}

/**
 * Members read; only the show writes. Discord lets members use slash commands only where they may write, so there is the gallery,
 * where members write and the show does not. In the betting window they may use the reactions that are there, but add no new
 * ones. The bot may give and take only permissions that it holds itself. Its own overwrite also marks a channel as the show's if
 * the key-values are lost.
 */
export function overwrites(
  place: Place,
  guild: Guild,
  me: GuildMember,
  producerRole: string | null,
): OverwriteResolvable[] {
  const held = (bits: readonly bigint[]): bigint[] => heldOf(me, bits);
  const {
    SendMessages,
    AddReactions,
    ViewChannel,
    CreatePublicThreads,
    CreatePrivateThreads,
    SendMessagesInThreads,
    UseApplicationCommands,
  } = PermissionFlagsBits;
  const bot = { id: me.id, type: OverwriteType.Member, allow: held([...IN_CHANNELS, ...WELCOME]) };
  if (place === 'green-room') {
    const allow = held([ViewChannel, SendMessages]);
    return [
      { id: guild.id, type: OverwriteType.Role, deny: [ViewChannel] },
      ...greenRoomRoles(guild, producerRole).map((role) => ({
        id: role.id,
        type: OverwriteType.Role,
        allow,
      })),
      bot,
    ];
  }
  if (place === 'gallery')
    return [
      { id: guild.id, type: OverwriteType.Role, allow: held([SendMessages, UseApplicationCommands]) },
      bot,
    ];
  const silent = [SendMessages, CreatePublicThreads, CreatePrivateThreads, SendMessagesInThreads];
  const deny = held(place === 'betting' ? [...silent, AddReactions] : silent);
  return [{ id: guild.id, type: OverwriteType.Role, deny }, bot];
}

/** Roles that are let into the green room: those that may manage the server, and the producer role. */
export function greenRoomRoles(guild: Guild, producerRole: string | null): Role[] {
  return [...guild.roles.cache.values()].filter(
    (role) =>
      role.id === producerRole ||
      (!role.managed && role.id !== guild.id && role.permissions.has('ManageGuild')),
  );
}
