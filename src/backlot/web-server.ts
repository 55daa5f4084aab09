import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { BacklotError, systemCode } from './backlot-error.ts';

const HOSTS = ['127.0.0.1', 'localhost'];

export interface WebHandlers {
  request(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** What to do with a socket at this path; undefined refuses it. */
  socket(request: IncomingMessage, path: string): ((socket: WebSocket) => void) | undefined;
  /** What goes wrong with sockets at this path. */
  socketFault(path: string): SocketFault | null;
}

/** A status refuses the socket, `reset` cuts the connection, `unanswered` leaves the client without an answer. */
export type SocketFault = number | 'reset' | 'unanswered';

/** The one port that everything of a backlot is served on. Only this machine can reach it. */
export class WebServer {
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  /** Connections that were to become sockets and are left without an answer. */
  readonly #unanswered = new Set<Duplex>();
  #port = 0;

  constructor() {
    this.#server = createServer();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Throws a `BacklotError` when the port is taken or refused. */
  async listen(port: number): Promise<void> {
    this.#server.listen({ port, host: '127.0.0.1' });
    try {
      await once(this.#server, 'listening');
    } catch (cause) {
      throw refusedPort(port, cause);
    }
    const address = this.#server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  serve(handlers: WebHandlers): void {
    this.#server.on('request', (request, response) => void this.#handle(handlers, request, response));
    this.#server.on('upgrade', (request, stream, head) => this.#upgrade(handlers, request, stream, head));
  }

  /** Cuts every connection and refuses new ones, until `plugIn`. */
  async unplug(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    for (const stream of this.#unanswered) stream.destroy();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Listens on the same port again. Throws when another has taken it. */
  async plugIn(): Promise<void> {
    if (!this.#server.listening) await this.listen(this.#port);
  }

  async close(): Promise<void> {
    await this.unplug();
  }

  async #handle(handlers: WebHandlers, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#isOurs(request)) {
      response
        .writeHead(403, { 'content-type': 'text/plain' })
        .end('Only pages of the backlot itself may ask.');
      return;
    }
    if (this.#pathOf(request) === null) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('That is no address.');
      return;
    }
    try {
      await handlers.request(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    }
  }

  #upgrade(handlers: WebHandlers, request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // A client that goes away meanwhile is no error here.
    stream.on('error', () => stream.destroy());
    if (!this.#isOurs(request)) {
      refuse(stream, '403 Forbidden');
      return;
    }
    const path = this.#pathOf(request);
    if (path === null) {
      refuse(stream, '400 Bad Request');
      return;
    }
    const fault = handlers.socketFault(path);
    if (fault !== null) {
      this.#fail(stream, fault);
      return;
    }
    const accept = handlers.socket(request, path);
    if (accept === undefined) {
      refuse(stream, '403 Forbidden');
      return;
    }
    this.#sockets.handleUpgrade(request, stream, head, (socket) => {
      // A frame that breaks the protocol ends its own connection, and no more.
      socket.on('error', () => socket.terminate());
      accept(socket);
    });
  }

  #fail(stream: Duplex, fault: SocketFault): void {
    if (typeof fault === 'number') {
      refuse(stream, `${fault} Refused`);
    } else if (fault === 'unanswered') {
      this.#unanswered.add(stream);
      stream.on('close', () => this.#unanswered.delete(stream));
    } else if (stream instanceof Socket) {
      stream.resetAndDestroy();
    } else {
      stream.destroy();
    }
  }

  /** Null where the request names no address, such as `//[`. */
  #pathOf({ url = '/' }: IncomingMessage): string | null {
    return URL.parse(url, this.url)?.pathname ?? null;
  }

  /**
   * A web page elsewhere could send requests to this machine, under its own name (its Origin) or, with a name that it
   * makes point here, as if it were ours (a foreign Host). Neither may drive the backlot.
   */
  #isOurs({ headers }: IncomingMessage): boolean {
    const ours = HOSTS.map((host) => `${host}:${this.#port}`);
    const { host, origin } = headers;
    if (host === undefined || !ours.includes(host)) return false;
    return origin === undefined || ours.some((each) => origin === `http://${each}`);
  }
}

function refusedPort(port: number, cause: unknown): BacklotError {
  const isTaken = systemCode(cause) === 'EADDRINUSE';
  const why = isTaken
    ? 'the port is taken. Is another backlot running?'
    : `${cause instanceof Error ? cause.message : String(cause)}.`;
  const message = `The backlot cannot listen on 127.0.0.1:${port}: ${why} Choose another port, or 0 for any free one.`;
  return new BacklotError(isTaken ? 'portTaken' : 'portRefused', message, { cause });
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}
