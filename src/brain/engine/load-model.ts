/** Starts llama.cpp, on a GPU where there is one, and loads a model with a context for all sequences. */
import { availableParallelism } from 'node:os';
import { setImmediate as nextTick } from 'node:timers/promises';
import {
  getLlama,
  GgufInsights,
  LlamaLogLevel,
  readGgufFileInfo,
  type Llama,
  type LlamaContext,
  type LlamaModel,
} from 'node-llama-cpp';
import { errorLine, errorText } from '#lib/error-text.ts';
import { gpuFailed, type GpuChoice } from '../gpu.ts';
import { availableMemoryBytes } from '../memory.ts';
import { EngineUnavailableError, ModelFileError, TemplateError } from './errors.ts';
import type { GgufHeader } from './gguf.ts';
import { gpuFault, loadFault, noMemory } from './load-fault.ts';
import { hearAgain } from './native.ts';

export interface LoadOptions {
  header: Pick<GgufHeader, 'file' | 'size'>;
  sequences: number;
  /** So many at least; the others have half of what memory these leave. Default: all. */
  leastSequences?: number | undefined;
  /** Of each sequence. */
  contextTokens: number;
  /**
   * How many are enough with this model for so many sequences: fewer, or more where memory has room for them. Default: as many as
   * `contextTokens` says.
   */
  enoughTokens?: ((model: LlamaModel, sequences: number) => number) | undefined;
  /** Default: the cores that are good for it. Those that do not help are left out while it plays, see ThreadGovernor. */
  threads?: number | undefined;
  /** That this process may use. */
  processors?: number | undefined;
  /** Off when left out. */
  gpu?: GpuChoice | undefined;
  log: (line: string) => void;
  /** A line for the person at the terminal: which GPU computes, or why it does not. */
  notice?: ((line: string) => void) | undefined;
  /** Told whether a GPU computes, before the weights are read; again where the processor takes over. */
  computes?: ((onGpu: boolean) => void) | undefined;
  /** How much of the weights has been read, from 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
  /** Bytes that this process could still take. */
  availableBytes?: (() => number) | undefined;
  start?: typeof startLlama | undefined;
}

export interface Loaded {
  llama: Llama;
  model: LlamaModel;
  context: LlamaContext;
  sequences: number;
  /** Of each sequence. */
  contextTokens: number;
  threads: number;
}

/**
 * Rows of one pass at most: what a long prompt is cut into. A turn fits into one. More are read no faster on a processor, and
 * llama.cpp sets aside their logits too: 1 MB a row with a vocabulary of 262,000.
 */
export const BATCH_TOKENS = 256;
/** llama.cpp takes no more. */
const THREADS_MAX = 512;

/**
 * Where the GPU cannot be used, or the model does not load on it, the processor computes, and `notice` is told.
 * @throws ModelFileError when llama.cpp cannot load the file, or memory has no room for it and its sequences
 * @throws EngineUnavailableError when no prebuilt binary runs here
 */
export async function loadModel(options: LoadOptions): Promise<Loaded> {
  const { gpu = 'off', notice = () => undefined } = options;
  if (gpu === 'off') return await loadWith(false, options);
  const device = { isGpu: true };
  const computes = (onGpu: boolean): void => {
    device.isGpu = onGpu;
    options.computes?.(onGpu);
  };
  let loaded: Loaded;
  try {
    loaded = await loadWith(gpu, { ...options, computes });
  } catch (error) {
    // The processor would meet the same, or has.
    if (error instanceof TemplateError || !device.isGpu) throw error;
    if (error instanceof ModelFileError && error.fault !== 'load-failed') throw error;
    notice(gpuFailed(gpu, gpuFault(error)));
    return await loadWith(false, options);
  }
  const { llama, model } = loaded;
  if (llama.gpu !== false) {
    const layers = `${model.gpuLayers} of ${model.fileInsights.totalLayers} layers`;
    notice(`The model computes on the GPU (${llama.gpu}, ${layers}).`);
  } else if (gpu !== 'auto') {
    notice(gpuFailed(gpu, 'this system has none'));
  }
  return loaded;
}

async function loadWith(gpu: LlamaGpu, options: LoadOptions): Promise<Loaded> {
  const { header, log, start = startLlama, processors = availableParallelism() } = options;
  const lines: string[] = [];
  let loading = true;
  const llama = await start(gpu, (line) => {
    if (loading) lines.push(line);
    log(line);
  });
  options.computes?.(llama.gpu !== false);
  try {
    const sequences = await sequencesWithRoom(llama, options);
    const threads = options.threads ?? Math.max(1, Math.min(llama.cpuMathCores, processors, THREADS_MAX));
    llama.maxThreads = threads;
    const model = await llama.loadModel({
      modelPath: header.file,
      gpuLayers: llama.gpu === false ? 0 : { fitContext: { contextSize: sequences * options.contextTokens } },
      // As below: what the GPU must have room for.
      defaultContextSwaFullCache: true,
      // Read, not mapped: llama.cpp repacks many kinds of weights for the processor, and a mapped file stays beside the copy.
      useMmap: false,
      ...(options.onProgress && { onLoadProgress: options.onProgress }),
    });
    forgetVocabulary(model);
    const created = await createContext(
      model,
      { sequences, threads },
      await sizesToTry(model, { ...options, sequences }),
      log,
    );
    loading = false;
    return { llama, model, ...created, sequences, threads };
  } catch (error) {
    await nextTick(); // the lines of the log arrive a little after the error
    await llama.dispose();
    throw error instanceof ModelFileError || error instanceof TemplateError
      ? error
      : loadFault(header.file, lines, error);
  }
}

/** Tokens of each sequence: what is enough, and where that is more than was foreseen, what was foreseen. */
async function sizesToTry(model: LlamaModel, options: LoadOptions): Promise<number[]> {
  const { sequences, contextTokens, enoughTokens, log } = options;
  const enough = enoughTokens?.(model, sequences) ?? contextTokens;
  if (enough <= contextTokens) return [enough];
  const needed = await contextBytes(model.llama, { ...options, contextTokens: enough });
  if (needed <= (await freeBytes(model.llama, options))) return [enough, contextTokens];
  log(`memory has no room for ${sequences} sequences of ${enough} tokens: each has ${contextTokens}`);
  return [contextTokens];
}

/** Of the first size that the library has room for. */
async function createContext(
  model: LlamaModel,
  how: { sequences: number; threads: number },
  [contextTokens = 0, ...smaller]: readonly number[],
  log: LoadOptions['log'],
): Promise<Pick<Loaded, 'context' | 'contextTokens'>> {
  try {
    const context = await model.createContext({
      ...how,
      contextSize: contextTokens,
      batchSize: BATCH_TOKENS,
      flashAttention: 'auto',
      swaFullCache: true,
      failedCreationRemedy: false,
    });
    return { context, contextTokens };
  } catch (error) {
    if (smaller.length === 0) throw error;
    log(`a context of ${contextTokens} tokens a sequence cannot be made: ${errorLine(error)}`);
    return await createContext(model, how, smaller, log);
  }
}

type LlamaGpu = false | Exclude<GpuChoice, 'off'>;

/** Whether this process has started a llama.cpp before. */
let startedBefore = false;

/** @throws EngineUnavailableError when no prebuilt binary runs here */
export async function startLlama(gpu: LlamaGpu, log: (line: string) => void): Promise<Llama> {
  try {
    const llama = await getLlama({
      gpu,
      build: 'never',
      progressLogs: false,
      logLevel: LlamaLogLevel.error,
      logger: (_level, message) => log(message.trim()),
    });
    if (startedBefore) await hearAgain(llama);
    startedBefore = true;
    return llama;
  } catch (error) {
    const cause = errorText(error);
    throw new EngineUnavailableError(
      `llama.cpp has no prebuilt binary that runs here (${cause}). Run on x64 or arm64 Linux, macOS or Windows.`,
      { cause: error },
    );
  }
}

/** So much beside twice the weights holds a context of so many tokens of any model. */
const PLENTY_BYTES = 2_000_000_000;
const PLENTY_TOKENS = 8_192;
/** Of the memory that is left beside what must be there: what the sequences take that need not. */
const SHARE_OF_REST = 0.5;

/**
 * How many sequences there is memory for. Where weights and context do not fit, the system would read the file from the disk again
 * and again, or end the program.
 * @throws ModelFileError when not even the least fit
 */
async function sequencesWithRoom(llama: Llama, options: LoadOptions): Promise<number> {
  const { header, sequences, leastSequences = sequences, contextTokens } = options;
  const available = await freeBytes(llama, options);
  if (header.size > available) throw noMemory(header.file, header.size, available);
  // The estimate takes up to a second, so it is asked for only where it may matter.
  const plenty = PLENTY_BYTES * Math.max(1, (sequences * contextTokens) / PLENTY_TOKENS);
  if (available > 2 * header.size + plenty) return sequences;
  const least = await contextBytes(llama, { ...options, sequences: leastSequences });
  const rest = available - header.size - least;
  if (rest < 0) throw noMemory(header.file, header.size + least, available);
  if (sequences === leastSequences) return sequences;
  const more = (await contextBytes(llama, options)) - least;
  if (more <= rest * SHARE_OF_REST) return sequences;
  return leastSequences + Math.floor(((sequences - leastSequences) * rest * SHARE_OF_REST) / more);
}

/** What this process could still take, of the machine's memory and of the GPU's. */
async function freeBytes(
  llama: Llama,
  { availableBytes = availableMemoryBytes }: LoadOptions,
): Promise<number> {
  return availableBytes() + (await ownGpuBytes(llama));
}

/** Free memory of the GPU, without what it shares with the processor. */
async function ownGpuBytes(llama: Llama): Promise<number> {
  if (llama.gpu === false) return 0;
  const { free, unifiedSize } = await llama.getVramState();
  return Math.max(0, free - unifiedSize);
}

/** What a GPU has free beside the machine's memory, before a model is there to load; 0 where none can be used. */
export async function freeGpuBytes(gpu: GpuChoice, log: (line: string) => void): Promise<number> {
  if (gpu === 'off') return 0;
  try {
    const llama = await startLlama(gpu, log);
    try {
      return await ownGpuBytes(llama);
    } finally {
      await llama.dispose();
    }
  } catch (error) {
    log(`how much memory the GPU has could not be found out: ${errorLine(error)}`);
    return 0;
  }
}

async function contextBytes(llama: Llama, options: LoadOptions): Promise<number> {
  const { header, sequences, contextTokens, log } = options;
  try {
    const insights = await GgufInsights.from(await readGgufFileInfo(header.file), llama);
    const { cpuRam } = insights.estimateContextResourceRequirements({
      contextSize: contextTokens,
      modelGpuLayers: 0,
      batchSize: BATCH_TOKENS,
      sequences,
      flashAttention: insights.flashAttentionSupported,
      swaFullCache: true,
    });
    return cpuRam;
  } catch (error) {
    log(`what memory its context needs could not be estimated: ${errorLine(error)}`);
    return 0;
  }
}

/** The library has read the vocabulary once more, into lists of its own, which nobody asks for: up to tens of megabytes. */
function forgetVocabulary(model: LlamaModel): void {
  const { ggml } = model.fileInfo.metadata.tokenizer;
  for (const list of ['tokens', 'scores', 'token_type', 'merges']) Reflect.set(ggml, list, []);
}
