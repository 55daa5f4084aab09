/** What MODEL names: a file, or a row of the catalog whose file is there or is to be downloaded. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { rootCode } from '#lib/error-text.ts';
import { nearestTo } from '#lib/nearest.ts';
import { quoted } from '#lib/quoted.ts';
import type { Catalog, CatalogEntry, ShippedEntry } from '../catalog.ts';
import { modelOfFile } from '../served-model.ts';
import { ModelFetchError } from './error.ts';

export type ResolvedModel =
  /** `entry` says how it is asked, no more: where it names another file, its length, sum and licence are that file's. */
  | { kind: 'file'; path: string; entry: CatalogEntry | ShippedEntry | null }
  | { kind: 'download'; path: string; entry: CatalogEntry };

/**
 * What MODEL means: the id of a catalog entry, a path, or the name of a file in `modelsDir`. A known model whose file is
 * not there yet is to be downloaded to `path`. Throws ModelFetchError `unknown_model` with the known names and the
 * nearest one, or `wrong_size` for a file that is there but is not what the catalog says.
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
  for (const candidate of [path.resolve(nameOrPath), path.resolve(modelsDir, nameOrPath)]) {
    if (fileBytes(candidate) === null) continue;
    return { kind: 'file', path: candidate, entry: rowOf(candidate, catalog) };
  }
  throw unknownModel(nameOrPath, catalog);
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

function unknownModel(name: string, catalog: Catalog): ModelFetchError {
  const ids = catalog.models.map((entry) => entry.id);
  const looksLikePath = /[\\/]|\.gguf$/i.test(name);
  const nearest = looksLikePath ? null : nearestTo(name.toLowerCase(), ids);
  const didYouMean = nearest === null ? '' : `; did you mean ${nearest}?`;
  const absent = looksLikePath ? 'no such file' : `no model of that name${didYouMean}`;
  const problem = isFolder(name) ? 'is a folder' : absent;
  return new ModelFetchError(
    'unknown_model',
    `MODEL ${quoted(name)}`,
    problem,
    'give the path of a GGUF file, or a name that npm start -- --models lists',
  );
}

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
