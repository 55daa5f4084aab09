/**
 * The brain on another machine: any server that speaks OpenAI's chat completions and keeps to a JSON schema
 * (llama-server, vLLM, SGLang, Ollama). Turns are sent as they come; batching is the server's work. This is how a show
 * grows past one machine.
 */
import type { Persona } from '#core/content.ts';
import { DECISION_KEYS } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { FumbleError, type Answer, type Brain, type KeyOrder, type Turn } from '#show/ports/brain.ts';
import { type Log } from '#show/ports/clock.ts';
import { errorText } from '#lib/error-text.ts';
import type { Sampler, Thinking } from '../catalog.ts';
import { answerFields, systemText, turnText } from '../prompts/prompt.ts';
import { readAddress, type Address } from './address.ts';
import { readDecision, readReply, shown } from './answer.ts';
import { FIRST_DIALECT, nextDialect, requestOf, type Question } from './dialect.ts';
import { chooseModel } from './models.ts';
import { NoAnswer, send, type Reply } from './send.ts';

export interface RemoteOptions {
  /** The server, with or without `/v1`. */
  url: string;
  /** Needed only when the server has several. */
  model?: string | undefined;
  apiKey?: string | undefined;
  cast: readonly Persona[];
  /** A turn's time, the waits of its retries included. */
  timeLimitMs: number;
  /** How long to wait at the start for a server that is loading its model. */
  startLimitMs?: number | undefined;
  /** Null: the server's own settings. */
  sampler?: Sampler | null | undefined;
  thinking?: Thinking | undefined;
  keyOrder?: KeyOrder | undefined;
  log: Log;
}

/**
 * Asks the server for its models first: rejects with RemoteBrainError when it cannot be used. Label: "remote MODEL @
 * HOST". `think` rejects with a FumbleError.
 */
export async function createRemoteBrain(options: RemoteOptions): Promise<Brain> {
  const address = readAddress(options.url, options.apiKey);
  const model = await chooseModel(address, options.model, options.startLimitMs ?? 60_000, options.log);
  const closing = new AbortController();
  const ask = asker(address, options.log);
  return {
    label: `remote ${model} @ ${address.host}`,
    async think({ observation }: Turn, signal): Promise<Answer> {
      const startedMs = performance.now();
      const limit = AbortSignal.timeout(options.timeLimitMs);
      const over = AbortSignal.any([signal, limit, closing.signal]);
      const question = questionOf(observation, model, options);
      try {
        over.throwIfAborted();
        const reply = await ask(question, over, startedMs + options.timeLimitMs);
        if (reply.status !== 200) throw failed(reply, address);
        // Before anything is cut off: half a key is no longer found.
        const said = readReply(address.redact(reply.text));
        const roomNames = observation.rooms.map((room) => room.name);
        const decision = readDecision(said, question.fields, roomNames);
        return {
          decision,
          raw: said.content,
          tokens: said.tokens,
          ms: Math.round(performance.now() - startedMs),
        };
      } catch (error) {
        throw fumble(error, { signal, limit, closing: closing.signal }, address, options.timeLimitMs);
      }
    },
    async close() {
      closing.abort();
    },
  };
}

function questionOf(observation: Observation, model: string, options: RemoteOptions): Question {
  const persona = options.cast.find((each) => each.id === observation.trader);
  if (!persona) throw new FumbleError('engine_error', `${observation.trader} is not in the cast`);
  const roomNames = observation.rooms.map((room) => room.name);
  const keyOrder = options.keyOrder ?? DECISION_KEYS;
  const system = systemText(persona, roomNames, keyOrder);
  return {
    model,
    system: `${system.shared}\n\n${system.persona}`,
    user: turnText(observation),
    fields: answerFields(roomNames, keyOrder),
    sampler: options.sampler ?? null,
    thinking: options.thinking ?? { kind: 'none' },
  };
}

/** Asks in the dialect that this server is known to understand, and finds it out where it is not known yet. */
function asker(
  address: Address,
  log: Log,
): (question: Question, signal: AbortSignal, deadlineMs: number) => Promise<Reply> {
  let known = FIRST_DIALECT;
  return async (question, signal, deadlineMs) => {
    let refusal: Reply | null = null;
    for (let dialect = known; ;) {
      const reply = await send({ address, ...requestOf(question, dialect), signal, deadlineMs });
      const next = nextDialect(dialect, reply);
      if (next === null) {
        // Only a dialect that was understood is kept: a wave asks in parallel, and the last to fail must not decide.
        if (reply.status === 200 && dialect !== known) {
          known = dialect;
          log.warn(
            { host: address.host, ...dialect },
            'the server does not take every setting; asking it in this way from now on',
          );
        }
        // Not every server has Ollama's own address: what it said before tells more.
        return reply.status === 404 ? (refusal ?? reply) : reply;
      }
      refusal = reply;
      dialect = next;
    }
  };
}

function failed({ status, text }: Reply, address: Address): FumbleError {
  const said = shown(address.redact(text));
  const cure = status === 401 || status === 403 ? '; set BRAIN_API_KEY to a key of that server' : '';
  return new FumbleError('engine_error', `${address.host} answered ${status}: ${said}${cure}`);
}

interface Endings {
  signal: AbortSignal;
  limit: AbortSignal;
  closing: AbortSignal;
}

function fumble(
  error: unknown,
  { signal, limit, closing }: Endings,
  address: Address,
  limitMs: number,
): FumbleError {
  if (closing.aborted) return new FumbleError('aborted', 'the brain was closed during the turn');
  if (signal.aborted) {
    const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    return late
      ? new FumbleError('timeout', `${address.host} gave no answer in the turn's time`)
      : new FumbleError('aborted', 'the turn was stopped');
  }
  if (limit.aborted) return new FumbleError('timeout', `${address.host} gave no answer within ${limitMs} ms`);
  if (error instanceof FumbleError) return error;
  const problem = error instanceof NoAnswer ? error.message : address.redact(errorText(error));
  return new FumbleError('engine_error', `${address.host}: ${problem}`);
}
