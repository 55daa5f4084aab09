import { OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { refusals } from '../discord-error.ts';
import type { Guild } from './guild.ts';
import { isThread, type ChannelRecord } from './record.ts';

export const ALL_PERMISSIONS = Object.values(P).reduce((all, bit) => all | bit, 0n);

/** What everybody in a fresh guild may do. */
export const MEMBER_PERMISSIONS =
  P.ViewChannel |
  P.SendMessages |
  P.EmbedLinks |
  P.AttachFiles |
  P.ReadMessageHistory |
  P.AddReactions |
  P.UseExternalEmojis |
  P.ChangeNickname |
  P.CreateInstantInvite |
  P.SendMessagesInThreads |
  P.UseApplicationCommands;

/** What the bot's invite grants unless `openBacklot` is told otherwise. */
export const BOT_PERMISSIONS =
  P.ViewChannel |
  P.SendMessages |
  P.EmbedLinks |
  P.AttachFiles |
  P.ReadMessageHistory |
  P.AddReactions |
  P.UseExternalEmojis |
  P.ManageWebhooks |
  P.ManageChannels |
  P.ManageRoles |
  P.ManageMessages |
  P.PinMessages;

/** A member's permissions in the guild as a whole. */
export function guildPermissions(guild: Guild, userId: string): bigint {
  if (userId === guild.record.guild.ownerId) return ALL_PERMISSIONS;
  const { roleIds } = guild.member(userId);
  let bits = 0n;
  for (const role of guild.record.roles) {
    if (role.id === guild.id || roleIds.includes(role.id)) bits |= BigInt(role.permissions);
  }
  return (bits & P.Administrator) === 0n ? bits : ALL_PERMISSIONS;
}

/**
 * A member's permissions in one channel: those of the guild, then the channel's overwrites for everybody, for the
 * member's roles (all denials before all grants) and for the member. What cannot be seen grants nothing.
 */
export function channelPermissions(guild: Guild, userId: string, channel: ChannelRecord): bigint {
  if (isThread(channel) && channel.parentId !== null) {
    // A thread has its channel's permissions, but for who may write in it.
    const bits = channelPermissions(guild, userId, guild.channel(channel.parentId));
    return (bits & P.SendMessagesInThreads) === 0n ? bits & ~P.SendMessages : bits | P.SendMessages;
  }
  const base = guildPermissions(guild, userId);
  if (base === ALL_PERMISSIONS) return base;
  const { roleIds } = guild.member(userId);
  let bits = base;
  const apply = (matches: (overwrite: ChannelRecord['overwrites'][number]) => boolean): void => {
    let deny = 0n;
    let allow = 0n;
    for (const overwrite of channel.overwrites) {
      if (!matches(overwrite)) continue;
      deny |= BigInt(overwrite.deny);
      allow |= BigInt(overwrite.allow);
    }
    bits = (bits & ~deny) | allow;
  };
  apply((overwrite) => overwrite.id === guild.id);
  apply(
    (overwrite) =>
      overwrite.type === OverwriteType.Role && overwrite.id !== guild.id && roleIds.includes(overwrite.id),
  );
  apply((overwrite) => overwrite.type === OverwriteType.Member && overwrite.id === userId);
  if ((bits & P.ViewChannel) === 0n) return 0n;
  if ((bits & P.SendMessages) === 0n) {
    bits &= ~(P.SendTTSMessages | P.MentionEveryone | P.AttachFiles | P.EmbedLinks);
  }
  return bits;
}

export function canView(guild: Guild, userId: string, channel: ChannelRecord): boolean {
  return (channelPermissions(guild, userId, channel) & P.ViewChannel) !== 0n;
}

/** Throws 50001 where the member cannot see the channel, 50013 where a permission is missing. */
export function requireInChannel(guild: Guild, userId: string, channel: ChannelRecord, needed: bigint): void {
  const isMember = guild.record.members.some((each) => each.userId === userId);
  const bits = isMember ? channelPermissions(guild, userId, channel) : 0n;
  if ((bits & P.ViewChannel) === 0n) throw refusals.missingAccess();
  if ((bits & needed) !== needed) throw refusals.missingPermissions();
}

/** Throws 50013 where a permission is missing in the guild as a whole. */
export function requireInGuild(guild: Guild, userId: string, needed: bigint): void {
  if ((guildPermissions(guild, userId) & needed) !== needed) throw refusals.missingPermissions();
}
