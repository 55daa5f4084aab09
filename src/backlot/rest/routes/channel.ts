import {
  ChannelType,
  OverwriteType,
  PermissionFlagsBits as P,
  type APIOverwrite,
} from 'discord-api-types/v10';
import {
  changeChannel,
  createThread,
  deleteChannel,
  removeOverwrite,
  setOverwrite,
  type ChannelChange,
} from '../../guild/channels.ts';
import { INTENT } from '../../guild/events.ts';
import { requireInChannel } from '../../guild/permissions.ts';
import { renderChannel, renderMember, renderWebhookWithCreator } from '../../guild/render.ts';
import { createWebhook } from '../../guild/webhooks.ts';
import { compact } from '../embeds.ts';
import { created, noContent, ok, type Answer, type Call, type Route } from '../call.ts';
import { readPicture } from '../picture.ts';
import { readOverwrites, requireOwned } from './guild.ts';
import { readWebhookName } from './webhook.ts';

export const channelRoutes: readonly Route[] = [
  ofChannel('GET', '', (call) => ok(renderChannel(call.guild, call.channel()))),
  ofChannel('PATCH', '', patchChannel),
  ofChannel('DELETE', '', (call) => {
    const channel = call.channel(P.ManageChannels);
    deleteChannel(call.guild, channel);
    return ok(renderChannel(call.guild, channel));
  }),
  ofChannel('PUT', '/permissions/:overwriteId', (call) => {
    const channel = call.channel(P.ManageRoles);
    const form = call.form().required('type');
    const overwrite = {
      id: call.param('overwriteId'),
      type: form.choice('type', [OverwriteType.Role, OverwriteType.Member]) ?? OverwriteType.Role,
      allow: (form.bits('allow') ?? 0n).toString(),
      deny: (form.bits('deny') ?? 0n).toString(),
    };
    form.check();
    requireOwned(call.guild, [overwrite]);
    setOverwrite(call.guild, channel, overwrite);
    return noContent;
  }),
  ofChannel('DELETE', '/permissions/:overwriteId', (call) => {
    removeOverwrite(call.guild, call.channel(P.ManageRoles), call.param('overwriteId'));
    return noContent;
  }),
  ofChannel('GET', '/webhooks', (call) => {
    const channel = call.textChannel(P.ManageWebhooks);
    const webhooks = call.guild.record.webhooks.filter((each) => each.channelId === channel.id);
    return ok(webhooks.map((each) => renderWebhookWithCreator(call.guild, each)));
  }),
  ofChannel('POST', '/webhooks', (call) => {
    const channel = call.textChannel(P.ManageWebhooks);
    const form = call.form().required('name');
    const name = readWebhookName(form);
    const avatar = readPicture(form, 'avatar');
    form.check();
    const webhook = createWebhook(call.guild, channel, {
      name: name ?? '',
      avatar: avatar ?? null,
      creatorId: call.guild.botId,
    });
    return ok(renderWebhookWithCreator(call.guild, webhook));
  }),
  ofChannel('POST', '/threads', (call) => {
    const channel = call.textChannel(P.CreatePublicThreads);
    // One that is private, or a forum's post, is not known here.
    const form = call.form().required('name', 'type');
    const name = form.text('name', { min: 1, max: 100 });
    form.choice('type', [ChannelType.PublicThread]);
    const archiveAfterMinutes = form.choice('auto_archive_duration', [60, 1_440, 4_320, 10_080]) ?? 1_440;
    form.check();
    const thread = createThread(call.guild, channel, { name: name ?? '', archiveAfterMinutes });
    return created(renderChannel(call.guild, thread));
  }),
  ofChannel('POST', '/typing', (call) => {
    const channel = call.textChannel(P.SendMessages);
    const { guild } = call;
    guild.publish({
      t: 'TYPING_START',
      d: {
        channel_id: channel.id,
        guild_id: guild.id,
        user_id: guild.botId,
        timestamp: Math.floor(Date.now() / 1000),
        member: renderMember(guild, guild.member(guild.botId)),
      },
      intents: INTENT.typing,
      channelId: channel.id,
    });
    return noContent;
  }),
];

function ofChannel(method: string, path: string, handle: (call: Call) => Answer): Route {
  return { method, path: `/channels/:channelId${path}`, auth: 'bot', handle };
}

function patchChannel(call: Call): Answer {
  const { guild } = call;
  const channel = call.channel(P.ManageChannels);
  const form = call.form();
  const change: ChannelChange = compact({
    type: form.choice('type', [ChannelType.GuildText, ChannelType.GuildAnnouncement]),
    name: form.text('name', { min: 1, max: 100 }),
    topic: form.isNull('topic') ? null : form.text('topic', { max: 1024 }),
    position: form.integer('position', { min: 0 }),
    parentId: form.isNull('parent_id') ? null : form.snowflake('parent_id'),
    nsfw: form.flag('nsfw'),
    slowModeS: form.integer('rate_limit_per_user', { min: 0, max: 21_600 }),
    overwrites: readOverwrites(form),
  });
  form.check();
  if (change.overwrites !== undefined) {
    requireInChannel(guild, guild.botId, channel, P.ManageRoles);
    const isNew = ({ id, allow, deny }: APIOverwrite): boolean =>
      !channel.overwrites.some((each) => each.id === id && each.allow === allow && each.deny === deny);
    requireOwned(guild, change.overwrites.filter(isNew));
  }
  changeChannel(guild, channel, change);
  return ok(renderChannel(guild, channel));
}
