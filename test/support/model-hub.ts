/** A small model hub on loopback: one file, ranges, a redirect to a store, and faults on request. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HubFaults {
  /** Answer with this status and no file. */
  status?: number;
  /** Break the connection after so many bytes of the body, for the next so many answers. */
  cutAfterBytes?: number;
  cuts?: number;
  /** Send so many bytes, then nothing. */
  stallAfterBytes?: number;
  ignoresRange?: boolean;
  /** The body, but not the one that the hub states. */
  body?: Buffer;
  /** States sum and sends the file from another path, as the real hub does. */
  redirects?: boolean;
  noTag?: boolean;
  contentType?: string;
}

export interface Hub {
  base: string;
  faults: HubFaults;
  requests: IncomingMessage[];
  close(): Promise<void>;
}

/** A body that begins as a GGUF file does. */
export function ggufBytes(length: number): Buffer {
  const body = Buffer.alloc(length, 'open outcry ');
  body.write('GGUF', 0, 'latin1');
  return body;
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export async function openHub(file: Buffer, faults: HubFaults = {}): Promise<Hub> {
  const requests: IncomingMessage[] = [];
  const hub: Hub = { base: '', faults, requests, close };
  const server = createServer((request, response) => {
    requests.push(request);
    answer(hub.faults, file, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hub.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return hub;

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function answer(faults: HubFaults, file: Buffer, request: IncomingMessage, response: ServerResponse): void {
  if (faults.status !== undefined) {
    response.writeHead(faults.status).end('no');
    return;
  }
  if (faults.redirects && !request.url?.startsWith('/store')) {
    response.writeHead(302, { location: '/store/file?signed=1', 'x-linked-etag': `"${sha256(file)}"` }).end();
    return;
  }
  const body = faults.body ?? file;
  const tag = `"${sha256(body).slice(0, 12)}"`;
  const from = rangeStart(faults, request, tag);
  const rest = body.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': rest.length,
    'content-type': faults.contentType ?? 'application/octet-stream',
    ...(from > 0 ? { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}),
    ...(faults.noTag ? {} : { etag: tag }),
  });
  if (faults.stallAfterBytes !== undefined) {
    response.write(rest.subarray(0, faults.stallAfterBytes));
  } else if (faults.cutAfterBytes !== undefined && (faults.cuts ?? 1) > 0) {
    faults.cuts = (faults.cuts ?? 1) - 1;
    response.write(rest.subarray(0, faults.cutAfterBytes), () => setTimeout(() => response.destroy(), 20));
  } else {
    response.end(rest);
  }
}

function rangeStart(faults: HubFaults, request: IncomingMessage, tag: string): number {
  const start = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  if (start === undefined || faults.ignoresRange) return 0;
  const condition = request.headers['if-range'];
  return condition === undefined || condition === tag ? Number(start) : 0;
}
