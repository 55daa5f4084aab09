// Starts llama.cpp and loads a model with a context for all sequences.
import { getLlama, LlamaLogLevel, type Llama, type LlamaContext, type LlamaModel } from 'node-llama-cpp';
import { errorText } from '#lib/error-text.ts';
import { EngineUnavailableError, ModelFileError } from './errors.ts';

export interface ContextSize {
  sequences: number;
  /** Of each sequence. */
  contextTokens: number;
  threads: number;
}

/** Rows of one pass at most: what a long prompt is cut into. */
export const batchTokens = 512;

/** @throws EngineUnavailableError when no prebuilt binary runs here */
export async function startLlama(log: (line: string) => void): Promise<Llama> {
  try {
    return await getLlama({
      gpu: false,
      build: 'never',
      progressLogs: false,
      logLevel: LlamaLogLevel.error,
      logger: (_level, message) => log(message.trim()),
    });
  } catch (error) {
    const cause = errorText(error);
    throw new EngineUnavailableError(
      `llama.cpp has no prebuilt binary that runs here (${cause}). Run on x64 or arm64 Linux, macOS or Windows.`,
      { cause: error },
    );
  }
}

/** @throws ModelFileError when llama.cpp cannot load the file or has no room for the sequences */
export async function loadModel(
  llama: Llama,
  file: string,
  { sequences, contextTokens, threads }: ContextSize,
): Promise<{ model: LlamaModel; context: LlamaContext }> {
  try {
    llama.maxThreads = threads;
    const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 });
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
    const cause = errorText(error);
    throw new ModelFileError(
      file,
      'load-failed',
      `llama.cpp cannot load it (${cause})`,
      'Choose a smaller or a newer model file',
      {
        cause: error,
      },
    );
  }
}
