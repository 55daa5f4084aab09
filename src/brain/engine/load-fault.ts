/** Why llama.cpp did not load a model. Its error says only "Failed to load model": the reason is in its log. */
import { NoBinaryFoundError } from 'node-llama-cpp';
import { errorLine } from '#lib/error-text.ts';
import { EngineUnavailableError, ModelFileError } from './errors.ts';

/** Lines that come with every failure and give no reason. */
const EMPTY_WORDS = /failed to load model|^\s*$/i;

const KINDS: readonly { reason: RegExp; fault: 'unsupported' | 'load-failed'; cure: string }[] = [
  {
    reason:
      /unknown model architecture|unknown pre-tokenizer|unknown tokenizer|unsupported (?:tensor|file) type/i,
    fault: 'unsupported',
    cure: 'Choose another model, or update Open Outcry: a newer version may know this kind',
  },
  {
    reason:
      /key not found|missing tensor|tensor '.*' not found|wrong (?:shape|number of tensors)|has wrong type|vocab/i,
    fault: 'unsupported',
    cure: 'The file does not fit its own kind of model: choose another file of it, or update Open Outcry',
  },
  {
    reason: /alloc|out of memory|not enough|insufficient|too large|mmap|mlock/i,
    fault: 'load-failed',
    cure: 'Choose a smaller model, or free memory',
  },
];

/** Told before anything is loaded. */
export function noMemory(file: string, neededBytes: number, availableBytes: number): ModelFileError {
  const gigabytes = (bytes: number): string => (bytes / 1_000_000_000).toFixed(2);
  return new ModelFileError(
    file,
    'no-memory',
    `it needs about ${gigabytes(neededBytes)} GB of memory, and ${gigabytes(availableBytes)} GB are free`,
    'Free memory, or choose a smaller model: npm start -- --models lists them with what they need',
  );
}

/** @param lines what llama.cpp logged while it loaded the model */
export function loadFault(file: string, lines: readonly string[], error: unknown): ModelFileError {
  const reason = reasonIn(lines) ?? errorLine(error);
  const kind = KINDS.find((each) => each.reason.test(reason));
  return new ModelFileError(
    file,
    kind?.fault ?? 'load-failed',
    `llama.cpp cannot load it (${reason})`,
    kind?.cure ?? 'Choose another model, or update Open Outcry',
    { cause: error },
  );
}

/** Why a GPU does not compute. */
export function gpuFault(error: unknown): string {
  const { cause } = error instanceof EngineUnavailableError ? error : { cause: error };
  // The library's own message for this is the error's name.
  if (cause instanceof NoBinaryFoundError)
    return 'its driver is not installed, or no prebuilt binary of llama.cpp fits it';
  return errorLine(error);
}

/** The first line that gives a reason: later ones follow from it, or repeat it for a second try. */
function reasonIn(lines: readonly string[]): string | null {
  const said = lines.flatMap((text) => text.split('\n')).filter((line) => !EMPTY_WORDS.test(line));
  const line = said.find((each) => /error/i.test(each)) ?? said[0];
  if (line === undefined) return null;
  // "llama_model_load: error loading model: error loading model hyperparameters: key not found ..."
  return line
    .replace(/^\w+: (?=\S)/, '')
    .replace(/^(?:error loading model: )+/, '')
    .trim();
}
