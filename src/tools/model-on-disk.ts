/** A model by its name in the catalog or its file, for tools that download nothing. */
import { modelHere, modelPlaces } from '#app/models/places.ts';
import type { CatalogEntry, ShippedEntry } from '#brain/catalog.ts';
import { lentRow } from '#brain/download/resolve.ts';
import { InputError } from '#lib/input-error.ts';

export interface ModelOnDisk {
  file: string;
  /** Null for a file that the catalog does not know. */
  entry: CatalogEntry | ShippedEntry | null;
}

/** Files that were told of. */
const told = new Set<string>();

/** Says once where another file's row lends its settings. Throws InputError for a model that is not on this machine, ModelFetchError as `resolveModel` does. */
export function modelOnDisk(name: string): ModelOnDisk {
  const { kind, path: file, entry } = modelHere(name, modelPlaces());
  if (kind === 'download')
    throw new InputError(`${name} is not on this machine; npm start -- --model ${name} downloads it`);
  const lentBy = lentRow(file, entry);
  if (lentBy !== null && !told.has(file)) console.error(`${file}: asked as ${lentBy} of the catalog`);
  told.add(file);
  return { file, entry };
}
