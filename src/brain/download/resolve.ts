/** What MODEL names: a file, or a row of the catalog whose file is there or is to be downloaded. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { rootCode } from '#lib/error-text.ts';
import { nearestTo } from '#lib/nearest.ts';
import { quoted } from '#lib/quoted.ts';
import type { Catalog, CatalogEntry, ShippedEntry } from '../catalog.ts';
import { modelOfFile, servedModel } from '../served-model.ts';
import { ModelFetchError } from './error.ts';

export type ResolvedModel =
  /** `entry` says how it is asked, no more: where it names another file, its length, sum and licence are that file's. */
  | { kind: 'file'; path: string; entry: CatalogEntry | ShippedEntry | null }
  | { kind: 'download'; path: string; entry: CatalogEntry };

/**
 * What MODEL means: the id of a catalog entry, a path, which may begin with ~/, or the name of a file in `modelsDir`. A known
 * model whose file is not there yet is to be downloaded to `path`. Throws ModelFetchError `unknown_model` with where the known
 * names stand and the nearest one, or `wrong_size` for a file that is there but is not what the catalog says.
 */
export function resolveModel(
  nameOrPath: string,
  options: { modelsDir: string; catalog: Catalog },
): ResolvedModel {
  const { modelsDir, catalog } = options;
  const { shipped = [] } = catalog;
  const own = shipped.find((entry) => entry.id === nameOrPath.toLowerCase());
  if (own) return { kind: 'file', path: checkedSize(path.join(modelsDir, own.file), own), entry: own };
  const named = catalog.models.find((entry) => entry.id === nameOrPath.toLowerCase());
  if (named) {
    const file = path.join(modelsDir, named.file);
    if (fileBytes(file) === null) return { kind: 'download', path: file, entry: named };
    return { kind: 'file', path: checkedSize(file, named), entry: named };
  }
  const file = nameOrPath.replace(/^~(?=[\\/])/, () => homedir());
  const places = [path.resolve(file), path.resolve(modelsDir, file)];
  for (const candidate of places) {
    if (fileBytes(candidate) === null) continue;
    return { kind: 'file', path: candidate, entry: rowOf(candidate, catalog) };
  }
  throw unknownModel(nameOrPath, places, catalog);
}

/** The row that names this file; else the shipped one whose bytes these are, else that of the same model in another quantisation. */
function rowOf(file: string, catalog: Catalog): CatalogEntry | ShippedEntry | null {
  const { shipped = [], models } = catalog;
  return (
    [...shipped, ...models].find((entry) => isOwnFile(file, entry)) ??
    shipped.find(({ bytes, sha256 }) => fileBytes(file) === bytes && sha256Of(file) === sha256) ??
    modelOfFile(file, catalog)
  );
}

const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const isOwnFile = (file: string, entry: CatalogEntry | ShippedEntry): boolean =>
  path.basename(entry.file) === path.basename(file);

/** The id of the row by which a file is asked that the row does not name; null for others. */
export function lentRow(file: string, entry: CatalogEntry | ShippedEntry | null): string | null {
  return entry === null || isOwnFile(file, entry) ? null : entry.id;
}

/** An address, or a repository on the model hub: `owner/name-GGUF`, `owner/name:Q4_K_M`. */
const ELSEWHERE =
  /^(?:[a-z][a-z\d+.-]*:\/\/.*|(?!\.)(?:[\w.-]+\/){1,2}[\w.-]+(?:-GGUF(?::[\w.-]+)?|:[\w.-]+))$/i;
const NAMES_A_FILE = /[\\/]|\.(?:gguf|safetensors)$/i;
const OR_A_NAME = 'or a name that npm start -- --models lists';

/** @param places where its file was looked for */
function unknownModel(name: string, places: readonly string[], catalog: Catalog): ModelFetchError {
  const fail = (problem: string, cure = 'give the path of a GGUF file'): ModelFetchError =>
    new ModelFetchError('unknown_model', `MODEL ${quoted(name)}`, problem, `${cure}, ${OR_A_NAME}`);
  if (places.some(isFolder)) return fail('is a folder');
  if (ELSEWHERE.test(name)) {
    const meant = servedModel(name.replace(/[?#].*$/, ''), catalog)?.id ?? null;
    return fail(
      `only models of the catalog are downloaded${didYouMean(meant)}`,
      'download the GGUF file yourself and give its path',
    );
  }
  if (NAMES_A_FILE.test(name)) {
    const others = [...new Set(places)].filter((place) => place !== name);
    return fail(`no such file${others.length === 0 ? '' : ` as ${others.join(' or ')}`}`);
  }
  const ids = catalog.models.map((entry) => entry.id);
  return fail(`no model of that name${didYouMean(nearestTo(name.toLowerCase(), ids))}`);
}

const didYouMean = (id: string | null): string => (id === null ? '' : `; did you mean ${id}?`);

function checkedSize(file: string, entry: CatalogEntry | ShippedEntry): string {
  const bytes = fileBytes(file);
  if (bytes === null)
    throw new ModelFetchError(
      'unknown_model',
      file,
      'is not there',
      'it ships with the project: bring it back with git checkout',
    );
  if (entry.bytes === null || bytes === entry.bytes) return file;
  throw new ModelFetchError(
    'wrong_size',
    file,
    `has ${bytes} bytes, the catalog says ${entry.bytes}: cut short, or another file`,
    'move it away to download it anew',
  );
}

function fileBytes(file: string): number | null {
  const stat = statOf(file);
  return stat?.isFile() ? stat.size : null;
}

const isFolder = (file: string): boolean => statOf(file)?.isDirectory() ?? false;

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    // No file can have this name, or it would lie in another file.
    if (['ENAMETOOLONG', 'ENOTDIR'].includes(rootCode(error))) return undefined;
    throw error;
  }
}
