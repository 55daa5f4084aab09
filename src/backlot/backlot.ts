import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveCdn } from './cdn.ts';
import { dropFolder } from './disk.ts';
import { Gateway } from './gateway/gateway.ts';
import { filesFolder, GuildFile, loadRecord } from './guild-file.ts';
import { Guild } from './guild/guild.ts';
import { localeOf } from './guild/locale.ts';
import { joinMissing, newGuild } from './guild/new-guild.ts';
import { BOT_PERMISSIONS } from './guild/permissions.ts';
import { setRolePermissions } from './guild/roles.ts';
import { Interactions } from './interactions.ts';
import { NO_SUCH_PERSONA, VIEWER_PATH, type Persona } from './page-protocol.ts';
import { PageSocket, personasOf } from './page-socket.ts';
import { serveOwn, type OwnPage } from './own-pages.ts';
import type { Backstage } from './rest/call.ts';
import { Faults, type Fault, type Misbehaviour } from './rest/faults.ts';
import { RateLimits, type LimitsMode } from './rest/rate-limits.ts';
import { RestServer, type RequestListener } from './rest/server.ts';
import { serveStatic } from './static-files.ts';
import { Viewer } from './viewer.ts';
import { WebServer } from './web-server.ts';

export { BacklotError } from './backlot-error.ts';

/** Discord allows three seconds for the first answer to an interaction. */
const FIRST_ANSWER_MS = 3000;
const HEARTBEAT_MS = 41_250;
/** Edits of messages older than an hour are limited. */
const OLD_MESSAGE_MS = 3_600_000;

export interface BacklotOptions {
  /** 0, the default, takes any free one. */
  port?: number;
  guildName: string;
  /** What the guild is about, in one line: the page's overview shows it. */
  description?: string;
  botName: string;
  /** The names of the guild's people; the first is its owner. */
  members: readonly string[];
  /** The file that keeps the guild over restarts; its pictures go into a folder beside it. Without it nothing is kept. */
  dataFile?: string;
  /** `discord` (the default) enforces rate limits, `none` only sends their headers. */
  limits?: LimitsMode;
  /** The preferred locale of a fresh guild; `en-US` when left out. */
  locale?: string;
  /** What the bot's role grants in a fresh guild. */
  botPermissions?: bigint;
  /** The privileged intents that the bot may ask for, as a bit field; none by default. */
  privilegedIntents?: number;
  /**
   * Guilds with the same bot and people, 1 when left out. The page shows the first; the others are kept in memory only.
   */
  guilds?: number;
  /** How long the bot has for its first answer to an interaction; 3000 as on Discord. */
  firstAnswerMs?: number;
  /** How often the bot has to send a heartbeat; 41,250 as on Discord. */
  heartbeatMs?: number;
  /** Edits of messages older than this are limited; an hour as on Discord. */
  oldMessageMs?: number;
  /** Pages of your own, linked beside the channels; none by default. */
  ownPages?: readonly OwnPage[];
  /** Called when the guild cannot be written to its file; by default a process warning is issued. */
  onError?: (error: Error) => void;
}

/** A running backlot. */
export interface Backlot {
  /** `http://127.0.0.1:PORT`, the address of the page. */
  readonly url: string;
  /** For discord.js: `rest: { api: backlot.restApi, cdn: backlot.cdn }`. */
  readonly restApi: string;
  readonly cdn: string;
  /** Where a bot without a client library connects. */
  readonly gatewayUrl: string;
  /** What the bot logs in with. */
  readonly token: string;
  readonly guildId: string;
  readonly applicationId: string;
  readonly personas: readonly Persona[];
  readonly gateway: Pick<
    Gateway,
    | 'online'
    | 'identifies'
    | 'connections'
    | 'misbehave'
    | 'guildOutage'
    | 'closeAll'
    | 'cutAll'
    | 'refuse'
    | 'ignoreHeartbeats'
    | 'forgetSessions'
    | 'setIdentifiesLeft'
  >;
  /** A member to act as, by user id or name. */
  viewer(idOrName: string): Viewer;
  /** The guilds beside the first, in which members can act as well. */
  readonly neighbours: readonly { readonly guildId: string; viewer(idOrName: string): Viewer }[];
  /** Calls `listener` with every request to the API and its answer. Returns a function that ends this. */
  onRequest(listener: RequestListener): () => void;
  /** Makes requests to the API go wrong, as `plan` says. */
  misbehave(plan: Misbehaviour): Fault;
  /**
   * Takes the backlot out of reach: every connection is cut and new ones are refused. The guild's people can still act
   * through `viewer`.
   */
  unplug(): Promise<void>;
  /** Puts it back in reach, on the same port. */
  plugIn(): Promise<void>;
  /** Changes what the bot's role grants, at once. */
  setBotPermissions(permissions: bigint): void;
  /** Why the guild cannot be written to its file, in one line; null while it can, or where nothing is kept. */
  readonly saveTrouble: string | null;
  /** Closes every connection and writes what has to be kept. */
  close(): Promise<void>;
}

/** Opens a local, Discord-compatible server on loopback, with one guild in it. */
export async function openBacklot(options: BacklotOptions): Promise<Backlot> {
  const web = new WebServer();
  await web.listen(options.port ?? 0);
  try {
    return await serveBacklot(web, options);
  } catch (error) {
    await web.close();
    throw error;
  }
}

async function serveBacklot(web: WebServer, options: BacklotOptions): Promise<Backlot> {
  const { dataFile } = options;
  const guild = openGuild(web.url, options);
  const privilegedIntents = options.privilegedIntents ?? 0;
  const others = neighboursOf(guild, options);
  const heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
  const gateway = new Gateway(guild, { privilegedIntents, heartbeatMs }, others);
  const interactions = new Interactions(guild, options.firstAnswerMs ?? FIRST_ANSWER_MS);
  const backstage: Backstage = { guild, gateway, interactions, nonces: new Map(), privilegedIntents };
  const neighbours = others.map((other): Backstage => {
    return {
      ...backstage,
      guild: other,
      interactions: new Interactions(other, options.firstAnswerMs ?? FIRST_ANSWER_MS),
      nonces: new Map(),
    };
  });
  const faults = new Faults();
  const limits = new RateLimits(options.limits ?? 'discord', options.oldMessageMs ?? OLD_MESSAGE_MS);
  const rest = new RestServer(backstage, limits, faults, neighbours);
  const onError = options.onError ?? ((error) => process.emitWarning(error));
  const file = dataFile === undefined ? undefined : await GuildFile.open(guild, dataFile, onError);

  web.serve({
    request: (request, response) => route(guild, rest, request, response, options.ownPages ?? []),
    socketFault: (path) => (isGateway(path) ? gateway.socketFault() : null),
    socket: (request, path) => {
      if (isGateway(path)) {
        return gateway.refusing ? undefined : (socket) => gateway.accept(socket, request);
      }
      if (path !== VIEWER_PATH) return undefined;
      const { searchParams } = new URL(request.url ?? '/', web.url);
      const as = searchParams.get('as') ?? guild.record.guild.ownerId;
      const locale = localeOf(searchParams.get('locale') ?? '');
      const isKnown = guild.record.people.some(({ id }) => id === as);
      return (socket) => {
        if (!isKnown) {
          socket.close(NO_SUCH_PERSONA, 'nobody of this guild');
          return;
        }
        if (locale !== undefined) guild.member(as).locale = locale;
        void new PageSocket(backstage, socket, as);
      };
    },
  });

  const closeAll = async (): Promise<void> => {
    for (const each of [backstage, ...neighbours]) each.interactions.close();
    gateway.close();
    await web.close();
    await file?.close();
  };
  let closing: Promise<void> | undefined;

  return {
    url: web.url,
    restApi: `${web.url}/api`,
    cdn: `${web.url}/cdn`,
    gatewayUrl: `${web.url.replace('http', 'ws')}/gateway`,
    token: guild.record.token,
    guildId: guild.id,
    applicationId: guild.record.application.id,
    get personas() {
      return personasOf(guild);
    },
    gateway,
    viewer: (idOrName) => new Viewer(backstage, personId(guild, idOrName)),
    neighbours: neighbours.map((each) => ({
      guildId: each.guild.id,
      viewer: (idOrName) => new Viewer(each, personId(each.guild, idOrName)),
    })),
    onRequest: (listener) => rest.onRequest(listener),
    misbehave: (plan) => faults.arm(plan),
    unplug: () => web.unplug(),
    plugIn: () => web.plugIn(),
    setBotPermissions: (permissions) => setRolePermissions(guild, guild.record.botRoleId, permissions),
    get saveTrouble() {
      return file?.trouble ?? null;
    },
    close: () => (closing ??= closeAll()),
  };
}

const isGateway = (path: string): boolean => path === '/gateway' || path === '/gateway/';

function openGuild(baseUrl: string, options: BacklotOptions): Guild {
  const { dataFile, guildName, botName, members } = options;
  const stored = dataFile === undefined ? undefined : loadRecord(dataFile, baseUrl);
  const folder = dataFile === undefined ? undefined : filesFolder(dataFile);
  if (stored !== undefined) {
    if (options.description !== undefined) stored.guild.description = options.description;
    const guild = new Guild(stored, folder);
    joinMissing(stored, members, guild.ids);
    return guild;
  }
  // These pictures belong to a guild that is gone.
  if (folder !== undefined) dropFolder(folder);
  const { description, locale } = options;
  const botPermissions = options.botPermissions ?? BOT_PERMISSIONS;
  const plan = { guildName, description, botName, members, botPermissions, locale };
  return new Guild(newGuild(plan, baseUrl), folder);
}

function neighboursOf(guild: Guild, options: BacklotOptions): Guild[] {
  const { guildName, botName, members, guilds = 1 } = options;
  const botPermissions = options.botPermissions ?? BOT_PERMISSIONS;
  return Array.from({ length: guilds - 1 }, (_, index) => {
    const plan = {
      guildName: `${guildName} ${index + 2}`,
      botName,
      members,
      botPermissions,
      neighbourOf: guild.record,
    };
    return new Guild(newGuild(plan, guild.record.baseUrl, guild.ids), undefined, guild.ids);
  });
}

async function route(
  guild: Guild,
  rest: RestServer,
  request: IncomingMessage,
  response: ServerResponse,
  ownPages: readonly OwnPage[],
): Promise<void> {
  const path = new URL(request.url ?? '/', guild.record.baseUrl).pathname;
  if (path.startsWith('/api/')) return rest.handle(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405).end();
    return undefined;
  }
  if (serveOwn(ownPages, path, response)) return undefined;
  return path.startsWith('/cdn/') ? serveCdn(guild, path, response) : serveStatic(path, response);
}

function personId(guild: Guild, idOrName: string): string {
  const known = guild.record.people.find(
    ({ id, global_name }) => id === idOrName || global_name === idOrName,
  );
  if (known !== undefined) return known.id;
  const names = guild.record.people.map((each) => each.global_name).join(', ');
  throw new Error(`Nobody here is "${idOrName}". The guild's people are: ${names}.`);
}
