/** The record's entries in the shapes that Discord's API and gateway give them. */
import type { APIMessage, APIUser } from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import type { Guild } from './guild.ts';
import { publicUserFields } from './new-guild.ts';
import {
  DEFAULT_LOCALE,
  isThread,
  type ChannelRecord,
  type MemberRecord,
  type MessageRecord,
  type WebhookRecord,
} from './record.ts';

export function renderChannel(guild: Guild, channel: ChannelRecord): object {
  if (channel.thread) return renderThread(guild, channel, channel.thread);
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: guild.id,
    name: channel.name,
    position: channel.position,
    permission_overwrites: channel.overwrites,
    parent_id: channel.parentId,
    flags: 0,
  };
  if (channel.type === ChannelType.GuildCategory) return common;
  const text = {
    ...common,
    topic: channel.topic,
    nsfw: channel.nsfw,
    rate_limit_per_user: channel.slowModeS,
    last_message_id: channel.lastMessageId,
  };
  if (channel.type === ChannelType.GuildVoice) {
    return { ...text, bitrate: 64_000, user_limit: 0, rtc_region: null };
  }
  return { ...text, last_pin_timestamp: channel.lastPinAt };
}

function renderThread(
  guild: Guild,
  { id, type, name, parentId, slowModeS, lastMessageId }: ChannelRecord,
  { ownerId, archiveAfterMinutes, createdAt }: NonNullable<ChannelRecord['thread']>,
): object {
  const messages = guild.messagesOf(id).length;
  return {
    id,
    type,
    guild_id: guild.id,
    name,
    parent_id: parentId,
    owner_id: ownerId,
    flags: 0,
    rate_limit_per_user: slowModeS,
    last_message_id: lastMessageId,
    message_count: messages,
    total_message_sent: messages,
    member_count: 1,
    thread_metadata: {
      archived: false,
      auto_archive_duration: archiveAfterMinutes,
      archive_timestamp: createdAt,
      create_timestamp: createdAt,
      locked: false,
    },
  };
}

/** A message as `readerId` gets it: with the reactions, and which of them are the reader's own. */
export function renderMessage(record: MessageRecord, readerId: string): APIMessage {
  if (record.reactions.length === 0) return record.message;
  return {
    ...record.message,
    reactions: record.reactions.map(({ emoji, userIds }) => ({
      emoji,
      count: userIds.length,
      count_details: { burst: 0, normal: userIds.length },
      burst_colors: [],
      me_burst: false,
      me: userIds.includes(readerId),
    })),
  };
}

export function renderMember(guild: Guild, member: MemberRecord): object {
  return { user: guild.user(member.userId), ...renderMemberFields(member) };
}

/** A member without the user, as a message's `member`. */
export function renderMemberFields(member: MemberRecord): object {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles: member.roleIds,
    joined_at: member.joinedAt,
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  };
}

/** `withToken`: only those who may use a webhook are shown its token. */
export function renderWebhook(guild: Guild, webhook: WebhookRecord, withToken: boolean): object {
  return {
    id: webhook.id,
    type: 1,
    guild_id: guild.id,
    channel_id: webhook.channelId,
    name: webhook.name,
    avatar: webhook.avatar,
    application_id: webhook.applicationId,
    ...(withToken
      ? {
          token: webhook.token,
          url: `${guild.record.baseUrl}/api/webhooks/${webhook.id}/${webhook.token}`,
        }
      : {}),
  };
}

/** With the user who made it. Only routes with the webhook's own token leave that out. */
export function renderWebhookWithCreator(guild: Guild, webhook: WebhookRecord): object {
  const usable = webhook.applicationId === null || webhook.applicationId === guild.record.application.id;
  return { ...renderWebhook(guild, webhook, usable), user: guild.user(webhook.creatorId) };
}

export function renderGuild(guild: Guild): object {
  const { record } = guild;
  return {
    id: guild.id,
    name: record.guild.name,
    icon: null,
    description: record.guild.description ?? null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: record.guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: record.roles,
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: record.guild.locale ?? DEFAULT_LOCALE,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: record.emojis,
    stickers: [],
    incidents_data: null,
  };
}

/** The payload of GUILD_CREATE: all of the guild, with channels and members. */
export function renderGuildCreate(guild: Guild): object {
  const { record } = guild;
  return {
    ...renderGuild(guild),
    joined_at: guild.member(guild.botId).joinedAt,
    large: false,
    unavailable: false,
    member_count: record.members.length,
    voice_states: [],
    members: record.members.map((member) => renderMember(guild, member)),
    channels: record.channels.filter((each) => !isThread(each)).map((each) => renderChannel(guild, each)),
    threads: record.channels.filter(isThread).map((each) => renderChannel(guild, each)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function renderApplication(guild: Guild): object {
  const { application, guild: about, bot } = guild.record;
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: '',
    type: null,
    bot,
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: application.publicKey,
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: guild.user(about.ownerId),
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}

/** The author that a webhook's message shows. */
export function webhookAuthor(
  webhook: WebhookRecord,
  username: string | null,
  avatar: string | null,
): APIUser {
  return {
    id: webhook.id,
    username: username ?? webhook.name,
    global_name: null,
    ...publicUserFields,
    discriminator: '0000',
    avatar: avatar ?? webhook.avatar,
    bot: true,
  };
}
