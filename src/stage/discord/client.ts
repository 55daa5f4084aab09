/** The discord.js client: what it asks for and what it keeps in memory. */
import { Client, GatewayIntentBits, Options, Partials, type WebSocketOptions } from 'discord.js';
import { restOptions, type RestSettings } from './rest-options.ts';

/** How the client connects to the gateway. */
export type BuildConnection = NonNullable<WebSocketOptions['buildStrategy']>;

/** `guildsMs`: how long a login waits for guilds that do not arrive; they may arrive later. */
export function makeClient(
  settings: RestSettings,
  guildsMs: number,
  buildConnection: BuildConnection,
): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.GuildWebhooks,
    ],
    // Without these, reactions to messages from before a restart are never heard.
    partials: [Partials.Message, Partials.Reaction, Partials.User, Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 50,
      ReactionManager: 20,
      ReactionUserManager: 0,
      GuildMemberManager: { maxSize: 200, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
      PresenceManager: 0,
      ThreadManager: 0,
      VoiceStateManager: 0,
      GuildScheduledEventManager: 0,
      AutoModerationRuleManager: 0,
    }),
    sweepers: {
      ...Options.DefaultSweeperSettings,
      messages: { interval: 3_600, lifetime: 7_200 },
      users: { interval: 3_600, filter: () => (user) => user.id !== user.client.user.id },
    },
    waitGuildTimeout: guildsMs,
    ws: { buildStrategy: buildConnection },
    rest: restOptions(settings),
  });
}
