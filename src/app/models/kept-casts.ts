/** The casts that shows on disk play with: a model is told of everybody as it is loaded, before any show is opened. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Content, Persona } from '#core/content.ts';
import { Roster } from '#show/casting/roster.ts';
import { readShow, StoreError, type RecordedShow } from '#store/store.ts';
import type { Settings } from '../settings.ts';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Of one show: what its producers chose, or else the content's own. */
export function keptCast(
  { keyValues }: Pick<RecordedShow, 'keyValues'>,
  content: Content,
  personas: readonly Persona[],
): readonly Persona[] {
  const reading = { get: keyValues.get, set() {}, delete() {} };
  return new Roster({ content, personas, keyValues: reading, blocks: () => false, log: SILENT }).content()
    .cast;
}

/** A show that cannot be read is left out: it says why when it is opened. */
export function castsKept(
  { dataDir, brain }: Settings,
  content: Content,
  personas: readonly Persona[],
): (readonly Persona[])[] {
  if (brain === 'scripted') return [];
  return filesIn(dataDir).flatMap((file) => {
    try {
      const shown = readShow(file);
      try {
        return [keptCast(shown, content, personas)];
      } finally {
        shown.close();
      }
    } catch (error) {
      if (error instanceof StoreError) return [];
      throw error;
    }
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.sqlite'))
      .map((file) => path.join(folder, file));
  } catch {
    // No folder yet, so no shows.
    return [];
  }
}
