/** What an engine tells about itself and about the model that it runs. */
import path from 'node:path';
import type { GgufHeader } from './gguf.ts';

/** What the model's file tells. */
export interface ModelFacts {
  file: string;
  name: string;
  architecture: string;
  parameters: number;
  fileBytes: number;
  /** SHA-256, in hex, of the header and of samples of the weights: tells models apart without reading them whole. */
  fingerprint: string;
  vocabularySize: number;
  /** The Jinja text in the GGUF; undefined when there is none. */
  chatTemplate: string | undefined;
}

export interface EngineInfo extends ModelFacts {
  /** The release of llama.cpp that the library was built from. */
  llamaCpp: string;
  /** At most; how many a pass gets is measured, unless it was fixed. */
  threads: number;
  contextTokensPerSequence: number;
}

export function factsOf(header: GgufHeader): ModelFacts {
  const { values } = header;
  const template = values.get('tokenizer.chat_template');
  return {
    file: header.file,
    name: String(values.get('general.name') ?? path.basename(header.file, '.gguf')),
    architecture: String(values.get('general.architecture') ?? 'unknown'),
    parameters: header.parameters,
    fileBytes: header.size,
    fingerprint: header.fingerprint,
    vocabularySize: header.tokens.length,
    chatTemplate: typeof template === 'string' && template !== '' ? template : undefined,
  };
}
