/** The first question to a server: is it there, may we ask, and which model does it have? */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Log } from '#show/ports/clock.ts';
import { RemoteBrainError, type Address } from './address.ts';
import { shown } from './answer.ts';
import { NoAnswer, send, type Reply } from './send.ts';

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
const LOADING_POLL_MS = 500;

/** The model to ask for. Throws RemoteBrainError when the server cannot be used. Waits while it is loading its model. */
export async function chooseModel(
  address: Address,
  wanted: string | undefined,
  waitMs: number,
  log: Log,
): Promise<string> {
  const reply = await askForModels(address, waitMs, log);
  if (reply.status === 404 && wanted !== undefined) {
    log.warn(
      { host: address.host },
      'the server does not list its models; the one that was named is taken on trust',
    );
    return wanted;
  }
  const place = `BRAIN_URL ${address.root}`;
  if (reply.status !== 200) throw refusal(reply, place, address);
  const ids = modelIds(reply.text);
  if (ids === null) {
    throw new RemoteBrainError(
      place,
      `answers, but not as an OpenAI-compatible server: ${shown(address.redact(reply.text))}`,
      'check the address',
    );
  }
  if (wanted !== undefined) {
    const found = ids.find((id) => id === wanted || id === `${wanted}:latest`);
    if (found !== undefined) return found;
    throw new RemoteBrainError(
      place,
      `has no model "${wanted}"`,
      `set MODEL to one of: ${ids.join(', ') || '(none)'}`,
    );
  }
  const [only, ...more] = ids;
  if (only === undefined) throw new RemoteBrainError(place, 'has no model', 'load one on the server');
  if (more.length > 0)
    throw new RemoteBrainError(place, `has ${ids.length} models`, `set MODEL to one of: ${ids.join(', ')}`);
  return only;
}

async function askForModels(address: Address, waitMs: number, log: Log): Promise<Reply> {
  const deadlineMs = performance.now() + waitMs;
  const signal = AbortSignal.timeout(waitMs);
  let told = false;
  for (;;) {
    try {
      const reply = await send({ address, path: '/v1/models', signal, deadlineMs: 0 });
      if (reply.status !== 503 || performance.now() + LOADING_POLL_MS >= deadlineMs) return reply;
    } catch (error) {
      throw unreachable(error, address, signal, waitMs);
    }
    if (!told) log.info({ host: address.host }, 'the server is still loading its model; waiting');
    told = true;
    await sleep(LOADING_POLL_MS);
  }
}

function unreachable(
  error: unknown,
  address: Address,
  signal: AbortSignal,
  waitMs: number,
): RemoteBrainError {
  const place = `BRAIN_URL ${address.root}`;
  if (signal.aborted)
    return new RemoteBrainError(
      place,
      `no answer within ${Math.round(waitMs / 1_000)} s`,
      'check that the server is up and reachable from here',
    );
  const problem = error instanceof NoAnswer ? error.message : 'cannot be asked';
  return new RemoteBrainError(
    place,
    problem,
    'start the server (llama-server -m MODEL.gguf --port 8080), or correct the address',
  );
}

function refusal({ status, text }: Reply, place: string, address: Address): RemoteBrainError {
  const said = shown(address.redact(text));
  if (status === 401 || status === 403)
    return new RemoteBrainError(
      place,
      `refuses the key (${status})`,
      'set BRAIN_API_KEY to a key of that server',
    );
  if (status === 503)
    return new RemoteBrainError(
      place,
      `is not ready: ${said}`,
      'wait until it has loaded its model, then start again',
    );
  return new RemoteBrainError(
    place,
    `answers ${status} when asked for its models: ${said}`,
    'check the address',
  );
}

function modelIds(text: string): string[] | null {
  try {
    const parsed = listSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.data.map((model) => model.id) : null;
  } catch {
    return null;
  }
}
