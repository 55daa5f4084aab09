import { GatewayIntentBits } from 'discord-api-types/v10';

/** Something happened in the guild, in the words of Discord's gateway. */
export interface GuildEvent {
  /** The gateway event's name, such as MESSAGE_CREATE. */
  t: string;
  /** What the bot is told. */
  d: unknown;
  /** A connection is told when it asked for any of these intents; 0 means always. */
  intents: number;
  /** Only those who may view this channel are told. */
  channelId?: string;
  /** Only this member's page is told, and never the bot: a private reply. */
  onlyFor?: string;
  /** Those who are told: the bot, the pages, or (when left out) both. */
  audience?: 'bot' | 'pages';
}

export const INTENT = {
  always: 0,
  guilds: GatewayIntentBits.Guilds,
  members: GatewayIntentBits.GuildMembers,
  expressions: GatewayIntentBits.GuildExpressions,
  webhooks: GatewayIntentBits.GuildWebhooks,
  messages: GatewayIntentBits.GuildMessages,
  reactions: GatewayIntentBits.GuildMessageReactions,
  typing: GatewayIntentBits.GuildMessageTyping,
  scheduledEvents: GatewayIntentBits.GuildScheduledEvents,
} as const;

export type GuildListener = (event: GuildEvent) => void;
