import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { GatewayIntentBits, GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { GuildEvent } from '../guild/events.ts';
import type { Guild } from '../guild/guild.ts';
import { asObject, withoutContent } from '../guild/hidden-content.ts';
import { canView } from '../guild/permissions.ts';
import { renderGuildCreate } from '../guild/render.ts';
import type { Fault } from '../rest/faults.ts';
import { jsonFrame } from './json-frame.ts';
import type { SocketFault } from '../web-server.ts';
import { ALL_INTENTS, CLOSE, PRIVILEGED } from './codes.ts';
import { GatewayFaults, type GatewayFault } from './faults.ts';
import { membersChunk } from './members-chunk.ts';
import { readyPayload } from './ready.ts';
import { Connection, Session } from './session.ts';
import { Sessions } from './sessions.ts';

const IDENTIFIES_PER_DAY = 1000;

interface Frame {
  op: number;
  d: unknown;
}

export interface GatewayOptions {
  /** Which privileged intents the bot's application has switched on. */
  privilegedIntents: number;
  /** How often a bot has to send a heartbeat. */
  heartbeatMs: number;
}

/** The gateway: it logs bots in, tells them what happens in their guilds, and after a resume what they missed. */
export class Gateway {
  readonly #guild: Guild;
  readonly #guilds: readonly Guild[];
  readonly #options: GatewayOptions;
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Sessions();
  readonly #faults = new GatewayFaults();
  readonly #unsubscribe: (() => void)[];
  readonly #watchers = new Set<(online: boolean) => void>();
  #identifiesLeft = IDENTIFIES_PER_DAY;
  #isGuildOut = false;

  /** `neighbours`: further guilds with the same bot. */
  constructor(guild: Guild, options: GatewayOptions, neighbours: readonly Guild[] = []) {
    this.#guild = guild;
    this.#guilds = [guild, ...neighbours];
    this.#options = options;
    this.#unsubscribe = this.#guilds.map((each) => each.subscribe((event) => this.#tell(each, event)));
  }

  get online(): boolean {
    return this.#sessions.areConnected;
  }

  /** A bot is connected, or may yet come back to its session. */
  get hasSession(): boolean {
    return this.#sessions.all().length > 0;
  }

  /** How many sockets are open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** How many times a bot has identified itself (a resume does not count). */
  get identifies(): number {
    return IDENTIFIES_PER_DAY - this.#identifiesLeft;
  }

  sessionStartLimit(): object {
    return {
      total: IDENTIFIES_PER_DAY,
      remaining: this.#identifiesLeft,
      reset_after: 86_400_000,
      max_concurrency: 1,
    };
  }

  /** Pretends that the bot has only this many logins left. */
  setIdentifiesLeft(left: number): void {
    this.#identifiesLeft = left;
  }

  onOnlineChange(watcher: (online: boolean) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Makes every new connection go wrong in this way, while the rest of the API works. It replaces an earlier fault. */
  misbehave(how: GatewayFault): Fault {
    return this.#faults.misbehave(how);
  }

  /** What befalls a connection before it becomes a socket. */
  socketFault(): SocketFault | null {
    return this.#faults.socketFault();
  }

  /** Refuses every connection for the next `ms`. */
  refuse(ms: number): void {
    this.#faults.refuse(ms);
  }

  get refusing(): boolean {
    return this.#faults.refusing;
  }

  /** Leaves heartbeats without an answer for the next `ms`, as a half-dead connection does. */
  ignoreHeartbeats(ms: number): void {
    this.#faults.ignoreHeartbeats(ms);
  }

  /** An outage of the guild at Discord: until it ends the guild is unavailable, also to a bot that logs in meanwhile. */
  guildOutage(isOut: boolean): void {
    this.#isGuildOut = isOut;
    const { id } = this.#guild;
    for (const session of this.#sessions.all()) {
      if (!session.hears(id)) continue;
      if (isOut) session.dispatch('GUILD_DELETE', { id, unavailable: true });
      else session.dispatch('GUILD_CREATE', renderGuildCreate(this.#guild));
    }
  }

  /** Hangs up on every bot with a close code: 4000 asks for a resume, 4004 and 4010 to 4014 are final for the client. */
  closeAll(code = 4000): void {
    for (const { socket } of this.#connections) socket.close(code, 'closed by the backlot');
  }

  /** Cuts every bot's connection without a close code, as a broken network does. */
  cutAll(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Forgets all sessions: a bot that resumes is told that its session is invalid. */
  forgetSessions(): void {
    this.#sessions.clear();
  }

  accept(socket: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '/', 'http://backlot').searchParams;
    const connection = new Connection(socket, query.get('compress') === 'zlib-stream');
    this.#connections.add(connection);
    socket.on('message', (data: Buffer) => this.#receive(connection, data.toString()));
    socket.on('close', (code) => this.#lose(connection, code));
    if (this.#faults.befalls('no hello')) return;
    connection.sendFrame(Op.Hello, { heartbeat_interval: this.#options.heartbeatMs, _trace: [] });
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.cutAll();
  }

  #receive(connection: Connection, text: string): void {
    const frame = jsonFrame(text) as Frame | null;
    if (frame === null) {
      connection.socket.close(CLOSE.decodeError, 'Error while decoding payload.');
      return;
    }
    const { session, socket } = connection;
    switch (frame.op) {
      case Op.Heartbeat:
        if (this.#faults.hearsHeartbeats) connection.sendFrame(Op.HeartbeatAck, null);
        return;
      case Op.Identify:
        this.#identify(connection, asObject(frame.d));
        return;
      case Op.Resume:
        this.#resume(connection, asObject(frame.d));
        return;
      case Op.RequestGuildMembers:
        if (session === undefined) socket.close(CLOSE.notAuthenticated, 'Not authenticated.');
        else session.dispatch('GUILD_MEMBERS_CHUNK', membersChunk(this.#guild, asObject(frame.d)));
        return;
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
        if (session === undefined) socket.close(CLOSE.notAuthenticated, 'Not authenticated.');
        return;
      default:
        socket.close(CLOSE.unknownOpcode, 'Unknown opcode.');
    }
  }

  #identify(connection: Connection, d: Record<string, unknown>): void {
    const { socket } = connection;
    if (connection.session !== undefined)
      return socket.close(CLOSE.alreadyAuthenticated, 'Already authenticated.');
    if (d['token'] !== this.#guild.record.token)
      return socket.close(CLOSE.authenticationFailed, 'Authentication failed.');
    const { intents, shard } = d;
    if (typeof intents !== 'number' || (intents & ~ALL_INTENTS) !== 0) {
      return socket.close(CLOSE.invalidIntents, 'Invalid intent(s).');
    }
    if ((intents & PRIVILEGED & ~this.#options.privilegedIntents) !== 0) {
      return socket.close(CLOSE.disallowedIntents, 'Disallowed intent(s).');
    }
    this.#identifiesLeft = Math.max(0, this.#identifiesLeft - 1);
    if (this.#faults.befalls('no ready')) return undefined;
    const session = new Session(randomBytes(16).toString('hex'), intents, connection, shard);
    this.#sessions.add(session);
    connection.session = session;
    const seen = this.#guilds.filter((guild) => guild.hasBot && session.hears(guild.id));
    session.dispatch('READY', readyPayload(this.#guild, session.id, seen, shard));
    if ((intents & GatewayIntentBits.Guilds) !== 0) {
      const isOut = (guild: Guild): boolean => guild === this.#guild && this.#isGuildOut;
      for (const guild of seen) if (!isOut(guild)) session.dispatch('GUILD_CREATE', renderGuildCreate(guild));
    }
    this.#announce();
  }

  #resume(connection: Connection, d: Record<string, unknown>): void {
    if (d['token'] !== this.#guild.record.token) {
      return connection.socket.close(CLOSE.authenticationFailed, 'Authentication failed.');
    }
    const session = this.#sessions.find(String(d['session_id']));
    const seen = Number(d['seq']);
    if (session === undefined || seen + 1 < session.firstKept) {
      connection.sendFrame(Op.InvalidSession, false);
      return undefined;
    }
    if (!(seen <= session.sequence)) return connection.socket.close(CLOSE.invalidSequence, 'Invalid seq.');
    session.connection?.socket.terminate();
    if (this.#faults.befalls('no ready')) return undefined;
    connection.session = session;
    session.replay(connection, seen);
    session.dispatch('RESUMED', { _trace: [] });
    this.#announce();
    return undefined;
  }

  #lose(connection: Connection, code: number): void {
    this.#connections.delete(connection);
    const { session } = connection;
    if (session?.connection !== connection) return;
    this.#sessions.lose(session, code === CLOSE.normal || code === CLOSE.goingAway);
    this.#announce();
  }

  #tell(guild: Guild, event: GuildEvent): void {
    if (event.audience === 'pages' || event.onlyFor !== undefined) return;
    if (!guild.hasBot && event.t !== 'GUILD_DELETE') return;
    const { channelId } = event;
    if (channelId !== undefined) {
      const channel = guild.record.channels.find((each) => each.id === channelId);
      if (channel === undefined || !canView(guild, guild.botId, channel)) return;
    }
    for (const session of this.#sessions.all()) {
      if (!session.hears(guild.id)) continue;
      if (event.intents !== 0 && (session.intents & event.intents) === 0) continue;
      session.dispatch(event.t, visibleTo(session, guild, event));
    }
  }

  #announce(): void {
    for (const watcher of this.#watchers) watcher(this.online);
  }
}

/** The event's payload as this session's intents let it be seen. */
function visibleTo({ intents }: Session, guild: Guild, { t, d }: GuildEvent): unknown {
  return t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE' ? withoutContent(guild, d, intents) : d;
}
