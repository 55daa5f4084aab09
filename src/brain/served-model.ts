/**
 * Which row of the catalog a model is by its name. Servers name theirs by file, path, repository or words of their own:
 * `/models/Qwen3-0.6B-Q8_0.gguf`, `Qwen/Qwen3-0.6B`, `ggml-org/gemma-3-1b-it-GGUF:Q4_K_M`, `qwen3:0.6b`.
 */
import type { Catalog, CatalogEntry } from './catalog.ts';

const QUANTISATION = /[-._](?:UD-)?(?:[IT]?Q\d\w*|BF16|F16|F32|FP\d+\w*|MXFP4\w*|AWQ|GPTQ\w*)$/i;

/** Null for a model that the catalog does not have. A row of another quantisation of the same model counts. */
export function servedModel(name: string, catalog: Catalog): CatalogEntry | null {
  const byFile = /\.gguf$/i.test(name) ? modelOfFile(name, catalog) : null;
  return byFile ?? rowOf(name, catalog, (entry) => [entry.id, ...makersNames(entry)]);
}

/**
 * The row of the same model as in a file, whatever its quantisation; null where there is none. By the names that makers give their
 * files: the id of a row may be the name of the base model that its own was made of.
 */
export function modelOfFile(file: string, catalog: Catalog): CatalogEntry | null {
  return rowOf(file, catalog, makersNames);
}

const makersNames = ({ file, source, alsoCalled = [] }: CatalogEntry): string[] => [
  file,
  source,
  ...alsoCalled,
];

function rowOf(
  name: string,
  { models }: Catalog,
  namesOfRow: (entry: CatalogEntry) => readonly string[],
): CatalogEntry | null {
  const asked = namesOf(name);
  return (
    models.find((entry) =>
      namesOfRow(entry).some((known) => namesOf(known).some((one) => asked.includes(one))),
    ) ?? null
  );
}

/**
 * The name without its folder, ending and quantisation, in letters and digits; with and without the tag after a colon, and the maker in
 * front: `Qwen_Qwen3-0.6B`.
 */
function namesOf(name: string): string[] {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return [last, last.replace(/:[^:]*$/, '')]
    .map((tagged) =>
      tagged
        .replace(/\.gguf$/i, '')
        .replace(/-\d{5}-of-\d{5}$/, '')
        .replace(/-GGUF$/i, '')
        .replace(QUANTISATION, '')
        .replace(/[-._]qat$/i, ''),
    )
    .flatMap((plain) => [plain, plain.replace(/^[^_]+_/, '')])
    .map((plain) => plain.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((plain) => plain !== '');
}
