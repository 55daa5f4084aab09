/** Connects the bot to Discord: waits while Discord is away, and gives up only where a person must act. */
import {
  DiscordAPIError,
  Events,
  GatewayCloseCodes,
  HTTPError,
  Routes,
  type APIGatewayBotInfo,
  type Client,
} from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import { abortable } from '#lib/abortable.ts';
import { Backoff } from '#lib/backoff.ts';
import { describeError } from '#lib/redact.ts';
import { makeClient } from './client.ts';
import { GatewayConnection } from './gateway-connection.ts';
import { GatewayWatch, type Patience } from './gateway-watch.ts';
import { Logins } from './logins.ts';
import type { RestSettings } from './rest-options.ts';

export interface ClientSettings extends RestSettings {
  token: string;
}

export interface Connecting {
  settings: ClientSettings;
  /** What Discord said about its gateway a moment ago, if it was asked already. */
  gateway: APIGatewayBotInfo | null;
  /** Attaches listeners to the client. */
  listen: (client: Client) => void;
  log: Log;
  clock: Clock;
  /** Called when nothing will work until a person does what the message says: the process should end with its own exit code. */
  onFatal: (message: string) => void;
  signal: AbortSignal;
  patience: Patience;
}

export interface Connected {
  client: Client<true>;
  gatewayWatch: GatewayWatch;
}

const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;
const LOGOUT_LIMIT_MS = 3_000;

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

/** The connection failed in a way that no waiting will mend; the operator was told. */
export class FatalConnectionError extends Error {
  override readonly name = 'FatalConnectionError';
}

/**
 * Logs in and waits until the guilds are there, with one client and one connection, however long Discord is away. Rejects
 * with FatalConnectionError after `onFatal`, or with the signal's reason.
 */
export async function connect(connecting: Connecting): Promise<Connected> {
  const { settings, gateway, log, clock, patience } = connecting;
  let connection: GatewayConnection | null = null;
  const client = makeClient(settings, patience.guildsMs, (manager) => {
    return (connection = new GatewayConnection(manager, { logins, clock, ...patience }));
  });
  const ask = async (): Promise<APIGatewayBotInfo> => {
    client.rest.setToken(settings.token);
    return (await client.rest.get(Routes.gatewayBot())) as APIGatewayBotInfo;
  };
  const logins = new Logins({ ask, clock, log, everyMs: patience.loginEveryMs }, gateway);
  const gatewayWatch = new GatewayWatch({ client, connection: () => connection, clock, log, patience });
  try {
    return { client: await logIn(client, connecting, logins, gatewayWatch), gatewayWatch };
  } catch (error) {
    gatewayWatch.close();
    await logOut(client, clock);
    throw error;
  }
}

/** Logs out. It does not wait long: a connection that is still being opened is closed a little later. */
export async function logOut(client: Client, clock: Clock): Promise<void> {
  const patience = new AbortController();
  await Promise.race([client.destroy(), clock.sleep(LOGOUT_LIMIT_MS, patience.signal)]);
  patience.abort();
}

async function logIn(
  client: Client,
  connecting: Connecting,
  logins: Logins,
  gatewayWatch: GatewayWatch,
): Promise<Client<true>> {
  const { settings, listen, log, signal } = connecting;
  const fatal = hearFatal(client, connecting);
  client.on(Events.Error, (error) => log.warn(describeError(error), 'discord.js reported an error'));
  client.on(Events.Warn, (message) => log.warn({}, message));
  listen(client);

  await reach(logins, connecting).catch((error: unknown) => {
    throw isUnauthorized(error) ? fatal.fail(BAD_TOKEN) : error;
  });
  void gatewayWatch.watch();
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  const inside = Promise.all([ready, client.login(settings.token)]).then(([each]) => each);
  return await abortable(Promise.race([fatal.happens, inside]), signal);
}

interface Fatal {
  /** Rejects as soon as the connection has ended for good. */
  happens: Promise<never>;
  fail: (message: string) => FatalConnectionError;
}

/** Tells once what ends the connection for good, whether before the login or after it. */
function hearFatal(client: Client, { settings, log, onFatal }: Connecting): Fatal {
  const { promise: happens, reject } = Promise.withResolvers<never>();
  // After the login nobody awaits this any more: then only `onFatal` is left.
  happens.catch(() => undefined);
  let isTold = false;
  const fail = (message: string): FatalConnectionError => {
    if (!isTold) onFatal(message);
    isTold = true;
    const error = new FatalConnectionError(message);
    reject(error);
    return error;
  };
  client.on(Events.ShardDisconnect, ({ code }) => {
    fail(FATAL_CLOSES[code] ?? `Discord ended the connection for good (${code}).`);
  });
  client.on(Events.Invalidated, () => {
    fail('Discord invalidated the session for good. Start Open Outcry again.');
  });
  guardToken(client, settings.token, fail, log);
  return { happens, fail };
}

/** Asks until Discord replies, ever more slowly, and waits until it grants a login. */
async function reach(logins: Logins, { log, clock, signal }: Connecting): Promise<void> {
  const backoff = new Backoff({ minMs: BACKOFF_MIN_MS, maxMs: BACKOFF_MAX_MS });
  for (;;) {
    signal.throwIfAborted();
    try {
      await logins.gatewayInfo();
      break;
    } catch (error) {
      if (isUnauthorized(error)) throw error;
      const retryInMs = backoff.next();
      log.warn({ ...describeError(error), retryInMs }, 'Discord cannot be reached; trying again');
      await clock.sleep(retryInMs, signal);
    }
  }
  await logins.granted(signal);
  signal.throwIfAborted();
}

/** After one 401 discord.js forgets the token, so that all requests fail. Puts it back, and asks whether it is still valid. */
function guardToken(client: Client, token: string, fail: (message: string) => unknown, log: Log): void {
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
