import { OverwriteType, PermissionFlagsBits as P, type APIOverwrite } from 'discord-api-types/v10';
import { GatewayIntentBits } from 'discord-api-types/v10';
import { refusals } from '../../discord-error.ts';
import { changeChannel, createChannel } from '../../guild/channels.ts';
import { createEmoji, createRole, deleteRole, setMemberRole } from '../../guild/roles.ts';
import { guildPermissions, requireInGuild } from '../../guild/permissions.ts';
import { renderChannel, renderGuild, renderMember, renderWebhookWithCreator } from '../../guild/render.ts';
import type { Guild } from '../../guild/guild.ts';
import { isThread, type GuildChannelType } from '../../guild/record.ts';
import { created, noContent, ok, type Answer, type Call, type Route } from '../call.ts';
import { Form } from '../form.ts';
import { readPicture } from '../picture.ts';

const CHANNEL_TYPES: readonly GuildChannelType[] = [0, 2, 4, 5];

/** All of them are about the one guild; any other is unknown. */
export const guildRoutes: readonly Route[] = [
  ofGuild('GET', '', (call) =>
    ok({
      ...renderGuild(call.guild),
      ...(call.query.get('with_counts') === 'true'
        ? { approximate_member_count: call.guild.record.members.length, approximate_presence_count: 0 }
        : {}),
    }),
  ),
  ofGuild('GET', '/channels', ({ guild }) =>
    ok(guild.record.channels.filter((each) => !isThread(each)).map((each) => renderChannel(guild, each))),
  ),
  ofGuild('GET', '/threads/active', ({ guild }) =>
    ok({
      threads: guild.record.channels.filter(isThread).map((each) => renderChannel(guild, each)),
      members: [],
      has_more: false,
    }),
  ),
  ofGuild('POST', '/channels', postChannel),
  ofGuild('PATCH', '/channels', patchPositions),
  ofGuild('GET', '/roles', ({ guild }) => ok(guild.record.roles)),
  ofGuild('POST', '/roles', (call) => {
    requireInGuild(call.guild, call.guild.botId, P.ManageRoles);
    const form = call.form();
    const name = form.text('name', { max: 100 });
    const permissions = form.bits('permissions');
    const mentionable = form.flag('mentionable') ?? false;
    form.check();
    if (((permissions ?? 0n) & ~guildPermissions(call.guild, call.guild.botId)) !== 0n) {
      throw refusals.missingPermissions();
    }
    return ok(createRole(call.guild, name ?? 'new role', permissions ?? 0n, mentionable));
  }),
  ofGuild('DELETE', '/roles/:roleId', (call) => {
    requireInGuild(call.guild, call.guild.botId, P.ManageRoles);
    deleteRole(call.guild, call.param('roleId'));
    return noContent;
  }),
  ofGuild('GET', '/members/:userId', (call) =>
    ok(renderMember(call.guild, call.guild.member(call.param('userId')))),
  ),
  ofGuild('GET', '/members', (call) => {
    // Discord lists members only to applications with the privileged intent.
    if ((call.backstage.privilegedIntents & GatewayIntentBits.GuildMembers) === 0)
      throw refusals.missingAccess();
    const limit = call.queryInteger('limit', { min: 1, max: 1000, usual: 1 });
    const after = BigInt(call.querySnowflake('after') ?? 0);
    const members = call.guild.record.members.filter(({ userId }) => BigInt(userId) > after);
    return ok(members.slice(0, limit).map((each) => renderMember(call.guild, each)));
  }),
  ofGuild('PUT', '/members/:userId/roles/:roleId', (call) => changeMemberRole(call, true)),
  ofGuild('DELETE', '/members/:userId/roles/:roleId', (call) => changeMemberRole(call, false)),
  ofGuild('GET', '/webhooks', (call) => {
    requireInGuild(call.guild, call.guild.botId, P.ManageWebhooks);
    return ok(call.guild.record.webhooks.map((each) => renderWebhookWithCreator(call.guild, each)));
  }),
  ofGuild('GET', '/emojis', ({ guild }) => ok(guild.record.emojis)),
  ofGuild('POST', '/emojis', (call) => {
    requireInGuild(call.guild, call.guild.botId, P.CreateGuildExpressions);
    const form = call.form().required('name', 'image');
    const name = form.text('name', { min: 2, max: 32 });
    const picture = readPicture(form, 'image');
    form.check();
    if (name === undefined || picture === undefined) throw refusals.invalidForm([]);
    return created(createEmoji(call.guild, name, picture));
  }),
];

function ofGuild(method: string, path: string, handle: (call: Call) => Answer): Route {
  return {
    method,
    path: `/guilds/:guildId${path}`,
    auth: 'bot',
    handle: (call) => {
      call.requireGuild();
      return handle(call);
    },
  };
}

function postChannel(call: Call): Answer {
  const { guild } = call;
  requireInGuild(guild, guild.botId, P.ManageChannels);
  const form = call.form().required('name');
  const plan = {
    type: form.choice('type', CHANNEL_TYPES) ?? 0,
    name: form.text('name', { min: 1, max: 100 }) ?? '',
    topic: form.text('topic', { max: 1024 }) ?? null,
    parentId: form.snowflake('parent_id') ?? null,
    position: form.integer('position', { min: 0 }) ?? null,
    nsfw: form.flag('nsfw') ?? false,
    slowModeS: form.integer('rate_limit_per_user', { min: 0, max: 21_600 }) ?? 0,
    overwrites: readOverwrites(form) ?? null,
  };
  form.check();
  requireOwned(guild, plan.overwrites ?? []);
  return created(renderChannel(guild, createChannel(guild, plan)));
}

function patchPositions(call: Call): Answer {
  const { guild } = call;
  requireInGuild(guild, guild.botId, P.ManageChannels);
  const form = new Form({ channels: call.json });
  const moves = (form.required('channels').parts('channels') ?? []).map((part) => {
    const position = part.integer('position', { min: 0 });
    const parentId = part.isNull('parent_id') ? null : part.snowflake('parent_id');
    const change = {
      ...(position === undefined ? {} : { position }),
      ...(parentId === undefined ? {} : { parentId }),
    };
    return { id: part.required('id').snowflake('id') ?? '', change };
  });
  form.check();
  for (const { id, change } of moves) changeChannel(guild, guild.channel(id), change);
  return noContent;
}

function changeMemberRole(call: Call, has: boolean): Answer {
  requireInGuild(call.guild, call.guild.botId, P.ManageRoles);
  setMemberRole(call.guild, call.param('userId'), call.param('roleId'), has);
  return noContent;
}

/** A bot can neither grant nor deny in a channel what it does not have in the guild itself: 50013. */
export function requireOwned(guild: Guild, overwrites: readonly APIOverwrite[]): void {
  const own = guildPermissions(guild, guild.botId);
  for (const { allow, deny } of overwrites) {
    if (((BigInt(allow) | BigInt(deny)) & ~own) !== 0n) throw refusals.missingPermissions();
  }
}

/** A channel's overwrites, as creating and editing give them. */
export function readOverwrites(form: Form): APIOverwrite[] | undefined {
  return form.parts('permission_overwrites', { max: 100 })?.map((part) => ({
    id: part.required('id').snowflake('id') ?? '',
    type:
      part.required('type').choice('type', [OverwriteType.Role, OverwriteType.Member]) ?? OverwriteType.Role,
    allow: (part.bits('allow') ?? 0n).toString(),
    deny: (part.bits('deny') ?? 0n).toString(),
  }));
}
