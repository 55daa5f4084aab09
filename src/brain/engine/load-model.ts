/** Starts llama.cpp and loads a model with a context for all sequences. */
import { setImmediate as nextTick } from 'node:timers/promises';
import { getLlama, LlamaLogLevel, type Llama, type LlamaContext, type LlamaModel } from 'node-llama-cpp';
import { errorText } from '#lib/error-text.ts';
import { EngineUnavailableError } from './errors.ts';
import { loadFault } from './load-fault.ts';
import { hearAgain } from './native.ts';

export interface ContextSize {
  sequences: number;
  /** Of each sequence. */
  contextTokens: number;
  threads: number;
}

/** Rows of one pass at most: what a long prompt is cut into. */
export const batchTokens = 512;

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
    // Read, not mapped: llama.cpp repacks many kinds of weights for the processor, and a mapped file would stay beside the copy.
    const model = await llama.loadModel({ modelPath: file, gpuLayers: 0, useMmap: false });
    forgetVocabulary(model);
    const context = await model.createContext({
      sequences,
      contextSize: contextTokens,
      batchSize: batchTokens,
      threads,
      flashAttention: 'auto',
      swaFullCache: true,
      failedCreationRemedy: false,
    });
    return { model, context };
  } catch (error) {
    await nextTick(); // lines come by themselves, a little behind the error
    throw loadFault(file, lines, error);
  }
}

/** The library has read the vocabulary once more, into lists of its own, which nobody asks for: up to tens of megabytes. */
function forgetVocabulary(model: LlamaModel): void {
  const { ggml } = model.fileInfo.metadata.tokenizer;
  for (const list of ['tokens', 'scores', 'token_type', 'merges']) Reflect.set(ggml, list, []);
}
