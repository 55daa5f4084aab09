/** A recorded show on disk, for the tools that read it: found by name or path, its store opened, its rounds applied again. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { apply } from '#core/apply.ts';
import type { Action } from '#core/actions/action.ts';
import type { Content } from '#core/content.ts';
import type { ShowEvent } from '#core/events.ts';
import type { ShowState } from '#core/state.ts';
import { contentHash } from '#show/hash.ts';
import { openStore, type Store } from '#store/store.ts';
import { loadContent } from '#app/content.ts';
import { loadEnvFile } from '#app/env-file.ts';
import { mistakeLine } from '#app/mistakes.ts';
import { InputError } from '#lib/input-error.ts';
import { errorText } from '#lib/error-text.ts';

/** One line for the person at the terminal: the recording cannot be read. */
export class RecordingError extends InputError {
  override readonly name = 'RecordingError';
}

export interface Recording {
  store: Store;
  content: Content;
  founding: ShowState;
  /** Every action again, with what came of it. */
  steps: () => Generator<{ action: Action; state: ShowState; events: readonly ShowEvent[] }>;
}

/**
 * Runs a tool on the show that the command line names: `npm run TOOL -- SHOW [--data-dir FOLDER]`, SHOW being a name in the
 * data folder or a path. Returns the exit code: what `use` returns, or 2 when there is nothing to use.
 */
export function withRecording<const T extends readonly string[]>(
  tool: string,
  flags: T,
  use: (recording: Recording, values: Partial<Record<T[number], string>>) => number,
): number {
  let store: Store | undefined;
  try {
    const { file, values } = locate(tool, flags);
    const content = loadContent();
    store = openStore(file);
    return use(recordingOf(store, content), values);
  } catch (error) {
    const line = mistakeLine(error);
    if (line === null) throw error;
    console.error(line);
    return 2;
  } finally {
    store?.close();
  }
}

function locate<const T extends readonly string[]>(
  tool: string,
  flags: T,
): { file: string; values: Partial<Record<T[number], string>> } {
  const own = flags.map((flag) => ` [--${flag} ...]`).join('');
  const usage = `usage: npm run ${tool} -- SHOW [--data-dir FOLDER]${own}`;
  const { positionals, values } = parsed(flags, usage);
  const [name, ...more] = positionals;
  if (name === undefined) throw new RecordingError(`no show was named; ${usage}`);
  if (more.length > 0) throw new RecordingError(`one show, not ${positionals.length}; ${usage}`);
  // The tools look where the program keeps its shows.
  loadEnvFile(process.env);
  const folder = values['data-dir'] ?? (process.env['DATA_DIR'] || 'data/shows');
  const file = [name, path.join(folder, `${name}.sqlite`)].find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw new RecordingError(
      `no show "${name}" in ${path.resolve(folder)}; name a file, or a show that is there`,
    );
  return { file, values };
}

function parsed<const T extends readonly string[]>(
  flags: T,
  usage: string,
): { positionals: string[]; values: Partial<Record<T[number] | 'data-dir', string>> } {
  const options: Record<string, { type: 'string' }> = {};
  for (const flag of ['data-dir', ...flags]) options[flag] = { type: 'string' };
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    return { positionals, values: values as Partial<Record<T[number] | 'data-dir', string>> };
  } catch (error) {
    throw new RecordingError(`${errorText(error)}; ${usage}`, {
      cause: error,
    });
  }
}

function recordingOf(store: Store, content: Content): Recording {
  const { founding, contentHash: recordedWith, entries } = store.show.recording();
  if (recordedWith !== contentHash(content)) {
    throw new RecordingError(
      'data/ has changed since this show began; check out the data/ it was played with, then try again',
    );
  }
  return {
    store,
    content,
    founding,
    steps: function* () {
      let state = founding;
      for (const { action } of entries) {
        const done = apply(state, action, content);
        state = done.state;
        yield { action, ...done };
      }
    },
  };
}
