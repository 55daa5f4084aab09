/** Reads the drawn sprites from data/sprites. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '#lib/input-error.ts';
import { readJsonFile } from '#lib/text-file.ts';
import { sheetSchema, type Sheet } from './sheet.ts';

/** What every picture needs besides the sheets of the cast. */
export const SHARED_SHEETS = ['furniture', 'icons', 'moods', 'person', 'tiles', 'cards'] as const;

/** The shared sheets and one for each of `people` that has been drawn. Throws one line for a broken file. */
export function readSheets(folder: string, people: readonly string[]): Record<string, Sheet> {
  const sheets: Record<string, Sheet> = {};
  for (const name of SHARED_SHEETS) sheets[name] = readSheet(folder, name);
  for (const name of people) {
    if (existsSync(join(folder, `${name}.json`))) sheets[name] = readSheet(folder, name);
  }
  return sheets;
}

function readSheet(folder: string, name: string): Sheet {
  const file = join(folder, `${name}.json`);
  const parsed = sheetSchema.safeParse(readJsonFile(file));
  if (parsed.success) return parsed.data;
  throw new InputError(`${file}: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
}
