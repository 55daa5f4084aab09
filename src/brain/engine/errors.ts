import { InputError } from '#lib/input-error.ts';

/** What can be wrong with a model file. */
export type ModelFileFault =
  | 'missing'
  | 'unreadable'
  | 'not-gguf'
  | 'truncated'
  | 'unsupported'
  | 'no-memory'
  | 'load-failed';

/** A model file that cannot be used. The message is one line with the place, the cause and the cure. */
export class ModelFileError extends InputError {
  override readonly name = 'ModelFileError';
  readonly file: string;
  readonly fault: ModelFileFault;

  constructor(file: string, fault: ModelFileFault, cause: string, cure: string, options?: ErrorOptions) {
    super(`Model file ${file}: ${cause}. ${cure}.`, options);
    this.file = file;
    this.fault = fault;
  }
}

/** The installed node-llama-cpp lacks a part that the engine needs, or cannot run on this machine. */
export class EngineUnavailableError extends InputError {
  override readonly name = 'EngineUnavailableError';
}

/** An answer that was given up before its end; `reason` says whether by the caller's signal or because the engine closed. */
export class AnswerAbortedError extends Error {
  override readonly name = 'AnswerAbortedError';
  readonly reason: 'signal' | 'closed';

  constructor(reason: 'signal' | 'closed', message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** The prompt and the longest possible answer do not fit into the sequence. */
export class PromptTooLongError extends Error {
  override readonly name = 'PromptTooLongError';
}

/** A chat template that cannot be used, because answers must be JSON from their first character on. */
export class TemplateError extends InputError {
  override readonly name = 'TemplateError';
}
