/**
 * The brain on another machine: any server that speaks OpenAI's chat completions, or nearly (llama-server, llama-cpp-python,
 * vLLM, SGLang, Ollama, hubs). Turns are sent as they come, and the server batches them. This is how a show grows past one
 * machine.
 */
import { DECISION_KEYS, type Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { FumbleError, type Answer, type KeyOrder, type Turn } from '#show/ports/brain.ts';
import { Backoff } from '#lib/backoff.ts';
import { errorText } from '#lib/error-text.ts';
import type { ShownTurn } from '../engine/template.ts';
import { TraderGuards } from '../lines/trader-guards.ts';
import { allWorkedTurns } from '../prompts/examples.ts';
import { fixedTexts } from '../prompts/fixed-text.ts';
import { turnText } from '../prompts/prompt.ts';
import { BrainStoppedError, type StoppableBrain } from '../stand-in.ts';
import { readAddress, type Address } from './address.ts';
import { readDecision, shown } from '../free-text.ts';
import { dialectAfter, FIRST_DIALECT } from './dialect.ts';
import { handshake, type Handshake } from './handshake.ts';
import { ANY_MODEL, placeOf, type Choice } from './models.ts';
import type { RemoteOptions } from './options.ts';
import type { Channel, Probed } from './probe.ts';
import { questionOf, type ModelSettings, type Question } from './question.ts';
import { askedAgain, inOwnWords, TIME_FOR_ANOTHER } from './own-words.ts';
import { isMissing, lastingRefusal, type Refusal } from './refusal.ts';
import { readReply, wordsOf, type Said } from './reply.ts';
import { requestOf } from './request.ts';
import { NoAnswer, send, type Reply } from './send.ts';
import { landedWords } from './spoken-words.ts';
import { worthSaying } from './worth-saying.ts';

const START_LIMIT_MS = 60_000;
const TRY_AGAIN_MS = { minMs: 10 * 60_000, maxMs: 2 * 60 * 60_000 };
/** So many refusals in a row, with no answer among them, are not bad luck. */
const REFUSALS_MAX = 8;

/**
 * Asks the server for its models, then one question that finds out how it wants to be asked. If the server refuses for good, the
 * brain is stopped from the start. Rejects with RemoteBrainError when a setting is wrong, or nothing answers there. Label:
 * "remote MODEL @ HOST". `think` rejects with a FumbleError; it is a BrainStoppedError where the next turn would fail in the
 * same way.
 */
export async function createRemoteBrain(options: RemoteOptions): Promise<StoppableBrain> {
  const address = readAddress(options.url, options.apiKey);
  const closing = new AbortController();
  const shaken = await handshake(address, options, options.startLimitMs ?? START_LIMIT_MS, closing.signal);
  return new RemoteBrain(options, address, closing, shaken);
}

/** Made only by `createRemoteBrain`. */
class RemoteBrain implements StoppableBrain {
  readonly #options: RemoteOptions;
  readonly #address: Address;
  readonly #closing: AbortController;
  readonly #backoff: Backoff;
  readonly #keyOrder: KeyOrder;
  /** Worked turns, by trader. */
  readonly #shown: ReadonlyMap<TraderId, readonly ShownTurn[]>;
  readonly #guards: TraderGuards;
  readonly #worthSaying: (decision: Decision) => Decision;
  #choice: Choice | null = null;
  #settings: ModelSettings;
  #channel: Channel;
  /** The server's own name for its only model. */
  #calledModel: string | null = null;
  #stop: { line: string; tryAgainAtMs: number } | null = null;
  #refusalsInRow = 0;

  constructor(options: RemoteOptions, address: Address, closing: AbortController, first: Handshake) {
    this.#options = options;
    this.#address = address;
    this.#closing = closing;
    this.#keyOrder = options.keyOrder ?? DECISION_KEYS;
    this.#shown = allWorkedTurns(options, this.#keyOrder);
    const told = fixedTexts(options, this.#keyOrder, this.#shown);
    this.#guards = new TraderGuards(options.cast, options.rooms, told);
    this.#worthSaying = worthSaying(options.cast);
    this.#backoff = new Backoff(options.tryAgainMs ?? TRY_AGAIN_MS);
    const { choice, settings, probed } = first;
    this.#choice = choice;
    this.#settings = settings;
    this.#channel = {
      base: choice?.bases[0] ?? address.shown,
      model: choice?.model ?? options.model ?? ANY_MODEL,
      dialect: FIRST_DIALECT,
    };
    switch (probed.kind) {
      case 'learned':
        this.#learn(probed);
        break;
      case 'refused':
        this.#stop = this.#stopFor(probed.refusal);
        break;
      case 'unlucky':
        options.log.warn(
          { host: address.host, problem: probed.problem },
          'the server gave no answer to the first question; the first turns find out how it wants to be asked',
        );
        break;
      default:
        probed satisfies never;
    }
  }

  get label(): string {
    return `remote ${this.#calledModel ?? this.#channel.model} @ ${this.#address.host}`;
  }

  get stoppedBy(): string | null {
    return this.#stop?.line ?? null;
  }

  async think({ observation, floor, aside }: Turn, signal: AbortSignal): Promise<Answer> {
    const { timeLimitMs } = this.#options;
    const startedMs = performance.now();
    const limit = AbortSignal.timeout(timeLimitMs);
    const over = AbortSignal.any([signal, limit, this.#closing.signal]);
    try {
      over.throwIfAborted();
      this.#failIfStopped();
      const question = this.#questionAbout(observation);
      const ask = (asked: Question) => this.#answerTo(asked, observation, over, startedMs + timeLimitMs);
      const { said, decision } = await inOwnWords(
        (again) => ask(again ? askedAgain(question) : question),
        (answer) => this.#guards.copies(observation, answer.decision, floor),
        () => performance.now() - startedMs < timeLimitMs * TIME_FOR_ANOTHER,
        (error) =>
          this.#options.log.debug(
            { host: this.#address.host, problem: errorText(error) },
            'an answer that copied stands: there was no second one',
          ),
      );
      if (aside !== true) this.#guards.remember(observation.trader, decision, floor);
      const ms = Math.round(performance.now() - startedMs);
      return { decision, raw: said.content === '' ? said.reasoning : said.content, tokens: said.tokens, ms };
    } catch (error) {
      throw this.#fumble(error, signal, limit);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  async #answerTo(
    question: Question,
    observation: Observation,
    over: AbortSignal,
    deadlineMs: number,
  ): Promise<{ said: Said; decision: Decision }> {
    const reply = await this.#ask(question, over, deadlineMs);
    if (reply.status !== 200) throw this.#failed(reply);
    this.#refusalsInRow = 0;
    if (!reply.whole) throw new FumbleError('invalid', `the server's reply has no end: ${shown(reply.text)}`);
    // The key is removed before anything is cut: half a key would no longer be found.
    const said = readReply(this.#address.redact(reply.text));
    const roomNames = observation.rooms.map((room) => room.name);
    const land = (text: string, max: number): string => landedWords(text, max, observation.name);
    return { said, decision: this.#worthSaying(readDecision(said, question.fields, roomNames, land)) };
  }

  #questionAbout(observation: Observation): Question {
    const persona = this.#options.cast.find((each) => each.id === observation.trader);
    if (!persona) throw new FumbleError('engine_error', `${observation.trader} is not in the cast`);
    const roomNames = observation.rooms.map(({ name }) => name);
    const shown = this.#shown.get(persona.id) ?? [];
    const user = turnText(observation);
    return questionOf({ persona, shown, user, roomNames, keyOrder: this.#keyOrder }, this.#settings);
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

  #learn({ channel, doubt, calledModel }: Probed & { kind: 'learned' }): void {
    if (this.#choice?.modelIsGuessed === true) this.#calledModel = calledModel;
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
    const said = `answered ${reply.status}: ${shown(this.#address.redact(wordsOf(reply.text)))}`;
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
  #stopBy(refusal: Refusal): BrainStoppedError {
    if (this.#stop === null) {
      this.#stop = this.#stopFor(refusal);
      this.#options.log.error(
        { host: this.#address.host },
        `the remote brain stops, and another one plays in its place. ${this.#stop.line}`,
      );
    }
    return new BrainStoppedError(this.#stop.line);
  }

  #stopFor({ problem, cure, mayPass }: Refusal): { line: string; tryAgainAtMs: number } {
    const waitMs = mayPass ? this.#backoff.next() : Number.POSITIVE_INFINITY;
    const next = mayPass
      ? `tried again in ${Math.round(waitMs / 60_000)} min`
      : 'not tried again before the next start';
    return {
      line: `${placeOf(this.#address)}: ${problem}; ${cure}; ${next}`,
      tryAgainAtMs: performance.now() + waitMs,
    };
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
    const { host } = this.#address;
    const { log } = this.#options;
    const { choice, settings, probed } = await this.#handshakeAgain();
    if (probed.kind === 'learned') {
      this.#stop = null;
      this.#refusalsInRow = 0;
      this.#backoff.reset();
      this.#choice = choice;
      this.#settings = settings;
      this.#learn(probed);
      log.warn({ host }, 'the remote brain thinks again');
      return;
    }
    const problem = probed.kind === 'refused' ? probed.refusal.problem : probed.problem;
    log.info({ host, problem }, 'the remote brain was tried again, and still cannot think');
    if (probed.kind === 'unlucky' || probed.refusal.mayPass)
      stop.tryAgainAtMs = performance.now() + this.#backoff.next();
  }

  /** Never rejects: what would keep a show from starting is bad luck once it runs. */
  async #handshakeAgain(): Promise<Handshake> {
    const { timeLimitMs } = this.#options;
    try {
      return await handshake(this.#address, this.#options, timeLimitMs, this.#closing.signal);
    } catch (error) {
      const problem = this.#address.redact(errorText(error));
      return { choice: this.#choice, settings: this.#settings, probed: { kind: 'unlucky', problem } };
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
