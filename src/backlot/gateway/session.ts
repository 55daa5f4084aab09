import { createDeflate, constants as zlib, type Deflate } from 'node:zlib';
import type { WebSocket } from 'ws';
import { GatewayOpcodes as Op } from 'discord-api-types/v10';

/** At most this many events can be sent again after a resume. */
const REPLAY_EVENTS = 1000;

/** One bot's socket. */
export class Connection {
  readonly socket: WebSocket;
  session: Session | undefined;
  readonly #deflate: Deflate | undefined;

  constructor(socket: WebSocket, isCompressed: boolean) {
    this.socket = socket;
    if (!isCompressed) return;
    // zlib-stream: one deflate stream for the whole connection, flushed after each frame.
    this.#deflate = createDeflate();
    this.#deflate.on('data', (chunk: Buffer) => socket.send(chunk));
  }

  send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.#deflate === undefined) {
      this.socket.send(text);
      return;
    }
    this.#deflate.write(text);
    this.#deflate.flush(zlib.Z_SYNC_FLUSH);
  }

  sendFrame(op: Op, d: unknown): void {
    this.send(JSON.stringify({ op, d, s: null, t: null }));
  }
}

/** One login of a bot, and the events that it is sent over one connection after another. */
export class Session {
  readonly id: string;
  readonly intents: number;
  /** `[id, count]`, as the bot gave it: which share of the guilds the session hears of. */
  readonly #shard: unknown;
  connection: Connection | undefined;
  lostAtMs = 0;
  #sequence = 0;
  /** The events sent last, oldest first. */
  readonly #sent: { sequence: number; text: string }[] = [];

  constructor(id: string, intents: number, connection: Connection, shard: unknown) {
    this.id = id;
    this.intents = intents;
    this.#shard = shard;
    this.connection = connection;
  }

  /** Whether it hears of this guild. Without a shard it hears of all. */
  hears(guildId: string): boolean {
    const [id, count]: unknown[] = Array.isArray(this.#shard) ? this.#shard : [0, 1];
    if (!Number.isSafeInteger(id) || !Number.isSafeInteger(count) || Number(count) < 1) return true;
    return (BigInt(guildId) >> 22n) % BigInt(Number(count)) === BigInt(Number(id));
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** The oldest event that can still be sent again. */
  get firstKept(): number {
    return this.#sent[0]?.sequence ?? 0;
  }

  /** Sends an event, or keeps it for a resume while nobody is connected. */
  dispatch(t: string, d: unknown): void {
    this.#sequence += 1;
    const text = JSON.stringify({ op: Op.Dispatch, t, s: this.#sequence, d });
    this.#sent.push({ sequence: this.#sequence, text });
    if (this.#sent.length > REPLAY_EVENTS) this.#sent.shift();
    this.connection?.send(text);
  }

  /** Goes on over another connection, which first gets all events after `seen` again. */
  replay(connection: Connection, seen: number): void {
    this.connection = connection;
    for (const { sequence, text } of this.#sent) if (sequence > seen) connection.send(text);
  }
}
