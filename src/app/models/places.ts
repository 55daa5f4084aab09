/** Where models, and what is known about them, are kept. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '#brain/catalog.ts';
import { resolveModel, type ResolvedModel } from '#brain/download/resolve.ts';

/** What ships: the catalog, and models of the project's own. */
export const SHIPPED_DIR = fileURLToPath(new URL('../../../models', import.meta.url));

export interface ModelPlaces {
  /** Downloaded models. */
  modelsDir: string;
  /** The folder for what can be made again. */
  cacheDir: string;
  /** How fast models thought on this machine. */
  speedsFile: string;
}

/** @param modelsDir of the settings. Tools have none and go by the same variable; without it, all lies beside what ships. */
export function modelPlaces(modelsDir = process.env['MODELS_DIR']?.trim() || SHIPPED_DIR): ModelPlaces {
  const cacheDir = path.join(modelsDir, 'cache');
  return { modelsDir, cacheDir, speedsFile: path.join(cacheDir, 'speeds.json') };
}

/** As `resolveModel`, which says what it throws: what ships is looked for in the project, all else in the folder for models. */
export function modelHere(nameOrPath: string, { modelsDir }: ModelPlaces): ResolvedModel {
  const catalog = loadCatalog();
  const ships = catalog.shipped?.some(({ id }) => id === nameOrPath.toLowerCase()) === true;
  return resolveModel(nameOrPath, { modelsDir: ships ? SHIPPED_DIR : modelsDir, catalog });
}
