/** The casts that shows on disk play with: a model is told of everybody as it is loaded, before any show is opened. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Content, Persona } from '#core/content.ts';
import { Roster } from '#show/casting/roster.ts';
import { readShow, StoreError, type RecordedShow } from '#store/store.ts';
import type { Settings } from '../settings.ts';

const SHOW_ENDING = '.sqlite';
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

export interface OwnCast {
  /** For a person: the show's file. */
  show: string;
  cast: readonly Persona[];
}

/**
 * The show that was played last comes first. One that cannot be read is left out: it says why when it is opened.
 * @param isPlayed whether a show is played here, by its name
 */
export function castsKept(
  { dataDir, brain }: Pick<Settings, 'dataDir' | 'brain'>,
  content: Content,
  personas: readonly Persona[],
  isPlayed: (show: string) => boolean,
): OwnCast[] {
  if (brain === 'scripted') return [];
  const files = filesIn(dataDir).filter((file) => isPlayed(path.basename(file, SHOW_ENDING)));
  const lastUsed = new Map(files.map((file) => [file, usedMs(file)]));
  const newestFirst = files.toSorted((a, b) => (lastUsed.get(b) ?? 0) - (lastUsed.get(a) ?? 0));
  return newestFirst.flatMap((file) => {
    try {
      const shown = readShow(file);
      try {
        return [{ show: path.basename(file), cast: keptCast(shown, content, personas) }];
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
      .filter((file) => file.endsWith(SHOW_ENDING))
      .map((file) => path.join(folder, file));
  } catch {
    // No folder yet, so no shows.
    return [];
  }
}

/** What is played is written beside the file first. */
function usedMs(file: string): number {
  const times = [file, `${file}-wal`].map((each) => statSync(each, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...times);
}
