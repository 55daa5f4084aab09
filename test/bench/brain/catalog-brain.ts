import { askedAs } from '#brain/catalog.ts';
import { readModel } from '#brain/engine/split.ts';
import { createLlamaBrain, type LlamaBrain } from '#brain/llama.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { InputError } from '#lib/input-error.ts';
import { modelOnDisk } from '#tools/model-on-disk.ts';
import { wrong } from '#test/support/arguments.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';

/** The file of a model by its name in the catalog or by its path. It ends the program where there is none, or none that is whole. */
export async function modelFileOf(usage: string, model: string): Promise<string> {
  try {
    const { file } = modelOnDisk(model);
    await readModel(file);
    return file;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return wrong(usage, error.message);
  }
}

/** A model by its name in the catalog or by its file, set up as the show does. Rejects when there is none. */
export async function catalogBrain(
  model: string,
  { cacheDir, threads }: { cacheDir: string | undefined; threads?: number | undefined },
): Promise<LlamaBrain> {
  const { file, entry } = modelOnDisk(model);
  return await createLlamaBrain({
    modelFile: file,
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
