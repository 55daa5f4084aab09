import { abortable } from '#lib/abortable.ts';
import { SerialQueue } from '#lib/serial-queue.ts';
import { AnswerAbortedError, PromptTooLongError } from './errors.ts';
import type { LockStep, Rider, Sequence } from './lock-step.ts';
import type { NativeCheckpoint, NativeLayer } from './native.ts';
import { tokenizePrompt, type PromptText } from './prompt-text.ts';
import type { Choose } from './answer/choice.ts';
import { Favour, spellingsOf, type FavouredWords } from './answer/favour.ts';
import type { StringGuard } from './answer/string-guard.ts';
import { TokenSampler, type SamplerSettings } from './answer/sampling.ts';
import { AnswerRider, type AnswerTokens, type Writing } from './answer-rider.ts';
import { AnswerWriter } from './answer/answer-writer.ts';
import type { AnswerSchema, Skeleton } from './answer/skeleton.ts';
import type { Mask } from './answer/string-masks.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { LlamaModel, Token } from 'node-llama-cpp';

export interface AnswerRequest {
  /** What is new in this turn; all of it is evaluated after the mind's prefix. */
  text: PromptText;
  schema: AnswerSchema;
  sampler: SamplerSettings;
  /** Judges strings while they are sampled. */
  guard?: StringGuard | undefined;
  /** Chooses the values of enums. Default: they are sampled as strings are. */
  choose?: Choose | undefined;
  /** Words that are made likelier in strings that a guard judges, by the names of their fields. */
  favoured?: Readonly<Record<string, FavouredWords>> | undefined;
  /** Strings that are not to be sampled, by the names of their fields. */
  given?: Readonly<Record<string, string>> | undefined;
  /** How strings begin that are sampled from there on; see `WriterOptions`. */
  begun?: Readonly<Record<string, string>> | undefined;
  /** Aborting it gives the answer up. */
  signal?: AbortSignal;
}

export interface Answer {
  /** The answer as compact JSON. */
  json: string;
  fields: Record<string, string>;
  /** The names of the strings that ended because their room or their tokens were spent. */
  cut: readonly string[];
  tokens: AnswerTokens;
  /** The time from the call to the answer. */
  milliseconds: number;
}

export interface MindDeps {
  model: LlamaModel;
  native: NativeLayer;
  vocabulary: Vocabulary;
  lockStep: LockStep;
  contextTokens: number;
  skeletonOf(schema: AnswerSchema): Skeleton;
}

/** Text that nothing holds to a form. */
export interface FreeRequest extends Pick<AnswerRequest, 'text' | 'sampler' | 'signal'> {
  maxTokens: number;
}

export interface FreeText {
  text: string;
  /** Whether the tokens were spent before the model came to an end. */
  cut: boolean;
  tokens: Answer['tokens'];
  /** The time from the call to the end. */
  milliseconds: number;
}

/** Words whose tokens are remembered. */
const KEPT_SPELLINGS_MAX = 2_000;

const ANY_TOKEN: Mask = { allows: () => true };

/** One trader's own sequence. Its prefix stays evaluated from turn to turn; its answers are written one after another. */
export class Mind {
  readonly id: string;
  readonly #deps: MindDeps;
  readonly #sequence: Sequence;
  readonly #prefix: readonly number[];
  readonly #sampler: TokenSampler;
  readonly #checkpoint: NativeCheckpoint | undefined;
  readonly #active = new Set<(error: AnswerAbortedError) => void>();
  readonly #free: () => Promise<void>;
  readonly #rides = new SerialQueue();
  readonly #spellings = new Map<string, number[][]>();
  #closed = false;

  /** Made only by the engine, with the prefix already evaluated. */
  constructor(
    id: string,
    deps: MindDeps,
    sequence: Sequence,
    prefix: readonly number[],
    checkpoint: NativeCheckpoint | undefined,
    free: () => Promise<void>,
  ) {
    this.id = id;
    this.#deps = deps;
    this.#sequence = sequence;
    this.#prefix = prefix;
    this.#checkpoint = checkpoint;
    this.#free = free;
    this.#sampler = new TokenSampler(deps.native.newSampler(), deps.vocabulary.size);
  }

  /**
   * Writes one answer under the schema.
   * @throws AnswerAbortedError when the signal aborts, or the engine is closed
   * @throws PromptTooLongError when not even half of the longest answer fits after the prefix and the text
   */
  async answer(request: AnswerRequest): Promise<Answer> {
    const started = performance.now();
    const writing = this.#writingFor(request);
    await this.#ride(new AnswerRider(this.#sequence, writing), request.signal);
    const { json, fields, cut } = writing.writer;
    return { json, fields, cut, tokens: writing.tokens, milliseconds: performance.now() - started };
  }

  /**
   * Writes until the model ends or has written so many tokens, or as many as there is room for. For the lab, which asks what a model
   * does by itself.
   * @throws PromptTooLongError when not even half of them fit; AnswerAbortedError as `answer` does
   */
  async write({ text, sampler: settings, maxTokens, signal }: FreeRequest): Promise<FreeText> {
    const started = performance.now();
    const { model, vocabulary, native } = this.#deps;
    const evaluated = tokenizePrompt(model, text);
    const most = maxTokens - this.#short(evaluated.length, maxTokens, Math.floor(maxTokens / 2));
    const tokens: Answer['tokens'] = { evaluated: evaluated.length, forced: 0, sampled: 0 };
    const bytes: Uint8Array[] = [];
    let ended = false;
    const rider: Rider = {
      sequence: this.#sequence,
      pending: [],
      cancelled: false,
      begin: async () => {
        const lost = await this.#returnToPrefix();
        tokens.evaluated += lost.length;
        rider.pending = [...lost, ...evaluated];
        this.#sampler.begin(settings, [], []);
      },
      sample: async (batchIndex) => {
        this.#sampler.turnTo(native.context, batchIndex);
        const token = await this.#sampler.sample(ANY_TOKEN, true);
        this.#sampler.remember(token);
        tokens.sampled++;
        ended = model.isEogToken(token as Token);
        if (!ended) bytes.push(vocabulary.bytesOf(token));
        return ended || tokens.sampled >= most ? [] : [token];
      },
    };
    await this.#ride(rider, signal);
    const written = Buffer.concat(bytes).toString('utf8');
    return { text: written, cut: !ended, tokens, milliseconds: performance.now() - started };
  }

  /** One after another with all that this mind writes. */
  async #ride(rider: Rider, signal: AbortSignal | undefined): Promise<void> {
    if (this.#closed) throw closedError(this.id);
    if (signal?.aborted) throw signalError(this.id, signal.reason);
    const over = new AbortController();
    const giveUp = (error: AnswerAbortedError): void => {
      rider.cancelled = true;
      over.abort(error);
    };
    const bySignal = (): void => giveUp(signalError(this.id, signal?.reason));
    signal?.addEventListener('abort', bySignal, { once: true });
    this.#active.add(giveUp);
    // An answer that was given up may still be in a pass: the next one begins when that pass is over.
    const ride = this.#rides.run(() => this.#deps.lockStep.ride(rider));
    try {
      await abortable(ride, over.signal);
    } finally {
      signal?.removeEventListener('abort', bySignal);
      this.#active.delete(giveUp);
    }
  }

  /** Gives up the answers under way, waits for the pass that holds the sequence, and frees it. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const giveUp of this.#active) giveUp(closedError(this.id));
    await this.#rides.idle();
    this.#sampler.dispose();
    this.#checkpoint?.dispose();
    await this.#free();
  }

  #writingFor(request: AnswerRequest): Writing {
    const { model, native } = this.#deps;
    const skeleton = this.#deps.skeletonOf(request.schema);
    const text = tokenizePrompt(model, request.text);
    const short = this.#short(text.length, skeleton.maxTokens(), skeleton.spareTokens);
    const settings = request.sampler;
    const history = settings.repetition?.lines?.flatMap((line): number[] =>
      model.tokenize(line, false, 'trimLeadingSpace'),
    );
    const banned = settings.banned?.flatMap((word) =>
      [word, ` ${word}`]
        .map((spelling): number[] => model.tokenize(spelling, false, 'trimLeadingSpace'))
        .flatMap((pieces) => (pieces.length === 1 ? pieces : [])),
    );
    const favours = new Map(
      Object.entries(request.favoured ?? {}).map(([field, words]) => [
        field,
        new Favour(words, (word) => this.#spellingsOf(word)),
      ]),
    );
    const tokens: AnswerTokens = { evaluated: text.length, forced: 0, sampled: 0 };
    const writer = new AnswerWriter(skeleton, { given: request.given, begun: request.begun, short });
    return {
      context: native.context,
      sampler: this.#sampler,
      writer,
      vocabulary: this.#deps.vocabulary,
      masks: skeleton.masks,
      guard: request.guard,
      choose: request.choose,
      favours,
      tokens,
      opening: async () => {
        const lost = await this.#returnToPrefix();
        tokens.evaluated += lost.length;
        const opening = writer.begin();
        tokens.forced += opening.length;
        this.#sampler.begin(settings, history ?? [], banned ?? []);
        // Where nothing is left to choose, nothing need be read.
        return writer.done ? [] : [...lost, ...text, ...opening];
      },
    };
  }

  /** How many tokens the longest answer has too many: what a string may not use, which few of them ever do. */
  #short(newTokens: number, answerTokens: number, spareTokens: number): number {
    const { contextTokens } = this.#deps;
    const longest = this.#prefix.length + newTokens + answerTokens;
    const short = Math.max(0, longest - contextTokens);
    if (short <= spareTokens) return short;
    throw new PromptTooLongError(
      `The prompt of ${this.id} is too long: ${this.#prefix.length} fixed and ${newTokens} new tokens and an answer of ` +
        `${answerTokens - spareTokens} to ${answerTokens} make ${longest - spareTokens} of ${contextTokens} at least. Shorten the observation or raise the context size.`,
    );
  }

  #spellingsOf(word: string): number[][] {
    const { model, vocabulary } = this.#deps;
    let spellings = this.#spellings.get(word);
    if (!spellings) {
      spellings = spellingsOf(
        word,
        (text) => model.tokenize(text, false, 'trimLeadingSpace'),
        (token) => Buffer.from(vocabulary.bytesOf(token)).toString('utf8').trim().length,
      );
      if (this.#spellings.size >= KEPT_SPELLINGS_MAX) this.#spellings.clear();
      this.#spellings.set(word, spellings);
    }
    return spellings;
  }

  /** Cuts off the last turn; resolves to the tokens of the prefix that must be evaluated again. */
  async #returnToPrefix(): Promise<readonly number[]> {
    const { context } = this.#deps.native;
    const { id } = this.#sequence;
    const { length } = this.#prefix;
    if (this.#sequence.length === length) return [];
    if (this.#checkpoint) {
      if (await context.restoreCheckpoint(this.#checkpoint, length - 1, id)) {
        this.#sequence.length = length;
        return [];
      }
    } else if (context.removeTokenCellsFromSequence(id, length, -1)) {
      this.#sequence.length = length;
      return [];
    }
    context.disposeSequence(id);
    this.#sequence.length = 0;
    return this.#prefix;
  }
}

function signalError(id: string, cause: unknown): AnswerAbortedError {
  return new AnswerAbortedError('signal', `The answer of ${id} was called off.`, { cause });
}

function closedError(id: string): AnswerAbortedError {
  return new AnswerAbortedError('closed', `The engine was closed before ${id} answered.`);
}
