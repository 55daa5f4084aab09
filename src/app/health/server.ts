/** `GET /healthz` and `GET /metrics`, for this machine only: whoever watches the service asks there. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '#show/ports/clock.ts';
import { errorText, rootCode } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';
import { healthOf, type HealthSources } from './health.ts';
import { Metrics } from './metrics.ts';

const LOOPBACK = '127.0.0.1';
/** A page in the user's browser may have its own name lead here: it is told nothing. */
const OWN_NAMES = new Set(['127.0.0.1', 'localhost']);
const JSON_TYPE = 'application/json; charset=utf-8';

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** Rejects with InputError when the port cannot be had. 0: any free port. */
export async function openHealthServer(
  port: number,
  sources: HealthSources,
  log: Log,
): Promise<HealthServer> {
  const metrics = new Metrics(sources);
  const server = createServer((request, response) => {
    answer(request, response, sources, metrics).catch((error: unknown) => {
      log.error({ error: errorText(error) }, 'the health of the program could not be told');
      if (!response.headersSent) send(response, 500, JSON_TYPE, '{"ok":false}\n');
    });
  });
  // A connection that is kept open would hold up the end of the program.
  server.keepAliveTimeout = 1;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new InputError(
          `The health check cannot be served on port ${port} of this machine (${rootCode(error)}); name another with --health-port or HEALTH_PORT.`,
          { cause: error },
        ),
      ),
    );
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  sources: HealthSources,
  metrics: Metrics,
): Promise<void> {
  const host = (request.headers.host ?? '').replace(/:\d+$/u, '');
  if (!OWN_NAMES.has(host)) return send(response, 403, JSON_TYPE, '{"error":"this machine only"}\n');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(response, 405, JSON_TYPE, '{"error":"GET only"}\n');
  switch (new URL(request.url ?? '/', 'http://localhost').pathname) {
    case '/healthz': {
      const health = await healthOf(sources);
      return send(response, health.ok ? 200 : 503, JSON_TYPE, `${JSON.stringify(health)}\n`);
    }
    case '/metrics':
      return send(response, 200, metrics.contentType, await metrics.text());
    default:
      return send(response, 404, JSON_TYPE, '{"error":"ask for /healthz or /metrics"}\n');
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
