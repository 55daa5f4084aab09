/**
 * One request and its answer. It is tried again only where the server cannot have begun to think: it refused the connection,
 * dropped it before it answered, or said that it is busy. Never after a timeout.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCode } from '#lib/error-text.ts';
import type { Address } from './address.ts';

export interface Reply {
  status: number;
  /** The body, or its beginning if it was longer than the limit. */
  text: string;
  /** False when the text was cut at the limit. */
  whole: boolean;
}

export interface Sending {
  address: Address;
  url: string;
  /** Posted as JSON; without it the request is a GET. */
  body?: object;
  signal: AbortSignal;
  /** By `performance.now()`: how long to wait for a busy server; 0 for not at all. */
  deadlineMs: number;
  /** Bytes of the answer that are read; the connection is dropped there. */
  bytesMax?: number;
  /** Called before each wait for a busy server. */
  onBusy?: (() => void) | undefined;
}

/** The server could not be reached, or broke off. `code` is the socket's error code, or ''. */
export class NoAnswer extends Error {
  readonly code: string;
  constructor(code: string, problem: string) {
    super(problem);
    this.name = 'NoAnswer';
    this.code = code;
  }
}

/** A decision has a few hundred bytes. Whatever a server sends beyond this limit is not read. */
export const ANSWER_BYTES_MAX = 64 * 1_024;

const RECONNECTS_MAX = 3;
const RECONNECT_AFTER_MS = 150;
/** How often a server that counts requests is asked again. */
const BUSY_MAX = 8;
const BUSY_WAIT_MS = 1_000;
/** A server that asks for no wait at all would be asked in a tight loop. */
const BUSY_WAIT_MIN_MS = 100;
const NOT_BEGUN = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Rejects with NoAnswer, or with an abort when the signal aborts. Any status is an answer. */
export async function send(sending: Sending): Promise<Reply> {
  let reconnects = 0;
  let busy = 0;
  for (;;) {
    const { signal, bytesMax = ANSWER_BYTES_MAX } = sending;
    const started = await start(sending);
    if (started instanceof NoAnswer) {
      if (!NOT_BEGUN.has(started.code) || reconnects === RECONNECTS_MAX) throw started;
      await sleep(RECONNECT_AFTER_MS * 2 ** reconnects++, undefined, { signal });
      continue;
    }
    const reply = await finish(started, signal, bytesMax);
    const waitMs = waitMsFor(started);
    if (waitMs === null || busy === BUSY_MAX || performance.now() + waitMs >= sending.deadlineMs)
      return reply;
    sending.onBusy?.();
    // A server that is loading its model says 503, and is waited for as long as there is time.
    if (reply.status === 429) busy += 1;
    await sleep(waitMs, undefined, { signal });
  }
}

async function start({ address, url, body, signal }: Sending): Promise<Response | NoAnswer> {
  try {
    return await fetch(url, {
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...address.headers,
      },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      // The key goes to the server that it was given for, and nowhere else.
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    return noAnswer(error, 'cannot be reached');
  }
}

async function finish(response: Response, signal: AbortSignal, bytesMax: number): Promise<Reply> {
  try {
    const location = response.headers.get('location');
    const { text, whole } = await readUpTo(response, bytesMax);
    return { status: response.status, text: location === null ? text : `redirects to ${location}`, whole };
  } catch (error) {
    if (signal.aborted) throw error;
    throw noAnswer(error, 'broke off in the middle of an answer');
  }
}

async function readUpTo(response: Response, bytesMax: number): Promise<{ text: string; whole: boolean }> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early drops the connection.
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > bytesMax) break;
  }
  const text = Buffer.concat(chunks).subarray(0, bytesMax).toString('utf8');
  return { text, whole: bytes <= bytesMax };
}

function noAnswer(error: unknown, problem: string): NoAnswer {
  const code = rootCode(error);
  return new NoAnswer(code, code === '' ? problem : `${problem} (${code})`);
}

/** Null when the server is not busy. */
function waitMsFor({ status, headers }: Response): number | null {
  if (status !== 429 && status !== 503) return null;
  return Math.max(BUSY_WAIT_MIN_MS, askedToWaitMs(headers.get('retry-after') ?? '') ?? BUSY_WAIT_MS);
}

/** Null where it does not say how long. */
function askedToWaitMs(after: string): number | null {
  if (after === '') return null;
  const seconds = Number(after);
  if (Number.isFinite(seconds)) return seconds * 1_000;
  const untilMs = Date.parse(after);
  return Number.isNaN(untilMs) ? null : untilMs - Date.now();
}
