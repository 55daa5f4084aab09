/**
 * Which row of the catalog a server's model is. Servers name their models by file, path, repository or words of their own:
 * `/models/Qwen3-0.6B-Q8_0.gguf`, `Qwen/Qwen3-0.6B`, `ggml-org/gemma-3-1b-it-GGUF:Q4_K_M`, `qwen3:0.6b`.
 */
import type { Catalog, CatalogEntry } from './catalog.ts';

const QUANTISATION = /[-._](?:UD-)?(?:I?Q\d\w*|BF16|F16|F32|MXFP4\w*|AWQ|GPTQ\w*|FP8\w*)$/i;

/** Null for a model that the catalog does not have. A row of another quantisation of the same model counts. */
export function servedModel(name: string, { models }: Catalog): CatalogEntry | null {
  const asked = namesOf(name);
  return (
    models.find(({ id, file, source }) =>
      [id, file, source].some((known) => namesOf(known).some((one) => asked.includes(one))),
    ) ?? null
  );
}

/** The name without its folder, ending and quantisation, in letters and digits; with and without the tag after a colon. */
function namesOf(name: string): string[] {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return [last, last.replace(/:[^:]*$/, '')]
    .map((tagged) =>
      tagged
        .replace(/\.gguf$/i, '')
        .replace(/-GGUF$/i, '')
        .replace(QUANTISATION, ''),
    )
    .map((plain) => plain.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((plain) => plain !== '');
}
