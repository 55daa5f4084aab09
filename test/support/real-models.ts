/** Real model files, which the repository does not hold; CONTRIBUTING.md says how to get them. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const REAL_MODELS = {
  /** A chat model. */
  smolLm2: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  /** A base model without a chat template; most of its layers see a sliding window of 512 tokens only. */
  gemma3: 'gemma-3-270m-q4_k_m.gguf',
} as const;

/** The file in the folder that REAL_MODELS names, and why a test that needs it is skipped: false where it is there. */
export function realModel(name: keyof typeof REAL_MODELS): { file: string; skip: string | false } {
  const folder = process.env['REAL_MODELS'];
  const file = path.join(folder ?? '', REAL_MODELS[name]);
  if (folder === undefined || folder === '')
    return { file, skip: `REAL_MODELS names no folder that holds ${REAL_MODELS[name]}; see CONTRIBUTING.md` };
  return { file, skip: existsSync(file) ? false : `there is no ${file}; see CONTRIBUTING.md` };
}
