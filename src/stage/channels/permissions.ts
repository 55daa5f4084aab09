/** What the bot must be allowed to do, and what a person can do about it when it is not. */
import { PermissionFlagsBits, type GuildMember, type PermissionsBitField } from 'discord.js';
import type { Texts } from '../texts/index.ts';

const {
  ViewChannel,
  SendMessages,
  EmbedLinks,
  AttachFiles,
  ReadMessageHistory,
  AddReactions,
  ManageWebhooks,
  ManageChannels,
} = PermissionFlagsBits;

type PermissionName = keyof Texts['permissions'];

/** What the bot needs in every channel of the show. */
export const IN_CHANNELS = [
  ViewChannel,
  SendMessages,
  EmbedLinks,
  AttachFiles,
  ReadMessageHistory,
  AddReactions,
  ManageWebhooks,
];
/** What the bot needs to build the channels. */
export const TO_BUILD = [...IN_CHANNELS, ManageChannels];
/** Used where they are granted, needed nowhere: for pins, and to remove refused reactions. */
export const WELCOME = [PermissionFlagsBits.PinMessages, PermissionFlagsBits.ManageMessages];

const NAMED = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'ManageWebhooks',
  'ManageChannels',
  'PinMessages',
  'ManageMessages',
] as const satisfies readonly PermissionName[];

/** What an invitation asks for. */
export const INVITED_WITH = [...TO_BUILD, ...WELCOME].reduce((bits, bit) => bits | bit, 0n);

export interface MissingPermissions {
  /** A channel's name, or null for the whole server. */
  channel: string | null;
  permissions: PermissionName[];
}

export function missingFrom(
  granted: Readonly<PermissionsBitField>,
  needed: readonly bigint[],
  channel: string | null,
): MissingPermissions | null {
  const permissions = namesOf(lackedIn(granted, needed));
  return permissions.length === 0 ? null : { channel, permissions };
}

export function lackedIn(granted: Readonly<PermissionsBitField>, needed: readonly bigint[]): bigint[] {
  return needed.filter((bit) => !granted.has(bit));
}

/** Those of the permissions that the server grants the bot: it can give and take no others. */
export function heldOf(me: GuildMember, bits: readonly bigint[]): bigint[] {
  return bits.filter((bit) => me.permissions.has(bit));
}

/** One line: where, what, and what to do about it. */
export function describeMissing(
  { channel, permissions }: MissingPermissions,
  texts: Texts,
  repairable = false,
): string {
  const { setup } = texts;
  const where = channel === null ? setup.server : setup.channel(channel);
  const what = permissions.map((permission) => texts.permissions[permission]).join(', ');
  const byHand = channel === null ? setup.fixServer : setup.fixChannel;
  return setup.missing(where, what, repairable ? setup.fixByButton : byHand);
}

/** One line: that the green room is open to everybody, and what to do about it. */
export function exposedLine(channel: string, { setup }: Texts, repairable: boolean): string {
  return setup.exposed(setup.channel(channel), repairable ? setup.fixByButton : setup.fixExposed);
}

export function namesOf(bits: readonly bigint[]): PermissionName[] {
  return bits.map((bit) => {
    const name = NAMED.find((known) => PermissionFlagsBits[known] === bit);
    if (!name) throw new Error(`permission ${bit} has no name in the texts`);
    return name;
  });
}
