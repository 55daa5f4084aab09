// The inference engine: many sequences of one model in this process, each with a cached prefix, and for every request one
// JSON answer after a known schema. See lock-step.ts for how they share the passes over the weights, skeleton.ts for what
// of an answer is generated at all.
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Llama, LlamaContext, LlamaModel } from 'node-llama-cpp';
import { SerialQueue } from '#lib/serial-queue.ts';
import { PromptTooLongError } from './errors.ts';
import { factsOf, type EngineInfo, type ModelFacts } from './info.ts';
import { batchTokens, loadModel, startLlama } from './load-model.ts';
import { LockStep, type Rider, type Sequence } from './lock-step.ts';
import { Mind, type MindDeps } from './mind.ts';
import { nativeLayerOf, type NativeCheckpoint, type NativeLayer } from './native.ts';
import { PrefixStore } from './prefix-store.ts';
import { tokenizePrompt, type PromptText } from './prompt-text.ts';
import { Skeleton, type AnswerSchema } from './skeleton.ts';
import { readModel } from './split.ts';
import { StringMasks } from './string-masks.ts';
import { threadCounts, ThreadGovernor } from './thread-governor.ts';
import { readVocabulary, type Vocabulary } from './vocabulary.ts';

export type { EngineInfo } from './info.ts';
export type { Mind } from './mind.ts';
export type { AnswerSchema, Field } from './skeleton.ts';
export type { SamplerSettings } from './sampling.ts';
export type { PromptText } from './prompt-text.ts';

export interface EngineOptions {
  modelFile: string;
  /** Minds that can exist at once. */
  sequences: number;
  /** Tokens of prefix, changed text and answer together. */
  contextTokensPerSequence: number;
  /** Threads of the arithmetic. Default: what measures best while the engine runs, of up to 8 cores. */
  threads?: number;
  /** Where evaluated prefixes are kept between starts; nowhere when left out. */
  cacheDir?: string;
  log?: (line: string) => void;
}

export interface MindOptions {
  /** Unique among the open minds; names the kept prefix. */
  id: string;
  /** What all minds begin with; computed once. */
  sharedText: PromptText;
  /** What only this mind has, behind the shared text. */
  personaText: PromptText;
}

/** Of the default. */
const maxThreads = 8;

/**
 * @throws ModelFileError when the file cannot be used
 * @throws EngineUnavailableError when llama.cpp cannot run here
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const modelFile = path.resolve(options.modelFile);
  const { facts, vocabulary } = await readFacts(modelFile);
  const masks = new StringMasks(vocabulary);
  const log = options.log ?? (() => undefined);
  const lines: string[] = [];
  let loading = true;
  const llama = await startLlama((line) => {
    if (loading) lines.push(line);
    log(line);
  });
  const threads =
    options.threads ?? Math.max(1, Math.min(llama.cpuMathCores, availableParallelism(), maxThreads));
  try {
    const size = {
      sequences: options.sequences,
      contextTokens: options.contextTokensPerSequence,
      threads,
    };
    const { model, context } = await loadModel(llama, modelFile, size, lines);
    loading = false;
    const native = nativeLayerOf(llama, model, context);
    const governor = new ThreadGovernor(options.threads === undefined ? threadCounts(threads) : [threads]);
    return new Engine(
      { ...options, modelFile, log },
      { llama, model, context, native, facts, vocabulary, masks, threads, governor },
    );
  } catch (error) {
    await llama.dispose();
    throw error;
  }
}

/** The header lists a vocabulary as hundreds of thousands of objects: it is not kept while the model is loaded and runs. */
async function readFacts(modelFile: string): Promise<{ facts: ModelFacts; vocabulary: Vocabulary }> {
  const header = await readModel(modelFile);
  return { facts: factsOf(header), vocabulary: readVocabulary(header) };
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
  governor: ThreadGovernor;
}

interface Prefix {
  sequence: Sequence;
  shared: readonly number[];
}

/** Opened by {@link openEngine}. */
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
  /** Whether a sequence can only be returned to a checkpoint, as with recurrent models. */
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
      threads: deps.threads,
      contextTokensPerSequence: options.contextTokensPerSequence,
    };
    this.#lockStep = new LockStep(deps.native.context, {
      batchTokens,
      sequences: this.#sequences,
      contextTokens: options.contextTokensPerSequence,
      canCut: !this.#needsCheckpoints,
      governor: deps.governor,
    });
    if (options.cacheDir !== undefined && !this.#needsCheckpoints) {
      this.#store = new PrefixStore({
        folder: options.cacheDir,
        modelKey: [
          deps.facts.fingerprint,
          deps.llama.llamaCppRelease.release,
          this.#contextTokens,
          options.sequences,
        ].join(' '),
        contextTokens: this.#contextTokens,
        log: options.log,
      });
    }
  }

  /** Passes over the weights so far. */
  get passes(): number {
    return this.#lockStep.passes;
  }

  /** Opens a mind: evaluates its prefix, copies or restores what of it is known already. */
  async mind(options: MindOptions): Promise<Mind> {
    if (this.#closing) throw new Error('The engine is closed.');
    // One after another, so that what all share is evaluated by the first only.
    return this.#openings.run(() => this.#open(options));
  }

  /** Tokens that a text has, to keep prompts within bounds. */
  countTokens(text: PromptText): number {
    return tokenizePrompt(this.model, text).length;
  }

  /** Gives up all answers and frees model and context; another engine may be opened then. */
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

  async #open({ id, sharedText, personaText }: MindOptions): Promise<Mind> {
    if (this.#minds.has(id)) throw new Error(`There is a mind ${id} already; close it first.`);
    const taken = new Set([...this.#minds.values()].map(({ prefix }) => prefix.sequence));
    const sequence = this.#sequences.find((candidate) => !taken.has(candidate));
    if (!sequence) throw new Error(`All ${this.#sequences.length} sequences of the engine are taken.`);
    const shared = this.#withBos(tokenizePrompt(this.model, sharedText));
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

  /** Copies the shared part from a mind that has it. A recurrent state cannot be cut, so nothing is copied there. */
  async #copyShared(target: Sequence, shared: readonly number[]): Promise<void> {
    if (this.#needsCheckpoints) return;
    const source = [...this.#minds.values()].find(({ prefix }) => sameTokens(prefix.shared, shared))?.prefix
      .sequence;
    if (!source || shared.length === 0) return;
    const { context } = this.#deps.native;
    await this.#lockStep.between(async () => {
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
      if (this.#skeletons.size >= maxKeptSkeletons) this.#skeletons.clear();
      this.#skeletons.set(key, skeleton);
    }
    return skeleton;
  }
}

const maxKeptSkeletons = 32;

function sameTokens(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((token, index) => token === other[index]);
}
