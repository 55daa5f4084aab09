/** A recorded show on disk, for the tools that read it, even while the show runs: found by name or path, its rounds applied again. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { union } from '#brain/cast-brain.ts';
import { apply } from '#core/apply.ts';
import type { Action } from '#core/actions/action.ts';
import type { Content } from '#core/content.ts';
import type { ShowEvent } from '#core/events.ts';
import type { ShowState } from '#core/state.ts';
import { contentHash } from '#show/hash.ts';
import { readShow, type RecordedShow } from '#store/store.ts';
import { loadLibrary, type Library } from '#app/content.ts';
import { keptCast } from '#app/models/kept-casts.ts';
import { loadEnvFile } from '#app/env-file.ts';
import { readFlags } from '#app/flags.ts';
import { mistakeLine } from '#app/mistakes.ts';
import { ownDataDir } from '#app/show-file.ts';
import { InputError } from '#lib/input-error.ts';
import { quoted } from '#lib/quoted.ts';

/** One line for the person at the terminal: the recording cannot be read. */
export class RecordingError extends InputError {
  override readonly name = 'RecordingError';
}

export interface Recording {
  store: RecordedShow;
  content: Content;
  founding: ShowState;
  /** Every action again, with its results. */
  steps: () => Generator<{ seq: number; action: Action; state: ShowState; events: readonly ShowEvent[] }>;
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
  try {
    const asked = named(tool, flags);
    if (typeof asked === 'string') {
      console.log(asked);
      return 0;
    }
    const { name, folder, values } = asked;
    return readRecording(name, folder, (recording) => use(recording, values));
  } catch (error) {
    const line = mistakeLine(error);
    if (line === null) throw error;
    console.error(line);
    return 2;
  }
}

/**
 * What `use` makes of a recorded show. Throws RecordingError or StoreError: one line each.
 * @param name of a show in the data folder, or a path
 * @param folder the data folder; undefined: where the program keeps its shows
 */
export function readRecording<T>(
  name: string,
  folder: string | undefined,
  use: (recording: Recording) => T,
): T {
  const store = readShow(locate(name, folder));
  try {
    return use(recordingOf(store, loadLibrary(null)));
  } finally {
    store.close();
  }
}

/** What the command line asks for, or how it is called where `--help` asks for that. */
function named<const T extends readonly string[]>(
  tool: string,
  ownFlags: T,
): { name: string; folder: string | undefined; values: Partial<Record<T[number], string>> } | string {
  const own = ownFlags.map((flag) => ` [--${flag} N]`).join('');
  const usage = `usage: npm run ${tool} -- SHOW [--data-dir FOLDER]${own}`;
  const known = Object.fromEntries(ownFlags.map((flag) => [flag, 'N']));
  const { flags, words, complaints } = readFlags(
    process.argv.slice(2),
    { 'data-dir': 'FOLDER', ...known },
    { wordsAllowed: true },
  );
  if (flags.has('help')) return usage;
  const [complaint] = complaints;
  if (complaint !== undefined) throw new RecordingError(complaint);
  const [name, ...more] = words;
  if (name === undefined) throw new RecordingError(`no show was named; ${usage}`);
  if (more.length > 0) throw new RecordingError(`one show, not ${words.length}; ${usage}`);
  const values: Partial<Record<string, string>> = Object.fromEntries(flags);
  return { name, folder: flags.get('data-dir'), values };
}

function locate(name: string, asked: string | undefined): string {
  loadEnvFile(process.env);
  const folder = asked ?? ownDataDir();
  const file = [name, path.join(folder, `${name}.sqlite`)].find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw new RecordingError(
      `no show ${quoted(name)} in ${quoted(path.resolve(folder))}; name a file, or a show that is there`,
    );
  return file;
}

function recordingOf(store: RecordedShow, library: Library): Recording {
  const { founding, contentHash: recordedWith, entries } = store.show.recording();
  const content = contentOf(store, library, Object.keys(founding.traders));
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
      for (const { seq, action } of entries) {
        const done = apply(state, action, content);
        state = done.state;
        yield { seq, action, ...done };
      }
    },
  };
}

/** With those who played when the recording began: of data/, or as a producer cast them. */
function contentOf(store: RecordedShow, { content, personas }: Library, traders: readonly string[]): Content {
  const own = keptCast(store, content, personas);
  const known = union([own, personas]);
  return { ...content, cast: known.filter(({ id }) => traders.includes(id)).toSorted(byId) };
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
