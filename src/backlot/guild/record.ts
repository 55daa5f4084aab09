/**
 * What the backlot remembers: one guild, the bot in it and everything said there. It is plain JSON, so that it can be
 * written to a file as it is. Payload types are Discord's own (API v10).
 */
import type {
  APIApplicationCommand,
  APIEmoji,
  APIExternalGuildScheduledEvent,
  APIMessage,
  APIOverwrite,
  APIRole,
  APIUser,
  ChannelType,
} from 'discord-api-types/v10';

export const RECORD_FORMAT = 1;
export const DEFAULT_LOCALE = 'en-US';

export interface GuildRecord {
  format: typeof RECORD_FORMAT;
  /** Where this was served last; pictures' addresses in messages begin with it. */
  baseUrl: string;
  lastId: string;
  token: string;
  guild: {
    id: string;
    name: string;
    ownerId: string;
    createdAt: string;
    /** What the guild is about, in one line. */
    description?: string;
    /** The guild's preferred locale; absent for `en-US`. */
    locale?: string;
  };
  application: { id: string; name: string; publicKey: string };
  bot: APIUser;
  botRoleId: string;
  people: APIUser[];
  members: MemberRecord[];
  roles: APIRole[];
  channels: ChannelRecord[];
  webhooks: WebhookRecord[];
  emojis: APIEmoji[];
  /** What is announced; absent in a guild of before there were any. */
  events?: ScheduledEvent[];
  /** By channel id, oldest first. */
  messages: Record<string, MessageRecord[]>;
  globalCommands: APIApplicationCommand[];
  guildCommands: APIApplicationCommand[];
  /** The files of the CDN, by path below `/cdn/`. */
  files: Record<string, FileRecord>;
}

/** Discord names exceptions to a recurrence in each, which its published types do not know. */
export type ScheduledEvent = APIExternalGuildScheduledEvent & { guild_scheduled_event_exceptions: [] };

export interface MemberRecord {
  userId: string;
  roleIds: string[];
  joinedAt: string;
  /** The locale of the member's Discord; absent for `en-US`. */
  locale?: string;
}

export type GuildChannelType =
  | ChannelType.GuildText
  | ChannelType.GuildVoice
  | ChannelType.GuildCategory
  | ChannelType.GuildAnnouncement;

export interface ChannelRecord {
  id: string;
  type: GuildChannelType | ChannelType.PublicThread;
  name: string;
  topic: string | null;
  position: number;
  parentId: string | null;
  nsfw: boolean;
  /** Slow mode, in seconds. */
  slowModeS: number;
  overwrites: APIOverwrite[];
  lastMessageId: string | null;
  lastPinAt: string | null;
  /** Of a thread; its `parentId` is the channel that it hangs on. */
  thread?: { ownerId: string; archiveAfterMinutes: number; createdAt: string };
}

export const isThread = ({ thread }: ChannelRecord): boolean => thread !== undefined;

export interface WebhookRecord {
  id: string;
  token: string;
  name: string;
  avatar: string | null;
  channelId: string;
  /** Null when a person made it; else the bot's application, which may use it. */
  applicationId: string | null;
  creatorId: string;
}

export interface MessageRecord {
  /** As the API gives it, but without `reactions`, whose `me` depends on the reader. */
  message: APIMessage;
  reactions: ReactionRecord[];
  pinnedAt?: string;
  /** An ephemeral message's addressee: nobody else ever sees it, and it is not written to disk. */
  onlyFor?: string;
  /** Paths in the CDN that go when the message goes. */
  fileKeys: string[];
}

export interface ReactionRecord {
  emoji: { id: string | null; name: string; animated?: boolean };
  /** In the order in which they reacted. */
  userIds: string[];
}

export interface FileRecord {
  contentType: string;
  sizeBytes: number;
}
