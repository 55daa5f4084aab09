/**
 * Reads the shipped content from data/ and checks it: the cast (every file of data/cast), the market, the headlines, the
 * office, the sprites. What is broken stops the start with one line that names the file, the place in it and what is
 * allowed.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import {
  headlinesSchema,
  marketSchema,
  officeSchema,
  personaSchema,
  type Content,
  type Persona,
} from '#core/content.ts';
import { errorLine } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';
import { quoted } from '#lib/quoted.ts';
import { readJsonFile, TextFileError } from '#lib/text-file.ts';
import { SHARED_SHEETS } from '#paint/sprites/sprite-files.ts';
import { sheetSchema, type Sheet } from '#paint/sprites/sheet.ts';
import { blocklistSchema } from '#stage/presentation/blocklist.ts';
import { checkCast, checkHeadlines, checkHomes } from './checks/cast.ts';
import { ContentError } from './checks/content-error.ts';
import { checkOffice } from './checks/office.ts';
import { checkSprites } from './checks/sprites.ts';

/** A pool has 2 to 10 outcomes, one for each trader. */
const CAST_MIN = 2;
const CAST_MAX = 10;

/** Everything that ships, and what is made of it for a show whose producers chose nobody. */
export interface Library {
  content: Content;
  /** Guests too. */
  personas: readonly Persona[];
}

const DATA = fileURLToPath(new URL('../../data', import.meta.url));

/** Everything from data/, or from another folder of the same shape. Throws a ContentError for the first broken file. */
export function loadContent(dataDir: string = DATA): Content {
  return loadLibrary(null, dataDir).content;
}

/** The same with all personas. `chosen`: ids of those who play; null: all but guests. Throws InputError for a choice that cannot play. */
export function loadLibrary(chosen: readonly string[] | null, dataDir: string = DATA): Library {
  const library = readLibrary(chosen, dataDir);
  const { content, personas } = library;
  readChecked(dataDir, 'blocklist.json', blocklistSchema);
  checkSprites(content.office, personas, readSheets(dataDir, personas));
  return library;
}

/** What a show is played with, of a folder that has nothing for the eye: no drawings, no blocked words. Throws as `loadContent` does. */
export function loadUnseen(dataDir: string): Content {
  return readLibrary(null, dataDir).content;
}

function readLibrary(chosen: readonly string[] | null, dataDir: string): Library {
  const market = readChecked(dataDir, 'market.json', marketSchema);
  const headlines = readChecked(dataDir, 'headlines.json', headlinesSchema);
  const office = readChecked(dataDir, 'office.json', officeSchema);
  const personas = readCast(dataDir);
  checkOffice(office);
  const cast = castOf(personas, chosen);
  checkCast(personas, office);
  checkHomes(cast, office);
  checkHeadlines(headlines, market);
  return { content: { cast, market, headlines, office }, personas };
}

function readCast(dataDir: string): Persona[] {
  const files = listing(dataDir, 'cast').sort();
  const cast = files.map((file) => {
    if (!/^[a-z0-9-]+\.json$/.test(file)) {
      throw new ContentError(
        `cast/${file}`,
        '',
        'only personas belong here, one file each, named ID.json; move it away or rename it',
      );
    }
    const persona = readChecked(dataDir, `cast/${file}`, personaSchema);
    if (`${persona.id}.json` !== file)
      throw new ContentError(
        `cast/${file}`,
        'id',
        `is ${quoted(persona.id)}; must be the file's name, "${file.slice(0, -5)}"`,
      );
    return persona;
  });
  return cast.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function castOf(personas: readonly Persona[], chosen: readonly string[] | null): Persona[] {
  const stranger = chosen?.find((id) => personas.every((one) => one.id !== id));
  if (stranger !== undefined)
    throw new InputError(
      `flag --cast: no persona ${quoted(stranger)} in data/cast; give some of ${personas.map(({ id }) => id).join(', ')}`,
    );
  const cast = personas.filter(({ id, guest }) => chosen?.includes(id) ?? guest !== true);
  if (cast.length >= CAST_MIN && cast.length <= CAST_MAX) return cast;
  if (chosen !== null)
    throw new InputError(`flag --cast: ${cast.length} traders; ${CAST_MIN} to ${CAST_MAX} are allowed`);
  throw new ContentError('cast', '', `${cast.length} personas; ${CAST_MIN} to ${CAST_MAX} are allowed`);
}

/** The shared sheets, and that of each persona that has been drawn. */
function readSheets(dataDir: string, cast: readonly Persona[]): Record<string, Sheet> {
  const there = new Set(listing(dataDir, 'sprites'));
  const drawn = cast.map(({ sprite }) => sprite).filter((sprite) => there.has(`${sprite}.json`));
  return Object.fromEntries(
    [...SHARED_SHEETS, ...drawn].map((name) => [
      name,
      readChecked(dataDir, `sprites/${name}.json`, sheetSchema),
    ]),
  );
}

function listing(dataDir: string, folder: string): string[] {
  try {
    return readdirSync(join(dataDir, folder)).filter((file) => !file.startsWith('.'));
  } catch (error) {
    throw new ContentError(folder, '', `cannot be read (${errorLine(error)}); it ships with the project`);
  }
}

function readChecked<T extends z.ZodType>(dataDir: string, file: string, schema: T): z.output<T> {
  const parsed = schema.safeParse(readJson(dataDir, file));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const [first = { place: '', problem: 'broken' }, ...more] = issues.slice(0, TOLD_AT_ONCE).map((issue) => ({
    place: placeOf(issue),
    problem: errorLine(issue.message),
  }));
  const also = more
    .map(({ place, problem }) => `; also ${place === '' ? '' : `${place}: `}${problem}`)
    .join('');
  const untold = issues.length - more.length - 1;
  throw new ContentError(
    file,
    first.place,
    `${first.problem}${also}${untold > 0 ? ` (and ${untold} more)` : ''}`,
  );
}

/** Whoever mends a file mends these, and looks again. */
const TOLD_AT_ONCE = 5;

function placeOf({ path }: z.core.$ZodIssue): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return place.replace(/^\./, '');
}

function readJson(dataDir: string, file: string): unknown {
  try {
    return readJsonFile(join(dataDir, file));
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    throw new ContentError(file, '', `${error.reason}; the project ships with one that is whole`);
  }
}
