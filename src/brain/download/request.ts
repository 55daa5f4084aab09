/**
 * Asks a model hub for a file, or for the rest of one. Redirects are followed by hand: the hub states the file's sha256
 * on its redirect only, the store behind it may state nothing, and the token must not travel to another host.
 */
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { fromNetwork, fromStatus, ModelFetchError } from './error.ts';
import { agentFor, proxyFault, type ProxyEnv } from './proxy.ts';

/** What the server said of the file when it was asked first: whether a later answer is about the same file. */
export interface Origin {
  /** sha256 that the hub states for the file. */
  sum: string | null;
  /** A strong entity tag. */
  etag: string | null;
}

export interface Asked {
  url: URL;
  /** Where the file is to go; for error lines. */
  file: string;
  /** Bytes that are there already. */
  have: number;
  /** Of those bytes; null when unknown. */
  origin: Origin | null;
  /** The catalog knows the file's sum: a wrong continuation would be found. */
  pinned: boolean;
  token: string | null;
  signal: AbortSignal;
  /** Where proxies are named. */
  env: ProxyEnv;
}

export interface Opened {
  /** Null when nothing is left to come. */
  body: AsyncIterable<Uint8Array> | null;
  /** Where in the file the body begins: 0 or `have`. */
  from: number;
  totalBytes: number | null;
  origin: Origin;
}

const REDIRECTS_MAX = 6;

/** Throws ModelFetchError for every answer that is no file. */
export async function openDownload(asked: Asked): Promise<Opened> {
  let url = asked.url;
  let sum: string | null = null;
  for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
    const range = rangeHeaders(asked, sum);
    const response = await ask(url, asked, range);
    sum ??= statedSum(response.headers);
    const { location } = response.headers;
    const { statusCode = 0 } = response;
    if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
      response.destroy();
      url = new URL(location, url);
      continue;
    }
    return await opened(response, url, asked, sum);
  }
  throw new ModelFetchError(
    'server',
    asked.url.host,
    'redirects without end',
    'set MODEL_MIRROR to another mirror',
  );
}

async function ask(
  url: URL,
  { token, signal, file, url: first, env }: Asked,
  range: Record<string, string>,
): Promise<IncomingMessage> {
  const authorization: Record<string, string> =
    token !== null && url.origin === first.origin ? { authorization: `Bearer ${token}` } : {};
  const agent = agentFor(url, env);
  try {
    return await new Promise((resolve, reject) => {
      const { request } = url.protocol === 'https:' ? https : http;
      // Lengths and ranges must be the file's own, not those of a compressed copy.
      const headers = { 'accept-encoding': 'identity', ...range, ...authorization };
      request(url, { agent, headers, signal }, resolve).on('error', reject).end();
    });
  } catch (error) {
    throw signal.aborted ? error : (proxyFault(error, url, env) ?? fromNetwork(error, url, file));
  }
}

async function opened(
  response: IncomingMessage,
  url: URL,
  asked: Asked,
  sum: string | null,
): Promise<Opened> {
  const { headers, statusCode: status = 0 } = response;
  const { etag } = headers;
  const origin: Origin = { sum, etag: etag?.startsWith('"') ? etag : null };
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  const rangeTotal = range?.[2] === undefined || range[2] === '*' ? null : Number(range[2]);
  if (status === 206 && Number(range?.[1]) === asked.have) {
    return { body: response, from: asked.have, totalBytes: rangeTotal, origin };
  }
  if ((status === 416 || status === 206) && asked.have > 0) {
    response.destroy();
    if (rangeTotal === asked.have) return { body: null, from: asked.have, totalBytes: rangeTotal, origin };
    return await openDownload({ ...asked, have: 0 });
  }
  if (status === 200) {
    if (headers['content-type']?.startsWith('text/html')) {
      response.destroy();
      throw new ModelFetchError(
        'wrong_file',
        url.host,
        'sent a web page instead of the file',
        'log in to your network if it asks for that, or check MODEL_MIRROR',
      );
    }
    const length = headers['content-length'];
    return { body: response, from: 0, totalBytes: length === undefined ? null : Number(length), origin };
  }
  response.destroy();
  throw fromStatus(status, url, asked.file);
}

/** Asks for the rest only where it is sure, or will be checked, that the rest belongs to what is there. */
function rangeHeaders({ have, origin, pinned }: Asked, sum: string | null): Record<string, string> {
  if (have === 0) return {};
  const range = `bytes=${have}-`;
  if (sum !== null && origin?.sum) return sum === origin.sum ? { range } : {};
  if (origin?.etag) return { range, 'if-range': origin.etag };
  return pinned ? { range } : {};
}

function statedSum(headers: IncomingHttpHeaders): string | null {
  return /^"?([0-9a-f]{64})"?$/.exec(String(headers['x-linked-etag'] ?? ''))?.[1] ?? null;
}
