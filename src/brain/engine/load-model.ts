/** Starts llama.cpp and loads a model with a context for all sequences. */
import { setImmediate as nextTick } from 'node:timers/promises';
import { getLlama, LlamaLogLevel, type Llama, type LlamaContext, type LlamaModel } from 'node-llama-cpp';
import { errorText } from '#lib/error-text.ts';
import { EngineUnavailableError } from './errors.ts';
import { loadFault } from './load-fault.ts';
import { hearAgain } from './native.ts';

export interface ContextSize {
  sequences: number;
  /** Tokens of each sequence. */
  contextTokens: number;
  threads: number;
}

/** The most rows of one pass; a longer prompt is read in several passes. */
export const BATCH_TOKENS = 512;

/** Whether this process has started a llama.cpp before. */
let startedBefore = false;

/** @throws EngineUnavailableError when no prebuilt binary runs here */
export async function startLlama(log: (line: string) => void): Promise<Llama> {
  try {
    const llama = await getLlama({
      gpu: false,
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

/**
 * @param lines what llama.cpp logs, as it comes
 * @throws ModelFileError when llama.cpp cannot load the file or has no room for the sequences
 */
export async function loadModel(
  llama: Llama,
  file: string,
  { sequences, contextTokens, threads }: ContextSize,
  lines: readonly string[],
): Promise<{ model: LlamaModel; context: LlamaContext }> {
  try {
    llama.maxThreads = threads;
    const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 });
    const context = await model.createContext({
      sequences,
      contextSize: contextTokens,
      batchSize: BATCH_TOKENS,
      threads,
      flashAttention: 'auto',
      swaFullCache: true,
      failedCreationRemedy: false,
    });
    return { model, context };
  } catch (error) {
    await nextTick(); // the lines of the log arrive a little after the error
    throw loadFault(file, lines, error);
  }
}
