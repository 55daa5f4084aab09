import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { GatewayIntentBits, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { ALL_INTENTS, CLOSE, PRIVILEGED } from './gateway-codes.ts';
import { Connection, Session } from './gateway-session.ts';
import type { GuildEvent } from './guild/events.ts';
import type { Guild } from './guild/guild.ts';
import { asObject, withoutContent } from './guild/hidden-content.ts';
import { canView } from './guild/permissions.ts';
import { membersChunk } from './guild/members-chunk.ts';
import { renderGuildCreate } from './guild/render.ts';
import type { Fault } from './rest/faults.ts';
import type { SocketFault } from './web-server.ts';

/** A lost session can be resumed for this long. */
const RESUMABLE_MS = 5 * 60_000;
const IDENTIFIES_PER_DAY = 1000;
/** How the gateway fails: before there is a socket, or by keeping silent on it. */
export type GatewayFault = SocketFault | 'no hello' | 'no ready';

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

/** The gateway: who is connected, what they are told, and what they missed while they were away. */
export class Gateway {
  readonly #guild: Guild;
  readonly #guilds: readonly Guild[];
  readonly #options: GatewayOptions;
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, Session>();
  readonly #unsubscribe: (() => void)[];
  readonly #watchers = new Set<(online: boolean) => void>();
  #identifiesLeft = IDENTIFIES_PER_DAY;
  #refusedUntilMs = 0;
  #muteUntilMs = 0;
  #isGuildOut = false;
  #fault: (Fault & { how: GatewayFault; hits: number }) | null = null;

  /** `neighbours`: further guilds with the same bot. */
  constructor(guild: Guild, options: GatewayOptions, neighbours: readonly Guild[] = []) {
    this.#guild = guild;
    this.#guilds = [guild, ...neighbours];
    this.#options = options;
    this.#unsubscribe = this.#guilds.map((each) => each.subscribe((event) => this.#tell(each, event)));
  }

  get online(): boolean {
    return [...this.#sessions.values()].some(({ connection }) => connection !== undefined);
  }

  /** A bot is connected, or may yet come back to its session. */
  get hasSession(): boolean {
    this.#forgetLost();
    return this.#sessions.size > 0;
  }

  /** How many times a bot has identified itself (a resume does not count). */
  get identifies(): number {
    return IDENTIFIES_PER_DAY - this.#identifiesLeft;
  }

  /** From now on every new connection goes wrong in this way, while the rest of the API works. The latest counts. */
  misbehave(how: GatewayFault): Fault {
    const fault = { how, hits: 0, stop: () => void (this.#fault = null) };
    this.#fault = fault;
    return fault;
  }

  /** What befalls a line before it becomes a socket. */
  socketFault(): SocketFault | null {
    const how = this.#fault?.how ?? null;
    return how === null || how === 'no hello' || how === 'no ready' || !this.#befalls(how) ? null : how;
  }

  #befalls(how: GatewayFault): boolean {
    if (this.#fault?.how !== how) return false;
    this.#fault.hits += 1;
    return true;
  }

  /** An outage of the guild at Discord: it is unavailable until it ends, also to whoever logs in meanwhile. */
  guildOutage(isOut: boolean): void {
    this.#isGuildOut = isOut;
    const { id } = this.#guild;
    for (const session of this.#sessions.values()) {
      if (!session.hears(id)) continue;
      if (isOut) session.dispatch('GUILD_DELETE', { id, unavailable: true });
      else session.dispatch('GUILD_CREATE', renderGuildCreate(this.#guild));
    }
  }

  /** How many sockets are open. */
  get connections(): number {
    return this.#connections.size;
  }

  onOnlineChange(watcher: (online: boolean) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Hangs up on every bot with a close code: 4000 asks for a resume, 4004 and 4010 to 4014 are final for the client. */
  closeAll(code = 4000): void {
    for (const { socket } of this.#connections) socket.close(code, 'closed by the backlot');
  }

  /** Cuts every bot's connection without a word, as a broken network does. */
  cutAll(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Turns away whoever connects within the next `ms`. */
  refuse(ms: number): void {
    this.#refusedUntilMs = Date.now() + ms;
  }

  /** Leaves heartbeats without an answer for the next `ms`, as a half-dead connection does. */
  ignoreHeartbeats(ms: number): void {
    this.#muteUntilMs = Date.now() + ms;
  }

  /** Forgets all sessions: whoever resumes is told that the session is invalid. */
  forgetSessions(): void {
    this.#sessions.clear();
  }

  get refusing(): boolean {
    return Date.now() < this.#refusedUntilMs;
  }

  sessionStartLimit(): object {
    return {
      total: IDENTIFIES_PER_DAY,
      remaining: this.#identifiesLeft,
      reset_after: 86_400_000,
      max_concurrency: 1,
    };
  }

  /** Pretends that the bot has used up its logins but for this many. */
  setIdentifiesLeft(left: number): void {
    this.#identifiesLeft = left;
  }

  accept(socket: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '/', 'http://backlot').searchParams;
    const connection = new Connection(socket, query.get('compress') === 'zlib-stream');
    this.#connections.add(connection);
    socket.on('message', (data: Buffer) => this.#receive(connection, data.toString()));
    // A socket that fails also closes; the session then waits for a resume.
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => this.#lose(connection, code));
    if (this.#befalls('no hello')) return;
    connection.sendFrame(Op.Hello, { heartbeat_interval: this.#options.heartbeatMs, _trace: [] });
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const { socket } of this.#connections) socket.terminate();
  }

  #receive(connection: Connection, text: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      connection.socket.close(CLOSE.decodeError, 'Error while decoding payload.');
      return;
    }
    switch (frame.op) {
      case Op.Heartbeat:
        if (Date.now() >= this.#muteUntilMs) connection.sendFrame(Op.HeartbeatAck, null);
        return;
      case Op.Identify:
        this.#identify(connection, asObject(frame.d));
        return;
      case Op.Resume:
        this.#resume(connection, asObject(frame.d));
        return;
      case Op.RequestGuildMembers:
        if (connection.session === undefined)
          connection.socket.close(CLOSE.notAuthenticated, 'Not authenticated.');
        else connection.session.dispatch('GUILD_MEMBERS_CHUNK', membersChunk(this.#guild, asObject(frame.d)));
        return;
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
        if (connection.session === undefined)
          connection.socket.close(CLOSE.notAuthenticated, 'Not authenticated.');
        return;
      default:
        connection.socket.close(CLOSE.unknownOpcode, 'Unknown opcode.');
    }
  }

  #identify(connection: Connection, d: Record<string, unknown>): void {
    const { socket } = connection;
    if (connection.session !== undefined)
      return socket.close(CLOSE.alreadyAuthenticated, 'Already authenticated.');
    if (d['token'] !== this.#guild.record.token)
      return socket.close(CLOSE.authenticationFailed, 'Authentication failed.');
    const intents = d['intents'];
    if (typeof intents !== 'number' || (intents & ~ALL_INTENTS) !== 0) {
      return socket.close(CLOSE.invalidIntents, 'Invalid intent(s).');
    }
    if ((intents & PRIVILEGED & ~this.#options.privilegedIntents) !== 0) {
      return socket.close(CLOSE.disallowedIntents, 'Disallowed intent(s).');
    }
    this.#identifiesLeft = Math.max(0, this.#identifiesLeft - 1);
    if (this.#befalls('no ready')) return undefined;
    const session = new Session(randomBytes(16).toString('hex'), intents, connection, d['shard']);
    const seen = this.#guilds.filter((guild) => guild.hasBot && session.hears(guild.id));
    this.#sessions.set(session.id, session);
    connection.session = session;
    const { record } = this.#guild;
    session.dispatch('READY', {
      v: 10,
      user: { ...record.bot, verified: true, mfa_enabled: false, email: null },
      guilds: seen.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: `${record.baseUrl.replace('http', 'ws')}/gateway`,
      application: { id: record.application.id, flags: 0 },
      private_channels: [],
      relationships: [],
      presences: [],
      user_settings: {},
      geo_ordered_rtc_regions: [],
      shard: d['shard'] ?? [0, 1],
      _trace: [],
    });
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
    this.#forgetLost();
    const session = this.#sessions.get(String(d['session_id']));
    const seen = Number(d['seq']);
    if (session === undefined || seen + 1 < session.firstKept) {
      connection.sendFrame(Op.InvalidSession, false);
      return undefined;
    }
    if (!(seen <= session.sequence)) return connection.socket.close(CLOSE.invalidSequence, 'Invalid seq.');
    session.connection?.socket.terminate();
    if (this.#befalls('no ready')) return undefined;
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
    session.connection = undefined;
    session.lostAtMs = Date.now();
    if (code === CLOSE.normal || code === CLOSE.goingAway) this.#sessions.delete(session.id);
    this.#announce();
  }

  #forgetLost(): void {
    for (const [id, { connection, lostAtMs }] of this.#sessions) {
      if (connection === undefined && Date.now() - lostAtMs > RESUMABLE_MS) this.#sessions.delete(id);
    }
  }

  #tell(guild: Guild, event: GuildEvent): void {
    if (event.audience === 'pages' || event.onlyFor !== undefined) return;
    if (!guild.hasBot && event.t !== 'GUILD_DELETE') return;
    this.#forgetLost();
    const { channelId } = event;
    if (channelId !== undefined) {
      const channel = guild.record.channels.find((each) => each.id === channelId);
      if (channel === undefined || !canView(guild, guild.botId, channel)) return;
    }
    for (const session of this.#sessions.values()) {
      if (!session.hears(guild.id)) continue;
      if (event.intents !== 0 && (session.intents & event.intents) === 0) continue;
      session.dispatch(event.t, this.#visible(guild, session, event));
    }
  }

  #visible(guild: Guild, session: Session, event: GuildEvent): unknown {
    if (!event.t.startsWith('MESSAGE_CREATE') && !event.t.startsWith('MESSAGE_UPDATE')) return event.d;
    return withoutContent(guild, event.d, session.intents);
  }

  #announce(): void {
    for (const watcher of this.#watchers) watcher(this.online);
  }
}
