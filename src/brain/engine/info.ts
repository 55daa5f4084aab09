/** What an engine tells of itself and of the model that it runs. */
import path from 'node:path';
import type { GgufHeader } from './gguf.ts';

/** What the model's file tells. */
export interface ModelFacts {
  file: string;
  name: string;
  architecture: string;
  parameters: number;
  fileBytes: number;
  /** Tells models apart without reading them whole: a hash of header and samples. */
  fingerprint: string;
  vocabularySize: number;
  /** The Jinja text of the GGUF; undefined when it has none. */
  chatTemplate: string | undefined;
}

export interface EngineInfo extends ModelFacts {
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
