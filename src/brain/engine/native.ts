// The thin native layer of node-llama-cpp; no other file touches it. The public API evaluates each sequence in an async
// generator of its own, lets timing decide what shares a batch, and samples with a bias for every token that is forbidden,
// which takes long with a vocabulary of 128,000. Here the caller says what is in a batch, and is given the likeliest tokens.
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Llama, LlamaContext, LlamaModel } from 'node-llama-cpp';
import { EngineUnavailableError } from './errors.ts';

interface SamplerConfig {
  /** 0 leaves no token out and takes the likeliest. */
  temperature: number;
  topK?: number;
  seed: number;
  /** Added to the logits of the tokens before all else. */
  tokenBiasKeys?: Uint32Array;
  tokenBiasValues?: Float32Array;
}

export interface NativeSampler {
  applyConfig(config: SamplerConfig): void;
  dispose(): void;
}

export interface NativeCheckpoint {
  init(context: NativeContext, sequence: number): Promise<void>;
  dispose(): void;
}

export interface NativeContext {
  initBatch(size: number): void;
  addToBatch(sequence: number, position: number, tokens: Uint32Array, logits: Uint32Array): Uint32Array;
  decodeBatch(): Promise<void>;
  /** Of the next passes. */
  setThreads(threads: number): void;
  /**
   * Logits come as token, logit, token, logit, … in no order to rely on: of the tokens that `wanted` names, or of all that the
   * sampler's settings leave. The token is -1 where none could be sampled.
   */
  sampleToken(
    batchIndex: number,
    sampler: NativeSampler,
    probabilities: false,
    confidence: false,
    wanted: true | [tokens: readonly number[], highest: false, lowest: false, selected: false, top: 0],
  ): Promise<[token: number, probabilities: undefined, confidence: undefined, logits: number[] | undefined]>;
  disposeSequence(sequence: number): void;
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  /** -1 for an empty sequence; above 0 where the cells that a sliding window has passed are gone. */
  getSequenceKvCacheMinPosition(sequence: number): number;
  copySequenceStateFromOtherSequence(target: number, source: number): Promise<number>;
  saveSequenceStateToFile(file: string, sequence: number, tokens: Uint32Array): Promise<number>;
  loadSequenceStateFromFile(file: string, sequence: number, maxTokens: number): Promise<Uint32Array>;
  restoreCheckpoint(checkpoint: NativeCheckpoint, lastPosition: number, sequence: number): Promise<boolean>;
}

const CONTEXT_METHODS = [
  'initBatch',
  'addToBatch',
  'decodeBatch',
  'setThreads',
  'sampleToken',
  'disposeSequence',
  'removeTokenCellsFromSequence',
  'getSequenceKvCacheMinPosition',
  'copySequenceStateFromOtherSequence',
  'saveSequenceStateToFile',
  'loadSequenceStateFromFile',
  'restoreCheckpoint',
] as const satisfies readonly (keyof NativeContext)[];

export interface NativeLayer {
  context: NativeContext;
  newSampler(): NativeSampler;
  newCheckpoint(): NativeCheckpoint;
}

/**
 * The native parts of a context. Nothing else may use the context from then on.
 * @throws EngineUnavailableError when this version of the library does not have them
 */
export function nativeLayerOf(llama: Llama, model: LlamaModel, context: LlamaContext): NativeLayer {
  const nativeContext: unknown = Reflect.get(context, '_ctx');
  const nativeModel: unknown = Reflect.get(model, '_model');
  const bindings: unknown = Reflect.get(llama, '_bindings');
  if (!isContext(nativeContext))
    throw missing(CONTEXT_METHODS.filter((name) => !hasMethod(nativeContext, name)).join(', '));
  const Sampler = constructorIn(bindings, 'AddonSampler');
  const Checkpoint = constructorIn(bindings, 'AddonContextSequenceCheckpoint');
  const newSampler = (): NativeSampler => {
    const sampler: unknown = Reflect.construct(Sampler, [nativeModel]);
    if (!isSampler(sampler)) throw missing('AddonSampler.applyConfig');
    return sampler;
  };
  const newCheckpoint = (): NativeCheckpoint => {
    const checkpoint: unknown = Reflect.construct(Checkpoint, []);
    if (!isCheckpoint(checkpoint)) throw missing('AddonContextSequenceCheckpoint.init');
    return checkpoint;
  };
  newSampler().dispose();
  return { context: nativeContext, newSampler, newCheckpoint };
}

function missing(what: string): EngineUnavailableError {
  return new EngineUnavailableError(
    `node-llama-cpp has no ${what}: the engine was written for version 3.22.1. Install that version (npm install).`,
  );
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}

function isContext(value: unknown): value is NativeContext {
  return CONTEXT_METHODS.every((name) => hasMethod(value, name));
}

function isSampler(value: unknown): value is NativeSampler {
  return hasMethod(value, 'applyConfig') && hasMethod(value, 'dispose');
}

function isCheckpoint(value: unknown): value is NativeCheckpoint {
  return hasMethod(value, 'init') && hasMethod(value, 'dispose');
}

function constructorIn(bindings: unknown, name: string): new (...values: unknown[]) => unknown {
  const found: unknown =
    typeof bindings === 'object' && bindings !== null ? Reflect.get(bindings, name) : undefined;
  if (typeof found !== 'function') throw missing(name);
  return found as new (...values: unknown[]) => unknown;
}

/**
 * Restores the log of a second llama.cpp in one process. The library replaces the listener of its log, but the old listener
 * ends later and takes the new one with it: from then on lines would go to standard output, and their reader would miss them.
 */
export async function hearAgain(llama: Llama): Promise<void> {
  await nextTick();
  await nextTick();
  const bindings: unknown = Reflect.get(llama, '_bindings');
  const listener: unknown = Reflect.get(llama, '_onAddonLog');
  if (!hasLogger(bindings) || typeof listener !== 'function') return;
  bindings.setLogger(listener);
}

function hasLogger(value: unknown): value is { setLogger(listener: object): void } {
  return hasMethod(value, 'setLogger');
}
