import type { APIEmoji, APIRole } from 'discord-api-types/v10';
import { refusals } from '../discord-error.ts';
import { INTENT } from './events.ts';
import type { Guild } from './guild.ts';
import { role } from './new-guild.ts';
import { renderMember } from './render.ts';
import type { Picture } from './webhooks.ts';

const ROLES_PER_GUILD = 250;
const EMOJIS_PER_GUILD = 50;

export function createRole(guild: Guild, name: string, permissions: bigint, mentionable = false): APIRole {
  if (guild.record.roles.length >= ROLES_PER_GUILD) throw refusals.tooManyRoles();
  const made = { ...role(guild.ids.next(), name, 1, permissions), mentionable };
  guild.record.roles.push(made);
  publishRole(guild, 'GUILD_ROLE_CREATE', made);
  return made;
}

/** Nobody has it any more. */
export function deleteRole(guild: Guild, roleId: string): void {
  const { record } = guild;
  if (!record.roles.some(({ id }) => id === roleId)) throw refusals.unknownRole();
  record.roles = record.roles.filter(({ id }) => id !== roleId);
  for (const member of record.members) member.roleIds = member.roleIds.filter((id) => id !== roleId);
  guild.publish({
    t: 'GUILD_ROLE_DELETE',
    d: { guild_id: guild.id, role_id: roleId },
    intents: INTENT.guilds,
  });
}

/** Changes what a role grants, in place. */
export function setRolePermissions(guild: Guild, roleId: string, permissions: bigint): void {
  const changed = guild.record.roles.find(({ id }) => id === roleId);
  if (changed === undefined) throw refusals.unknownRole();
  changed.permissions = permissions.toString();
  publishRole(guild, 'GUILD_ROLE_UPDATE', changed);
}

export function setMemberRole(guild: Guild, userId: string, roleId: string, has: boolean): void {
  const member = guild.member(userId);
  if (!guild.record.roles.some(({ id }) => id === roleId)) throw refusals.unknownRole();
  member.roleIds = member.roleIds.filter((id) => id !== roleId);
  if (has) member.roleIds.push(roleId);
  guild.publish({
    t: 'GUILD_MEMBER_UPDATE',
    d: { guild_id: guild.id, ...renderMember(guild, member) },
    intents: INTENT.members,
  });
}

export function createEmoji(guild: Guild, name: string, picture: Picture): APIEmoji {
  const { emojis } = guild.record;
  if (emojis.length >= EMOJIS_PER_GUILD) throw refusals.tooManyEmojis();
  const emoji: APIEmoji = {
    id: guild.ids.next(),
    name,
    roles: [],
    user: guild.record.bot,
    require_colons: true,
    managed: false,
    animated: picture.contentType === 'image/gif',
    available: true,
  };
  emojis.push(emoji);
  guild.files.put(`emojis/${emoji.id}`, picture.data, picture.contentType);
  guild.publish({ t: 'GUILD_EMOJIS_UPDATE', d: { guild_id: guild.id, emojis }, intents: INTENT.expressions });
  return emoji;
}

function publishRole(guild: Guild, t: string, changed: APIRole): void {
  guild.publish({ t, d: { guild_id: guild.id, role: changed }, intents: INTENT.guilds });
}
