/** Where models, and what is known about them, are kept: in the project, beside their catalog. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const MODELS_DIR = fileURLToPath(new URL('../../../models', import.meta.url));
/** The folder for what can be made again. */
export const CACHE_DIR = path.join(MODELS_DIR, 'cache');
/** How fast models thought on this machine. */
export const SPEEDS_FILE = path.join(CACHE_DIR, 'speeds.json');
