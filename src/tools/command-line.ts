/** How a tool reads its command line, and whom it tells what. */
import { EXIT, ExitError } from '#app/exit.ts';
import { readFlags } from '#app/flags.ts';
import { errorLine } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';
import { makeFolder } from '#lib/make-folder.ts';
import type { Log } from '#show/ports/clock.ts';

export interface ToolArguments {
  flags: ReadonlyMap<string, string>;
  /** Arguments that are not flags, in order. */
  words: readonly string[];
  /** What is wrong, with how the tool is called. */
  refuse: (complaint: string) => InputError;
  /** The whole number that a flag gives. Throws InputError where it is another thing or less than `least`. */
  count: (name: string, fallback: number, least: number) => number;
  /** What a flag names, with commas between. */
  listed: (name: string, fallback: string) => string[];
  /** `--threads`; undefined: as many as turn out best. */
  threads: () => number | undefined;
}

/**
 * Throws InputError for a mistake, ExitError for --help.
 *
 * @param usage how the tool is called, without "usage:"
 * @param known its flags, as `readFlags` takes them
 */
export function toolArguments(
  usage: string,
  known: Readonly<Record<string, string>>,
  { wordsAllowed = false, help = '' }: { wordsAllowed?: boolean; help?: string } = {},
): ToolArguments {
  const { flags, words, complaints } = readFlags(process.argv.slice(2), known, { wordsAllowed });
  const refuse = (complaint: string) => new InputError(`${complaint}; ${howToCall(usage)}`);
  if (flags.has('help')) throw new ExitError(`usage: ${usage}${help}`, EXIT.done);
  if (complaints[0] !== undefined) throw refuse(complaints[0]);
  const count = (name: string, fallback: number, least: number): number => {
    const value = Number(flags.get(name) ?? fallback);
    if (!Number.isSafeInteger(value) || value < least)
      throw refuse(`--${name} takes a whole number from ${least} up`);
    return value;
  };
  return {
    flags,
    words,
    refuse,
    count,
    listed: (name, fallback) => (flags.get(name) ?? fallback).split(',').map((each) => each.trim()),
    threads: () => (flags.has('threads') ? count('threads', 1, 1) : undefined),
  };
}

/** A refusal is one line, so of a long usage it only says where it stands. */
function howToCall(usage: string): string {
  if (usage.length <= SHORT_USAGE) return `usage: ${usage}`;
  return `${usage.slice(0, usage.indexOf(' -- '))} -- --help lists what it takes`;
}
const SHORT_USAGE = 120;

/** What goes wrong is told to the person at the terminal; the rest is not. */
export const toolLog: Log = {
  debug() {},
  info() {},
  warn: (details, message) => console.error(message, details),
  error: (details, message) => console.error(message, details),
};

/** The folder that --out names. Throws InputError where it can be none. */
export function makeOutFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const why = errorLine(error);
    throw new InputError(`--out ${folder} is no folder and cannot be made one (${why}); name another`, {
      cause: error,
    });
  }
}
