/**
 * The brain on another machine: any server that speaks OpenAI's chat completions, or nearly (llama-server, llama-cpp-python,
 * vLLM, SGLang, Ollama, hubs). Turns are sent as they come, and the server batches them. This is how a show grows past one
 * machine.
 */
import type { Persona } from '#core/content.ts';
import { DECISION_KEYS } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { FumbleError, type Answer, type KeyOrder, type Turn } from '#show/ports/brain.ts';
import { type Log } from '#show/ports/clock.ts';
import { Backoff } from '#lib/backoff.ts';
import { errorText } from '#lib/error-text.ts';
import type { Sampler, Thinking } from '../catalog.ts';
import { answerFields, systemText, turnText } from '../prompts/prompt.ts';
import { BrainStoppedError, type StoppableBrain } from '../stand-in.ts';
import { readAddress, RemoteBrainError, type Address } from './address.ts';
import { readDecision } from './decision.ts';
import { dialectAfter, FIRST_DIALECT } from './dialect.ts';
import { chooseModel, placeOf, type Choice } from './models.ts';
import { probe, type Channel, type Probed } from './probe.ts';
import { isMissing, lastingRefusal, type Refusal } from './refusal.ts';
import { readReply, shown } from './reply.ts';
import { requestOf, type Question } from './request.ts';
import { NoAnswer, send, type Reply } from './send.ts';

export interface RemoteOptions {
  /** The server's address, with or without `/v1` or another path. */
  url: string;
  /** Needed only when the server has several models. */
  model?: string | undefined;
  apiKey?: string | undefined;
  cast: readonly Persona[];
  /** Display names of the rooms, in the office's order: for the question that tries the server out. */
  roomNames: readonly string[];
  /** The time for a turn, its retries and their waits included. */
  timeLimitMs: number;
  /** How long to wait at the start for a server that is loading its model, and as long again for its first answer. */
  startLimitMs?: number | undefined;
  /** The wait before a server that stopped is tried again, if the reason can pass. It grows with each try. */
  tryAgainMs?: { minMs: number; maxMs: number } | undefined;
  /** Null: the server's own settings. */
  sampler?: Sampler | null | undefined;
  thinking?: Thinking | undefined;
  keyOrder?: KeyOrder | undefined;
  log: Log;
}

const START_LIMIT_MS = 60_000;
const TRY_AGAIN_MS = { minMs: 10 * 60_000, maxMs: 2 * 60 * 60_000 };
/** So many refusals in a row, with no answer among them, are not bad luck. */
const REFUSALS_MAX = 8;
const PROBE_TEXT = 'The market has not opened yet. Trade is Hold. Nobody else is here: say nothing.';

/**
 * Asks the server for its models, then one question that finds out how it wants to be asked. Rejects with RemoteBrainError when
 * the server cannot be used. Label: "remote MODEL @ HOST". `think` rejects with a FumbleError; it is a BrainStoppedError where
 * the next turn would fail in the same way.
 */
export async function createRemoteBrain(options: RemoteOptions): Promise<StoppableBrain> {
  const { log, startLimitMs = START_LIMIT_MS } = options;
  const address = readAddress(options.url, options.apiKey);
  const choice = await chooseModel(address, options.model, startLimitMs, log);
  const probed = await tryOut(choice, address, options, startLimitMs);
  if (probed.kind === 'refused')
    throw new RemoteBrainError(placeOf(address), probed.refusal.problem, probed.refusal.cure);
  if (probed.kind === 'unlucky') {
    log.warn(
      { host: address.host, problem: probed.problem },
      'the server gave no answer to the first question; the first turns find out how it wants to be asked',
    );
  }
  return new RemoteBrain(options, address, choice, probed);
}

/** Never rejects: a server that cannot be reached is bad luck. */
async function tryOut(
  choice: Choice,
  address: Address,
  options: RemoteOptions,
  limitMs: number,
  closing?: AbortSignal,
): Promise<Probed> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await probe(choice, {
      address,
      question: questionOf(options.cast[0], PROBE_TEXT, options.roomNames, options),
      roomNames: options.roomNames,
      signal: closing ? AbortSignal.any([limit, closing]) : limit,
      deadlineMs: performance.now() + limitMs,
    });
  } catch (error) {
    const problem = limit.aborted ? `no answer within ${limitMs} ms` : address.redact(errorText(error));
    return { kind: 'unlucky', problem };
  }
}

function questionOf(
  persona: Persona | undefined,
  user: string,
  roomNames: readonly string[],
  options: RemoteOptions,
): Question {
  const keyOrder = options.keyOrder ?? DECISION_KEYS;
  const system = persona ? systemText(persona, roomNames, keyOrder) : { shared: '', persona: '' };
  return {
    system: `${system.shared}\n\n${system.persona}`,
    user,
    fields: answerFields(roomNames, keyOrder),
    sampler: options.sampler ?? null,
    thinking: options.thinking ?? { kind: 'none' },
  };
}

/** Made only by `createRemoteBrain`. */
class RemoteBrain implements StoppableBrain {
  readonly label: string;
  readonly #options: RemoteOptions;
  readonly #address: Address;
  readonly #choice: Choice;
  readonly #closing = new AbortController();
  readonly #backoff: Backoff;
  #channel: Channel;
  #stop: { line: string; tryAgainAtMs: number } | null = null;
  #refusalsInRow = 0;

  constructor(options: RemoteOptions, address: Address, choice: Choice, probed: Probed) {
    this.#options = options;
    this.#address = address;
    this.#choice = choice;
    this.#backoff = new Backoff(options.tryAgainMs ?? TRY_AGAIN_MS);
    this.#channel = {
      base: choice.bases[0] ?? address.shown,
      model: choice.model,
      dialect: FIRST_DIALECT,
    };
    if (probed.kind === 'learned') this.#learn(probed);
    const called = probed.kind === 'learned' && choice.modelIsGuessed ? probed.calledModel : null;
    this.label = `remote ${called ?? choice.model} @ ${address.host}`;
  }

  get stopped(): boolean {
    return this.#stop !== null;
  }

  async think({ observation }: Turn, signal: AbortSignal): Promise<Answer> {
    const { timeLimitMs } = this.#options;
    const startedMs = performance.now();
    const limit = AbortSignal.timeout(timeLimitMs);
    const over = AbortSignal.any([signal, limit, this.#closing.signal]);
    try {
      over.throwIfAborted();
      this.#failIfStopped();
      const question = this.#questionAbout(observation);
      const reply = await this.#ask(question, over, startedMs + timeLimitMs);
      if (reply.status !== 200) throw this.#failed(reply);
      this.#refusalsInRow = 0;
      if (!reply.whole)
        throw new FumbleError('invalid', `the server's reply has no end: ${shown(reply.text)}`);
      // The key is removed before anything is cut: half a key would no longer be found.
      const said = readReply(this.#address.redact(reply.text));
      const decision = readDecision(
        said,
        question.fields,
        observation.rooms.map((room) => room.name),
      );
      const ms = Math.round(performance.now() - startedMs);
      return { decision, raw: said.content === '' ? said.reasoning : said.content, tokens: said.tokens, ms };
    } catch (error) {
      throw this.#fumble(error, signal, limit);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  #questionAbout(observation: Observation): Question {
    const persona = this.#options.cast.find((each) => each.id === observation.trader);
    if (!persona) throw new FumbleError('engine_error', `${observation.trader} is not in the cast`);
    const roomNames = observation.rooms.map((room) => room.name);
    return questionOf(persona, turnText(observation), roomNames, this.#options);
  }

  /** Asks in the dialect that this server is known to understand. A dialect that it no longer accepts is replaced. */
  async #ask(question: Question, signal: AbortSignal, deadlineMs: number): Promise<Reply> {
    const { base, model } = this.#channel;
    const known = this.#channel.dialect;
    let refusal: Reply | null = null;
    for (let dialect = known; ;) {
      const request = requestOf(question, dialect, base, model);
      const reply = await send({ address: this.#address, ...request, signal, deadlineMs });
      // Not every server has Ollama's own address: its refusal before that tells more.
      const answer: Reply =
        dialect.format === 'ollama' && isMissing(reply.status) ? (refusal ?? reply) : reply;
      const next = dialectAfter(dialect, answer);
      if (next === null) {
        // Only a dialect that was understood is kept: turns are asked in parallel, and the last to fail must not decide.
        if (reply.status === 200 && dialect !== known) this.#take({ base, model, dialect });
        return answer;
      }
      refusal = answer;
      dialect = next;
    }
  }

  #take(channel: Channel): void {
    this.#channel = channel;
    this.#options.log.warn(
      { host: this.#address.host, ...channel.dialect },
      'the server does not accept every setting; it is asked in this way from now on',
    );
  }

  #learn({ channel, doubt }: Probed & { kind: 'learned' }): void {
    if (channel.dialect === FIRST_DIALECT) this.#channel = channel;
    else this.#take(channel);
    if (doubt !== null) {
      this.#options.log.warn(
        { host: this.#address.host, doubt },
        "the server's first answer holds no decision; turns with such an answer are fumbled",
      );
    }
  }

  #failed(reply: Reply): FumbleError {
    const refusal = lastingRefusal(reply, this.#address, this.#channel.model);
    const said = `answered ${reply.status}: ${shown(this.#address.redact(reply.text))}`;
    if (refusal !== null) return this.#stopBy(refusal);
    this.#refusalsInRow =
      reply.status >= 400 && reply.status < 500 && reply.status !== 429 ? this.#refusalsInRow + 1 : 0;
    if (this.#refusalsInRow >= REFUSALS_MAX) {
      const problem = `refuses every question: ${said}`;
      return this.#stopBy({ problem, cure: 'correct what it names', isAbout: 'question', mayPass: true });
    }
    return new FumbleError('engine_error', `${this.#address.host} ${said}`);
  }

  /** Logs one line, however many turns were in flight. */
  #stopBy({ problem, cure, mayPass }: Refusal): BrainStoppedError {
    if (this.#stop === null) {
      const line = `${placeOf(this.#address)}: ${problem}; ${cure}`;
      const waitMs = mayPass ? this.#backoff.next() : Number.POSITIVE_INFINITY;
      this.#stop = { line, tryAgainAtMs: performance.now() + waitMs };
      const next = mayPass ? `; the server is tried again in ${Math.round(waitMs / 60_000)} min` : '';
      this.#options.log.error({ host: this.#address.host }, `the remote brain stops. ${line}${next}`);
    }
    return new BrainStoppedError(this.#stop.line);
  }

  #failIfStopped(): void {
    if (this.#stop === null) return;
    if (performance.now() >= this.#stop.tryAgainAtMs) {
      // This turn does not wait for it.
      this.#stop.tryAgainAtMs = Number.POSITIVE_INFINITY;
      void this.#tryAgain(this.#stop);
    }
    throw new BrainStoppedError(this.#stop.line);
  }

  async #tryAgain(stop: { tryAgainAtMs: number }): Promise<void> {
    const { timeLimitMs, log } = this.#options;
    const probed = await tryOut(
      this.#choice,
      this.#address,
      this.#options,
      timeLimitMs,
      this.#closing.signal,
    );
    if (probed.kind === 'learned') {
      this.#stop = null;
      this.#refusalsInRow = 0;
      this.#backoff.reset();
      this.#learn(probed);
      log.warn({ host: this.#address.host }, 'the remote brain thinks again');
    } else if (probed.kind === 'unlucky' || probed.refusal.mayPass) {
      stop.tryAgainAtMs = performance.now() + this.#backoff.next();
    }
  }

  #fumble(error: unknown, signal: AbortSignal, limit: AbortSignal): FumbleError {
    const { host, redact } = this.#address;
    if (error instanceof BrainStoppedError) return error;
    if (this.#closing.signal.aborted)
      return new FumbleError('aborted', 'the brain was closed during the turn');
    if (signal.aborted) {
      const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
      return late
        ? new FumbleError('timeout', `${host} gave no answer in the turn's time`)
        : new FumbleError('aborted', 'the turn was stopped');
    }
    if (limit.aborted)
      return new FumbleError('timeout', `${host} gave no answer within ${this.#options.timeLimitMs} ms`);
    if (error instanceof FumbleError) return error;
    const problem = error instanceof NoAnswer ? error.message : redact(errorText(error));
    return new FumbleError('engine_error', `${host}: ${problem}`);
  }
}
