/** Reads the drawn sprites from data/sprites. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
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
  const place = `data/sprites/${name}.json`;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch (error) {
    throw new Error(`${place}: cannot be read; restore it from the repository`, { cause: error });
  }
  const parsed = sheetSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(`${place}: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
}
