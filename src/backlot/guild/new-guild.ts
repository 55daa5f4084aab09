import { createHash, randomBytes } from 'node:crypto';
import type { APIRole, APIUser } from 'discord-api-types/v10';
import { MEMBER_PERMISSIONS } from './permissions.ts';
import { RECORD_FORMAT, type GuildRecord } from './record.ts';
import { Snowflakes } from './snowflake.ts';

export interface GuildPlan {
  guildName: string;
  botName: string;
  /** The first is the guild's owner. */
  members: readonly string[];
  botPermissions: bigint;
  description?: string | undefined;
  locale?: string | undefined;
  /** A guild that has the same bot and the same people. */
  neighbourOf?: GuildRecord | undefined;
}

/** A fresh guild as Discord would make it: its people, the bot with a role of its own, and one channel, #general. */
export function newGuild(plan: GuildPlan, baseUrl: string, ids = new Snowflakes()): GuildRecord {
  const { neighbourOf } = plan;
  const now = new Date().toISOString();
  const guildId = ids.next();
  const applicationId = neighbourOf?.application.id ?? ids.next();
  const botRoleId = ids.next();
  const people = neighbourOf?.people ?? plan.members.map((name) => person(ids.next(), name));
  const owner = people[0];
  if (owner === undefined) {
    throw new Error(
      "openBacklot: `members` is empty. Give at least one name: the first is the guild's owner.",
    );
  }
  // A bot and its application have the same id, but for very old ones.
  const bot: APIUser = neighbourOf?.bot ?? {
    id: applicationId,
    username: plan.botName,
    global_name: null,
    ...publicUserFields,
    bot: true,
  };
  return {
    format: RECORD_FORMAT,
    baseUrl,
    lastId: ids.last,
    token: neighbourOf?.token ?? `backlot.${applicationId}.${randomBytes(24).toString('base64url')}`,
    guild: {
      id: guildId,
      name: plan.guildName,
      ownerId: owner.id,
      createdAt: now,
      ...(plan.description !== undefined && { description: plan.description }),
      ...(plan.locale !== undefined && { locale: plan.locale }),
    },
    application: {
      id: applicationId,
      name: plan.botName,
      publicKey: createHash('sha256').update(applicationId).digest('hex'),
    },
    bot,
    botRoleId,
    people,
    members: [
      ...people.map(({ id }) => ({ userId: id, roleIds: [], joinedAt: now })),
      { userId: bot.id, roleIds: [botRoleId], joinedAt: now },
    ],
    roles: [
      role(guildId, '@everyone', 0, MEMBER_PERMISSIONS),
      { ...role(botRoleId, plan.botName, 1, plan.botPermissions), managed: true, tags: { bot_id: bot.id } },
    ],
    channels: [
      {
        id: ids.next(),
        type: 0,
        name: 'general',
        topic: null,
        position: 0,
        parentId: null,
        nsfw: false,
        slowModeS: 0,
        overwrites: [],
        lastMessageId: null,
        lastPinAt: null,
      },
    ],
    webhooks: [],
    emojis: [],
    messages: {},
    globalCommands: [],
    guildCommands: [],
    files: {},
  };
}

/** Adds the people that are named and not yet in the guild. */
export function joinMissing(record: GuildRecord, members: readonly string[], ids: Snowflakes): void {
  for (const name of members) {
    if (record.people.some((known) => known.global_name === name)) continue;
    const joined = person(ids.next(), name);
    record.people.push(joined);
    record.members.push({ userId: joined.id, roleIds: [], joinedAt: new Date().toISOString() });
  }
}

export function role(id: string, name: string, position: number, permissions: bigint): APIRole {
  return {
    id,
    name,
    permissions: permissions.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0 as APIRole['flags'],
  };
}

function person(id: string, name: string): APIUser & PublicUserFields {
  return {
    id,
    username: name
      .toLowerCase()
      .replaceAll(/[^a-z0-9_.]+/g, '_')
      .padEnd(2, '_')
      .slice(0, 32),
    global_name: name,
    ...publicUserFields,
  };
}

/** Fields that Discord sends with every user and that the backlot has nothing to say about. */
interface PublicUserFields {
  discriminator: string;
  avatar: string | null;
  public_flags: number;
  flags: number;
  primary_guild: null;
}

export const publicUserFields: PublicUserFields = {
  discriminator: '0',
  avatar: null,
  public_flags: 0,
  flags: 0,
  primary_guild: null,
};
