import { fileURLToPath } from 'node:url';
import { askedAs, loadCatalog } from '#brain/catalog.ts';
import { resolveModel } from '#brain/download/resolve.ts';
import { createLlamaBrain, type LlamaBrain } from '#brain/llama.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';

const MODELS_DIR = fileURLToPath(new URL('../../../models', import.meta.url));

/** A model by its name in the catalog or by its file, set up as the show does. Rejects when there is none. */
export function catalogBrain(
  model: string,
  { cacheDir, threads }: { cacheDir: string | undefined; threads?: number | undefined },
): Promise<LlamaBrain> {
  const { path, entry } = resolveModel(model, { modelsDir: MODELS_DIR, catalog: loadCatalog() });
  return createLlamaBrain({
    modelFile: path,
    cast: content.cast,
    rooms: content.office.rooms,
    ...askedAs(entry),
    subjects: subjectsOf(content.headlines),
    seed: 1,
    threads,
    cacheDir,
    log: silentLog,
  });
}
