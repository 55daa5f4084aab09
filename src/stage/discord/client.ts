/** The discord.js client: what it asks for, what it keeps in memory, how it gets in and when it gives up. */
import {
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  GatewayCloseCodes,
  HTTPError,
  Options,
  Partials,
  Routes,
  type APIGatewayBotInfo,
  type RateLimitData,
  type RESTOptions,
} from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import { abortable } from '#lib/abortable.ts';
import { Backoff } from '#lib/backoff.ts';
import { GatewayWatch, type Patience } from './gateway-watch.ts';
import { describeError } from '#lib/redact.ts';

export interface ClientSettings {
  token: string;
  /** Another API than Discord's own, as `http://127.0.0.1:4000/api`. */
  api?: string | undefined;
  cdn?: string | undefined;
  /** Discord's own limit for a bot, 50, when left out; a server of one's own may take more. */
  requestsPerSecond?: number | undefined;
  /** How long an answer is waited for; discord.js's own 15 s when left out. */
  answerWithinMs?: number | undefined;
}

export interface Connecting {
  settings: ClientSettings;
  /** Attaches listeners; called with every client that is tried. */
  api: (client: Client) => void;
  log: Log;
  clock: Clock;
  /** Nothing will work until a person does what the message says: the process should end with its own exit code. */
  onFatal: (message: string) => void;
  signal: AbortSignal;
  patience: Patience;
}

export interface Connected {
  client: Client<true>;
  gatewayWatch: GatewayWatch;
}

const COSMETIC_WAIT_MS = 2_000;
/** A post that is held back longer than this is tried again by the publisher, which may have better to do meanwhile. */
const POST_WAIT_MS = 15_000;
const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;

const FATAL_CLOSES: Record<number, string> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    'Discord does not accept the bot token any more (4004). Put a fresh one into DISCORD_TOKEN.',
  [GatewayCloseCodes.InvalidShard]:
    'Discord refused the shard (4010). This is a mistake of the program: please report it.',
  [GatewayCloseCodes.ShardingRequired]: 'The bot is in too many servers for one connection (4011).',
  [GatewayCloseCodes.InvalidAPIVersion]:
    'Discord no longer speaks this API version (4012). Update Open Outcry.',
  [GatewayCloseCodes.InvalidIntents]:
    'Discord does not know an intent that was asked for (4013). Update Open Outcry.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord does not allow an intent that was asked for (4014). Open Outcry needs no privileged one: check the application in the Developer Portal.',
};
const BAD_TOKEN =
  'Discord refused the bot token (401). Copy a fresh one from the Developer Portal → Bot into DISCORD_TOKEN.';

/** A step towards the connection that no waiting will mend; the operator was told. */
export class FatalConnectionError extends Error {
  override readonly name = 'FatalConnectionError';
}

export function restOptions({
  api,
  cdn,
  requestsPerSecond,
  answerWithinMs,
}: ClientSettings): Partial<RESTOptions> {
  return {
    ...(api !== undefined && { api }),
    ...(cdn !== undefined && { cdn }),
    ...(requestsPerSecond !== undefined && { globalRequestsPerSecond: requestsPerSecond }),
    ...(answerWithinMs !== undefined && { timeout: answerWithinMs }),
    rejectOnRateLimit: isNotWorthWaiting,
  };
}

export function makeClient(settings: ClientSettings, gatewayWatch: GatewayWatch): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.GuildWebhooks,
    ],
    // Without these, reactions on messages from before a restart are never heard of.
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
    ws: { buildIdentifyThrottler: (manager) => gatewayWatch.throttle(manager) },
    rest: restOptions(settings),
  });
}

/** A long rate limit cannot be called off while it is waited for: what is only nice to have does not wait, a post a while. */
function isNotWorthWaiting({ method, route, retryAfter }: RateLimitData): boolean {
  const isPost = method === 'POST' && /\/messages$|^\/webhooks\//u.test(route);
  return retryAfter > (isPost ? POST_WAIT_MS : isCosmetic(method, route) ? COSMETIC_WAIT_MS : Infinity);
}

function isCosmetic(method: string, route: string): boolean {
  switch (method) {
    case 'DELETE':
      return route.includes('/reactions') || route.includes('/pins');
    case 'PUT':
      return route.includes('/pins');
    case 'POST':
      return route.endsWith('/typing');
    case 'PATCH':
      // A board is edited again before long. An answer to an interaction is not one.
      return /^\/channels\/.*\/messages\/:id$/u.test(route);
    default:
      return false;
  }
}

/**
 * Logs in and waits until every guild is there. Tries again, ever more slowly, while Discord cannot be reached; rejects
 * with FatalConnectionError after `onFatal`, or with the signal's reason.
 */
export async function connect(connecting: Connecting): Promise<Connected> {
  const { settings, log, clock, signal } = connecting;
  const backoff = new Backoff({ minMs: BACKOFF_MIN_MS, maxMs: BACKOFF_MAX_MS });
  for (;;) {
    signal.throwIfAborted();
    const gatewayWatch = new GatewayWatch(connecting);
    const client = makeClient(settings, gatewayWatch);
    gatewayWatch.listen(client);
    try {
      const ready = await logIn(client, connecting);
      void gatewayWatch.watch(ready);
      return { client: ready, gatewayWatch };
    } catch (error) {
      await client.destroy();
      if (error instanceof FatalConnectionError || signal.aborted) throw error;
      const retryInMs = backoff.next();
      log.warn({ ...describeError(error), retryInMs }, 'Discord cannot be reached; trying again');
      await clock.sleep(retryInMs, signal);
    }
  }
}

async function logIn(
  client: Client,
  { settings, api, log, clock, onFatal, signal }: Connecting,
): Promise<Client<true>> {
  const fatal = Promise.withResolvers<never>();
  // Rejected for nobody when the client got in and failed later: then `onFatal` is all that is left to do.
  fatal.promise.catch(() => undefined);
  let toldFatal = false;
  const fail = (message: string): void => {
    if (!toldFatal) onFatal(message);
    toldFatal = true;
    fatal.reject(new FatalConnectionError(message));
  };
  client.on(Events.ShardDisconnect, ({ code }) =>
    fail(FATAL_CLOSES[code] ?? `Discord ended the connection for good (${code}).`),
  );
  client.on(Events.Invalidated, () =>
    fail('Discord invalidated the session for good. Start Open Outcry again.'),
  );
  client.on(Events.ShardError, (error) =>
    log.warn(describeError(error), 'the connection to Discord has an error'),
  );
  client.on(Events.Error, (error) => log.warn(describeError(error), 'discord.js reported an error'));
  client.on(Events.Warn, (message) => log.warn({}, message));
  guardToken(client, settings.token, fail, log);
  api(client);

  await checkGateway(client, settings.token, log, clock, signal).catch((error: unknown) => {
    if (isUnauthorized(error)) fail(BAD_TOKEN);
    throw toldFatal ? new FatalConnectionError(BAD_TOKEN) : error;
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  const loggedIn = client.login(settings.token).catch((error: unknown) => {
    throw toldFatal ? new FatalConnectionError('the login failed for good') : error;
  });
  const inside = Promise.all([ready, loggedIn]).then(([client]) => client);
  return await abortable(Promise.race([inside, fatal.promise]), signal);
}

/** Looks before leaping: after 1,000 logins a day Discord resets the token. */
async function checkGateway(
  client: Client,
  token: string,
  log: Log,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  client.rest.setToken(token);
  const info = (await client.rest.get(Routes.gatewayBot())) as APIGatewayBotInfo;
  const { remaining, reset_after: resetAfterMs } = info.session_start_limit;
  if (remaining > 0) return;
  log.error({ resetAfterMs }, 'no logins are left for today; waiting until Discord grants new ones');
  await clock.sleep(resetAfterMs, signal);
}

/** One 401 makes discord.js forget the token, so that all requests fail. Puts it back and asks whether it still holds. */
function guardToken(client: Client, token: string, fail: (message: string) => void, log: Log): void {
  let checking = false;
  client.rest.on('response', (request, response) => {
    if (response.status !== 401 || request.data.auth === false || checking || !client.isReady()) return;
    checking = true;
    setImmediate(() => {
      client.rest.setToken(token);
      client.rest
        .get(Routes.user())
        .catch((error: unknown) => {
          if (isUnauthorized(error)) fail(BAD_TOKEN);
          else log.warn(describeError(error), 'could not check the bot token');
        })
        .finally(() => {
          if (client.isReady()) client.rest.setToken(token);
          checking = false;
        });
    });
  });
}

function isUnauthorized(error: unknown): boolean {
  return (error instanceof DiscordAPIError || error instanceof HTTPError) && error.status === 401;
}
