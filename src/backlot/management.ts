/** What the owner, and members with the permission, can take away from the guild, though a bot relies on it. */
import { OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { visibleChannel } from './acts.ts';
import { deleteChannel, setOverwrite } from './guild/channels.ts';
import { INTENT } from './guild/events.ts';
import type { Guild } from './guild/guild.ts';
import { deleteMessage } from './guild/messages.ts';
import { channelPermissions, guildPermissions } from './guild/permissions.ts';
import type { ChannelRecord } from './guild/record.ts';
import { renderGuildCreate } from './guild/render.ts';
import { deleteWebhook } from './guild/webhooks.ts';
import type { Backstage } from './rest/call.ts';
import { notPermitted } from './viewer-refusal.ts';

export function removeMessage(
  { guild }: Backstage,
  userId: string,
  channelId: string,
  messageId: string,
): void {
  const channel = visibleChannel(guild, userId, channelId);
  const record = guild.message(channel.id, messageId);
  if (record.message.author.id !== userId) requireBit(guild, userId, channel, P.ManageMessages);
  deleteMessage(guild, record);
}

export function removeChannel({ guild }: Backstage, userId: string, idOrName: string): void {
  const channel = visibleChannel(guild, userId, idOrName);
  requireBit(guild, userId, channel, P.ManageChannels);
  deleteChannel(guild, channel);
}

export function removeWebhooks({ guild }: Backstage, userId: string, idOrName: string): void {
  const channel = visibleChannel(guild, userId, idOrName);
  requireBit(guild, userId, channel, P.ManageWebhooks);
  for (const webhook of guild.record.webhooks)
    if (webhook.channelId === channel.id) deleteWebhook(guild, webhook);
}

export function overwrite(
  { guild }: Backstage,
  userId: string,
  idOrName: string,
  roleOrUserId: string,
  { allow = 0n, deny = 0n }: { allow?: bigint; deny?: bigint },
): void {
  const channel = visibleChannel(guild, userId, idOrName);
  requireBit(guild, userId, channel, P.ManageRoles);
  const isRole = guild.record.roles.some(({ id }) => id === roleOrUserId);
  const type = isRole ? OverwriteType.Role : OverwriteType.Member;
  setOverwrite(guild, channel, { id: roleOrUserId, type, allow: allow.toString(), deny: deny.toString() });
}

/** As on Discord, what the bot made stays: its channels, webhooks and messages. */
export function removeBot({ guild }: Backstage, userId: string): void {
  if ((guildPermissions(guild, userId) & P.KickMembers) === 0n)
    throw notPermitted('You may not remove the bot.');
  const { record } = guild;
  record.members = record.members.filter((member) => member.userId !== guild.botId);
  guild.publish({ t: 'GUILD_DELETE', d: { id: guild.id }, intents: INTENT.guilds, audience: 'bot' });
}

export function inviteBot({ guild }: Backstage, userId: string): void {
  if ((guildPermissions(guild, userId) & P.ManageGuild) === 0n)
    throw notPermitted('You may not invite bots.');
  if (guild.hasBot) return;
  const { record } = guild;
  record.members.push({
    userId: guild.botId,
    roleIds: [record.botRoleId],
    joinedAt: new Date().toISOString(),
  });
  guild.publish({ t: 'GUILD_CREATE', d: renderGuildCreate(guild), intents: INTENT.guilds, audience: 'bot' });
}

function requireBit(guild: Guild, userId: string, channel: ChannelRecord, bit: bigint): void {
  if ((channelPermissions(guild, userId, channel) & bit) !== 0n) return;
  throw notPermitted('You lack the permission for this.');
}
