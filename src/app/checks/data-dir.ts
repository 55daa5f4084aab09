import { accessSync, constants } from 'node:fs';
import { errorLine } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';
import { makeFolder } from '#lib/make-folder.ts';
import { quoted } from '#lib/quoted.ts';

/** Makes the folder of the shows. Throws InputError for one that cannot be made or written. */
export function checkDataDir(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    // Without the path, which the system's words repeat.
    const [why] = errorLine(error).split(', ');
    throw new InputError(
      `The shows cannot be kept in ${quoted(folder)} (${why}); name a folder that can be written, with --data-dir or DATA_DIR`,
      { cause: error },
    );
  }
}
