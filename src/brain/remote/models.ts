/** The first question to a server: is it there, may the show ask it, and which models does it have? */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Log } from '#show/ports/clock.ts';
import { RemoteBrainError, type Address } from './address.ts';
import { mayNameSetting } from './dialect.ts';
import { isMissing, lastingRefusal, type Refusal } from './refusal.ts';
import { shown } from '../free-text.ts';
import { wordsOf } from './reply.ts';
import { NoAnswer, send, type Reply } from './send.ts';

/** Which model to ask and where, as far as the server's list of models tells. */
export interface Choice {
  /** Where the API may lie: the one place where the list was found, or all that the address allows. */
  bases: readonly string[];
  model: string;
  /** The server lists no model and nobody set one: `model` is a name that such a server accepts. */
  modelIsGuessed: boolean;
}

export type Chosen =
  | { kind: 'chosen'; choice: Choice }
  /** A refusal: asking again will not help, or not soon. */
  | { kind: 'refused'; refusal: Refusal };

export interface Waiting {
  waitMs: number;
  closing: AbortSignal;
  log: Log;
}

/** For a server that lists no models: one that has a single model accepts any name. */
export const ANY_MODEL = 'default';
/** Large, because hubs list hundreds of models. */
const LIST_BYTES_MAX = 4 * 1_024 * 1_024;
/** How many models an error names. */
const NAMED_MAX = 12;
const LOADING_POLL_MS = 500;

const namedSchema = z
  .object({ id: z.string() })
  .or(z.object({ model: z.string() }).transform(({ model }) => ({ id: model })))
  .or(z.object({ name: z.string() }).transform(({ name }) => ({ id: name })));
const modelsSchema = z.array(namedSchema);
/** OpenAI's shape, Ollama's shape, or the bare list. */
const listSchema = z
  .object({ data: modelsSchema })
  .transform(({ data }) => data)
  .or(z.object({ models: modelsSchema }).transform(({ models }) => models))
  .or(modelsSchema);

/**
 * Waits while the server is loading its model. Rejects with RemoteBrainError when nothing answers, and when the server has several
 * models and none was named. A list that is missing, empty or closed to this key does not stop the show: the first question finds
 * out whether the server answers.
 */
export async function chooseModel(
  address: Address,
  wanted: string | undefined,
  waiting: Waiting,
): Promise<Chosen> {
  const replies: Reply[] = [];
  for (const base of address.bases) {
    const reply = await askForModels(`${base}/models`, address, waiting);
    const ids = reply.status === 200 ? modelIds(reply) : null;
    if (ids !== null) return modelAmong(ids, wanted, base, address);
    replies.push(reply);
  }
  const refused = replies.find(({ status }) => !isMissing(status)) ?? null;
  if (refused !== null && (wanted === undefined || refused.status === 503))
    return { kind: 'refused', refusal: refusalOf(refused, address) };
  waiting.log.warn(
    { host: address.host, model: wanted ?? ANY_MODEL },
    'the server does not list its models; it is asked without a list',
  );
  return chosen(address.bases, wanted ?? null);
}

function chosen(bases: readonly string[], model: string | null): Chosen {
  return { kind: 'chosen', choice: { bases, model: model ?? ANY_MODEL, modelIsGuessed: model === null } };
}

/** An empty list allows any name. */
function modelAmong(
  ids: readonly string[],
  wanted: string | undefined,
  base: string,
  address: Address,
): Chosen {
  const [first, ...more] = ids;
  if (first === undefined) return chosen([base], wanted ?? null);
  const cure = `set MODEL to one of: ${ids.slice(0, NAMED_MAX).join(', ')}${ids.length > NAMED_MAX ? `, and ${ids.length - NAMED_MAX} more` : ''}`;
  if (wanted !== undefined) {
    const found =
      ids.find((id) => id === wanted) ??
      ids.find((id) => id === `${wanted}:latest` || id.endsWith(`/${wanted}`));
    if (found !== undefined) return chosen([base], found);
    const problem = `has no model "${wanted}"`;
    return { kind: 'refused', refusal: { problem, cure, isAbout: 'model', mayPass: true } };
  }
  if (more.length > 0) throw new RemoteBrainError(placeOf(address), `has ${ids.length} models`, cure);
  return chosen([base], first);
}

async function askForModels(
  url: string,
  address: Address,
  { waitMs, closing, log }: Waiting,
): Promise<Reply> {
  const deadlineMs = performance.now() + waitMs;
  const limit = AbortSignal.timeout(waitMs);
  const signal = AbortSignal.any([limit, closing]);
  let told = false;
  for (;;) {
    try {
      const reply = await send({ address, url, signal, deadlineMs: 0, bytesMax: LIST_BYTES_MAX });
      if (reply.status !== 503 || performance.now() + LOADING_POLL_MS >= deadlineMs) return reply;
    } catch (error) {
      throw unreachable(error, address, limit, waitMs);
    }
    if (!told) log.info({ host: address.host }, 'the server is still loading its model; waiting');
    told = true;
    await sleep(LOADING_POLL_MS, undefined, { signal: closing });
  }
}

export function placeOf(address: Address): string {
  return `BRAIN_URL ${address.shown}`;
}

function unreachable(
  error: unknown,
  address: Address,
  signal: AbortSignal,
  waitMs: number,
): RemoteBrainError {
  if (signal.aborted)
    return new RemoteBrainError(
      placeOf(address),
      `no answer within ${Math.round(waitMs / 1_000)} s`,
      'check that the server is up and reachable from here',
    );
  const problem = error instanceof NoAnswer ? error.message : 'cannot be asked';
  return new RemoteBrainError(
    placeOf(address),
    problem,
    'start the server (llama-server -m MODEL.gguf --port 8080), or correct the address',
  );
}

/** Throws RemoteBrainError when it is not a refusal but bad luck: a server that does not work yet. */
function refusalOf(reply: Reply, address: Address): Refusal {
  const { status, text } = reply;
  const said = shown(address.redact(wordsOf(text)));
  if (status === 503)
    throw new RemoteBrainError(
      placeOf(address),
      `is not ready: ${said}`,
      'wait until it has loaded its model, then start again',
    );
  if (status === 200)
    return {
      problem: `answers, but not as an OpenAI-compatible server: ${said}`,
      cure: 'check the address, or set MODEL where the server lists none',
      isAbout: 'path',
      mayPass: true,
    };
  // This question sets nothing that could be refused.
  const lasting = mayNameSetting(reply) ? null : lastingRefusal(reply, address, ANY_MODEL);
  if (lasting !== null) return lasting;
  throw new RemoteBrainError(
    placeOf(address),
    `answers ${status} when asked for its models: ${said}`,
    'check the address',
  );
}

function modelIds({ text }: Reply): string[] | null {
  try {
    const parsed = listSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.map((model) => model.id) : null;
  } catch {
    return null;
  }
}
