/** Keeps measured habits between starts, beside the evaluated prompts and as long as these stay the same. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { errorText, rootCode } from '#lib/error-text.ts';
import type { Habits } from './chooser.ts';

const keptSchema = z.strictObject({
  /** Hash of all that the habits depend on. */
  of: z.string(),
  habits: z.record(z.string(), z.record(z.string(), z.number())),
});

export interface HabitStore {
  /** Null keeps nothing. */
  folder: string | null;
  log: (line: string) => void;
}

/**
 * The kept habits, or those that `measure` finds and that are then kept. Never fails for want of a file.
 * @param name of the file: the model and the trader
 * @param dependsOn everything that was asked and how; other words are other habits
 */
export async function habitsOf(
  { folder, log }: HabitStore,
  name: string,
  dependsOn: unknown,
  measure: () => Promise<Habits>,
): Promise<Habits> {
  if (folder === null) return measure();
  const file = path.join(folder, `habits-${hashOf(name).slice(0, 32)}.json`);
  const of = hashOf(JSON.stringify(dependsOn));
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    if (kept.of === of) return kept.habits;
  } catch (error) {
    if (rootCode(error) !== 'ENOENT')
      log(`the kept habits in ${file} cannot be used (${errorText(error)}); they are measured anew`);
  }
  const habits = await measure();
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(
      `${file}.part`,
      `${JSON.stringify({ of, habits } satisfies z.infer<typeof keptSchema>)}\n`,
    );
    await rename(`${file}.part`, file);
  } catch (error) {
    log(`the habits of a model could not be kept in ${folder}: ${errorText(error)}`);
  }
  return habits;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
