/**
 * Reads the shipped content from data/ and checks it: the cast (every file of data/cast), the market, the headlines, the
 * office. What is broken stops the start with one line that names the file, the place in it and what is allowed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import {
  headlinesSchema,
  marketSchema,
  officeSchema,
  personaSchema,
  type Content,
  type HeadlinesContent,
  type MarketContent,
  type Office,
  type Persona,
} from '#core/content.ts';
import { errorLine } from '#lib/error-text.ts';

/** A pool takes 2 to 10 outcomes, one a trader. */
const CAST_MIN = 2;
const CAST_MAX = 10;

/** One line: the file, the place in it, what is allowed there. */
export class ContentError extends Error {
  constructor(file: string, path: string, problem: string) {
    super(`data/${file}: ${path === '' ? '' : `${path}: `}${problem}`);
    this.name = 'ContentError';
  }
}

/** Everything from data/, or from another folder of the same shape. Throws a ContentError for the first broken file. */
export function loadContent(
  dataDir: string = fileURLToPath(new URL('../../data', import.meta.url)),
): Content {
  const market = readChecked(dataDir, 'market.json', marketSchema);
  const headlines = readChecked(dataDir, 'headlines.json', headlinesSchema);
  const office = readChecked(dataDir, 'office.json', officeSchema);
  const cast = readCast(dataDir);
  checkOffice(office);
  checkCast(cast, office);
  checkHeadlines(headlines, market);
  return { cast, market, headlines, office };
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
        `is "${persona.id}"; must be the file's name, "${file.slice(0, -5)}"`,
      );
    return persona;
  });
  if (cast.length < CAST_MIN || cast.length > CAST_MAX) {
    throw new ContentError('cast', '', `${cast.length} personas; ${CAST_MIN} to ${CAST_MAX} are allowed`);
  }
  return cast.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function listing(dataDir: string, folder: string): string[] {
  try {
    return readdirSync(join(dataDir, folder)).filter((file) => !file.startsWith('.'));
  } catch (error) {
    throw new ContentError(folder, '', `cannot be read (${errorLine(error)}); it ships with the project`);
  }
}

function readChecked<T extends z.ZodType>(dataDir: string, file: string, schema: T): z.output<T> {
  let text: string;
  try {
    text = readFileSync(join(dataDir, file), 'utf8');
  } catch (error) {
    throw new ContentError(file, '', `cannot be read (${errorLine(error)}); it ships with the project`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ContentError(file, '', `is no JSON (${errorLine(error)})`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [first, ...more] = parsed.error.issues;
  const path = first
    ? first.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
    : '';
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  throw new ContentError(file, path.replace(/^\./, ''), `${errorLine(first?.message ?? 'broken')}${others}`);
}

// ------------------------------------------------------------------------------- what one file says of another

function checkOffice(office: Office): void {
  for (const key of ['id', 'name', 'channel'] as const) {
    const twice = repeated(office.rooms.map((room) => room[key]));
    if (twice !== null)
      throw new ContentError(
        'office.json',
        'rooms',
        `two rooms have the ${key} "${twice}"; each needs its own`,
      );
  }
}

function checkCast(cast: readonly Persona[], office: Office): void {
  for (const key of ['name', 'emoji', 'color'] as const) {
    const twice = repeated(cast.map((persona) => persona[key]));
    if (twice === null) continue;
    const file = `cast/${cast.findLast((persona) => persona[key] === twice)?.id}.json`;
    throw new ContentError(file, key, `"${twice}" is taken by another persona; each needs its own`);
  }
  const rooms = office.rooms.map((room) => room.id);
  for (const persona of cast) {
    if (!rooms.includes(persona.homeRoom)) {
      throw new ContentError(
        `cast/${persona.id}.json`,
        'homeRoom',
        `no room "${persona.homeRoom}"; allowed: ${rooms.join(', ')}`,
      );
    }
  }
  for (const room of office.rooms) {
    const at = cast.filter((persona) => persona.homeRoom === room.id);
    const last = at.at(-1);
    if (last && at.length > room.seats) {
      throw new ContentError(
        `cast/${last.id}.json`,
        'homeRoom',
        `"${room.id}" has ${room.seats} seats and ${at.length} personas at home`,
      );
    }
  }
}

function checkHeadlines(headlines: HeadlinesContent, market: MarketContent): void {
  const regimes = market.regimes.map((regime) => regime.id);
  headlines.wire.forEach((headline, index) => {
    const unknown = headline.regimes.find((id) => !regimes.includes(id));
    if (unknown === undefined) return;
    throw new ContentError(
      'headlines.json',
      `wire[${index}].regimes`,
      `no regime "${unknown}"; allowed: ${regimes.join(', ')}`,
    );
  });
  const silent = regimes.find((id) => !headlines.wire.some((headline) => headline.regimes.includes(id)));
  if (silent !== undefined)
    throw new ContentError(
      'headlines.json',
      'wire',
      `no headline for the regime "${silent}"; at least one is needed`,
    );
}

function repeated(values: readonly string[]): string | null {
  return values.find((value, index) => values.indexOf(value) !== index) ?? null;
}
