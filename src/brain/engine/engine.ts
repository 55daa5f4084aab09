// The inference engine: many sequences of one model in this process, each with a cached prefix. Every request gets one JSON
// answer that fits a known schema. lock-step.ts says how sequences share the passes over the weights, answer/skeleton.ts which
// parts of an answer are generated at all.
import path from 'node:path';
import type { Llama, LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { SerialQueue } from '#lib/serial-queue.ts';
import { PromptTooLongError } from './errors.ts';
import { factsOf, type EngineInfo, type ModelFacts } from './info.ts';
import { KeptThreads } from './kept-threads.ts';
import { BATCH_TOKENS, loadModel, type LoadOptions } from './load-model.ts';
import { LockStep, type Rider, type Sequence } from './lock-step.ts';
import { Mind, type MindDeps } from './mind.ts';
import { nativeLayerOf, type NativeCheckpoint, type NativeLayer } from './native.ts';
import { ALWAYS_SHARED, PassSharing } from './pass-sharing.ts';
import { PrefixStore } from './prefix-store.ts';
import { tokenizePrompt, type PromptText } from './prompt-text.ts';
import { Skeleton, type AnswerSchema } from './answer/skeleton.ts';
import { readModel } from './split.ts';
import { StringMasks } from './answer/string-masks.ts';
import { threadCounts, ThreadGovernor } from './thread-governor.ts';
import { readVocabulary, withoutEnds, type Vocabulary } from './vocabulary.ts';

export type { EngineInfo, ModelFacts } from './info.ts';
export type { Mind } from './mind.ts';
export type { AnswerSchema, Field } from './answer/skeleton.ts';
export type { SamplerSettings } from './answer/sampling.ts';
export type { PromptText } from './prompt-text.ts';

export interface EngineOptions extends Pick<
  LoadOptions,
  'gpu' | 'notice' | 'computes' | 'onProgress' | 'leastSequences'
> {
  modelFile: string;
  /** How many minds can be open at once, where memory has room for more than `leastSequences`. */
  sequences: number;
  /** Tokens of prefix, new text and answer together. */
  contextTokensPerSequence: number;
  /** How many are enough with this model, as `LoadOptions` has it. */
  enoughTokens?: ((model: LlamaModel, facts: ModelFacts, sequences: number) => number) | undefined;
  /** Threads that calculate. Default: what measures best while the engine runs, up to all cores that the process may use. */
  threads?: number;
  /**
   * Whether the same turns are to have the same answers, to the last digit: what passes take does not decide then which answers share
   * one. Needs `threads`. Default: false, which is faster.
   */
  repeatable?: boolean | undefined;
  /** The folder that keeps evaluated prefixes and the best counts of threads between starts. Default: none are kept. */
  cacheDir?: string;
  log?: (line: string) => void;
  /** What whoever runs the program should know. Default: as `log`. */
  warn?: (line: string) => void;
}

export interface MindOptions {
  /** Unique among the open minds. The kept prefix is found by it. */
  id: string;
  /** The text that all minds begin with; evaluated once. */
  sharedText: PromptText;
  /** The text of this mind alone, after the shared text. */
  personaText: PromptText;
  /** Whether the text begins with BOS where the vocabulary asks for it: not where a template says it. Default: true. */
  addBos?: boolean;
}

/**
 * Loads the model and makes room for all sequences.
 * @throws ModelFileError when the file cannot be used
 * @throws EngineUnavailableError when llama.cpp cannot run here
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const modelFile = path.resolve(options.modelFile);
  const { facts, stored } = await readFacts(modelFile);
  const log = options.log ?? (() => undefined);
  const { enoughTokens } = options;
  const { llama, model, context, sequences, contextTokens, threads } = await loadModel({
    ...options,
    header: { file: facts.file, size: facts.fileBytes },
    contextTokens: options.contextTokensPerSequence,
    enoughTokens: enoughTokens && ((loaded, minds) => enoughTokens(loaded, facts, minds)),
    log,
  });
  try {
    const native = nativeLayerOf(llama, model, context);
    const vocabulary = withoutEnds(stored, endsOf(model));
    const masks = new StringMasks(vocabulary);
    return new Engine(
      { ...options, modelFile, sequences, contextTokensPerSequence: contextTokens, log },
      { llama, model, context, native, facts, vocabulary, masks, threads },
    );
  } catch (error) {
    await llama.dispose();
    throw error;
  }
}

/** The header lists a vocabulary as hundreds of thousands of objects: it is not kept while the model is loaded and runs. */
async function readFacts(modelFile: string): Promise<{ facts: ModelFacts; stored: Vocabulary }> {
  const header = await readModel(modelFile);
  return { facts: factsOf(header), stored: readVocabulary(header) };
}

/** Whether llama.cpp takes a token for an end of generation. */
function endsOf(model: LlamaModel): (token: number) => boolean {
  return (token) => model.isEogToken(token as Token);
}

interface EngineDeps {
  llama: Llama;
  model: LlamaModel;
  context: LlamaContext;
  native: NativeLayer;
  facts: ModelFacts;
  vocabulary: Vocabulary;
  masks: StringMasks;
  /** At most. */
  threads: number;
}

interface Prefix {
  sequence: Sequence;
  shared: readonly number[];
}

/** One model with its sequences; opened by {@link openEngine}. */
export class Engine {
  readonly info: EngineInfo;
  /** For the chat template, see template.ts. */
  readonly model: LlamaModel;
  readonly #deps: EngineDeps;
  readonly #lockStep: LockStep;
  readonly #sequences: readonly Sequence[];
  readonly #contextTokens: number;
  readonly #minds = new Map<string, { mind: Mind; prefix: Prefix }>();
  readonly #skeletons = new Map<string, Skeleton>();
  readonly #store: PrefixStore | undefined;
  readonly #threads: KeptThreads | undefined;
  /** Whether a sequence can only return to a checkpoint, as in recurrent models. */
  readonly #needsCheckpoints: boolean;
  readonly #openings = new SerialQueue();
  #closing: Promise<void> | undefined;

  constructor(options: EngineOptions & { log: (line: string) => void }, deps: EngineDeps) {
    this.#deps = deps;
    this.model = deps.model;
    this.#contextTokens = options.contextTokensPerSequence;
    this.#sequences = Array.from({ length: options.sequences }, (_, id) => ({ id, length: 0 }));
    this.#needsCheckpoints = deps.model.fileInsights.isRecurrent || deps.model.fileInsights.isHybrid;
    this.info = {
      ...deps.facts,
      llamaCpp: deps.llama.llamaCppRelease.release,
      threads: deps.threads,
      contextTokensPerSequence: options.contextTokensPerSequence,
    };
    const counts = options.threads === undefined ? threadCounts(deps.threads) : [deps.threads];
    if (options.cacheDir !== undefined) {
      const { cacheDir: folder, log, warn = log } = options;
      const modelKey = [
        deps.facts.fingerprint,
        this.info.llamaCpp,
        deps.llama.gpu,
        this.#contextTokens,
        // llama.cpp refuses a state of a context with another number.
        this.#sequences.length,
      ].join(' ');
      this.#store = new PrefixStore({ folder, modelKey, contextTokens: this.#contextTokens, log, warn });
      if (counts.length > 1) this.#threads = new KeptThreads({ folder, modelKey, counts, log });
    }
    const governor = new ThreadGovernor(counts, this.#threads?.read());
    this.#lockStep = new LockStep(deps.native.context, {
      batchTokens: BATCH_TOKENS,
      sequences: this.#sequences,
      contextTokens: options.contextTokensPerSequence,
      canCut: !this.#needsCheckpoints,
      governor,
      sharing: options.repeatable === true ? ALWAYS_SHARED : new PassSharing(),
      rests: () => this.#threads?.keep(governor),
    });
  }

  /** How many minds can be open at once. */
  get sequences(): number {
    return this.#sequences.length;
  }

  /** Passes over the weights so far. */
  get passes(): number {
    return this.#lockStep.passes;
  }

  /** Time that they took. */
  get passMilliseconds(): number {
    return this.#lockStep.passMilliseconds;
  }

  /**
   * Opens a mind: its prefix is restored from the kept ones, or else evaluated, except for the part that an open mind shares.
   * @throws PromptTooLongError when the prefix leaves no room for an answer
   */
  async mind(options: MindOptions): Promise<Mind> {
    if (this.#closing) throw new Error('The engine is closed.');
    // One after another, so that only the first one evaluates the shared text.
    return this.#openings.run(() => this.#open(options));
  }

  /** Works out beforehand what answers of this schema need, so that the first of them takes no longer than the others. */
  prepare(schema: AnswerSchema): void {
    this.#deps.masks.prepare();
    this.#skeletonOf(schema);
  }

  /** The number of tokens in a text, to keep prompts within their limit. */
  countTokens(text: PromptText): number {
    return tokenizePrompt(this.model, text).length;
  }

  /** Gives up all answers and frees the model and its context. Another engine may be opened once this has resolved. */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#openings.idle();
    await Promise.all([...this.#minds.values()].map(({ mind }) => mind.close()));
    await this.#lockStep.idle();
    await this.#deps.context.dispose();
    await this.#deps.model.dispose();
    await this.#deps.llama.dispose();
  }

  async #open({ id, sharedText, personaText, addBos = true }: MindOptions): Promise<Mind> {
    if (this.#minds.has(id)) throw new Error(`There is a mind ${id} already; close it first.`);
    const taken = new Set([...this.#minds.values()].map(({ prefix }) => prefix.sequence));
    const sequence = this.#sequences.find((candidate) => !taken.has(candidate));
    if (!sequence) throw new Error(`All ${this.#sequences.length} sequences of the engine are taken.`);
    const own = tokenizePrompt(this.model, sharedText);
    const shared = addBos ? this.#withBos(own) : own;
    const tokens = [...shared, ...tokenizePrompt(this.model, personaText)];
    if (tokens.length === 0) throw new Error(`The prefix of ${id} is empty.`);
    if (tokens.length >= this.#contextTokens) {
      throw new PromptTooLongError(
        `The prefix of ${id} has ${tokens.length} tokens, the sequence ${this.#contextTokens}. Shorten the persona.`,
      );
    }
    const { context } = this.#deps.native;
    await this.#lockStep.between(() => this.#empty(sequence)); // what a failed opening may have left
    const restored = await this.#lockStep.between(
      () => this.#store?.restore(context, sequence, id, tokens) ?? false,
    );
    if (!restored) {
      await this.#copyShared(sequence, shared);
      const rest: Rider = { sequence, pending: tokens.slice(sequence.length), cancelled: false };
      await this.#lockStep.ride(rest);
      await this.#lockStep.between(() => this.#store?.save(context, sequence, id, tokens));
    }
    const checkpoint = this.#needsCheckpoints ? await this.#checkpointOf(sequence) : undefined;
    const mind = new Mind(id, this.#mindDeps(), sequence, tokens, checkpoint, () => this.#free(id, sequence));
    this.#minds.set(id, { mind, prefix: { sequence, shared } });
    return mind;
  }

  async #free(id: string, sequence: Sequence): Promise<void> {
    await this.#lockStep.between(() => this.#empty(sequence));
    this.#minds.delete(id);
  }

  #empty(sequence: Sequence): void {
    this.#deps.native.context.disposeSequence(sequence.id);
    sequence.length = 0;
  }

  /** Copies the shared part from a mind that has it. Nothing is copied for recurrent models, whose state cannot be cut. */
  async #copyShared(target: Sequence, shared: readonly number[]): Promise<void> {
    if (this.#needsCheckpoints || shared.length === 0) return;
    const { context } = this.#deps.native;
    const having = [...this.#minds.values()].filter(({ prefix }) => sameTokens(prefix.shared, shared));
    await this.#lockStep.between(async () => {
      // With a sliding window a restored prefix holds only the cells that its own end sees: the shared part's end sees earlier ones.
      const source = having.find(
        ({ prefix }) => context.getSequenceKvCacheMinPosition(prefix.sequence.id) === 0,
      )?.prefix.sequence;
      if (!source) return;
      await context.copySequenceStateFromOtherSequence(target.id, source.id);
      if (context.removeTokenCellsFromSequence(target.id, shared.length, -1)) target.length = shared.length;
      else context.disposeSequence(target.id);
    });
  }

  async #checkpointOf(sequence: Sequence): Promise<NativeCheckpoint> {
    const checkpoint = this.#deps.native.newCheckpoint();
    await this.#lockStep.between(() => checkpoint.init(this.#deps.native.context, sequence.id));
    return checkpoint;
  }

  #withBos(tokens: number[]): number[] {
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }

  #mindDeps(): MindDeps {
    const { model, native, vocabulary } = this.#deps;
    return {
      model,
      native,
      vocabulary,
      lockStep: this.#lockStep,
      contextTokens: this.#contextTokens,
      skeletonOf: (schema) => this.#skeletonOf(schema),
    };
  }

  #skeletonOf(schema: AnswerSchema): Skeleton {
    const key = JSON.stringify(schema);
    let skeleton = this.#skeletons.get(key);
    if (!skeleton) {
      const tokenize = (text: string): number[] => this.model.tokenize(text, false, 'trimLeadingSpace');
      skeleton = new Skeleton(schema, this.#deps.masks, tokenize);
      if (this.#skeletons.size >= KEPT_SKELETONS_MAX) this.#skeletons.clear();
      this.#skeletons.set(key, skeleton);
    }
    return skeleton;
  }
}

const KEPT_SKELETONS_MAX = 32;

function sameTokens(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((token, index) => token === other[index]);
}
