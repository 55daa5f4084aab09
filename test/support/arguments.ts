/** The command line of a program for developers: `--help`, and a mistake in one line with how the program is called. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { errorText } from '#lib/error-text.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: T }>>['values'];

/** @param usage as a person types it, one call a line; it ends the program where it was asked for or a flag is wrong */
export function readArguments<const T extends Options>(usage: string, options: T): Values<T> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    // The library's second sentence, or line, is about words that begin with a dash.
    return wrong(usage, errorText(error).split(/\. |\n/u)[0] ?? '');
  }
}

/** Ends the program. */
export function wrong(usage: string, mistake: string): never {
  console.error(`${mistake}\n${usage}`);
  process.exit(2);
}

/** A whole number that a flag gives; it ends the program where the text is another thing or less than `least`. */
export function wholeNumber(usage: string, flag: string, text: string, least: number): number {
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  return wrong(usage, `flag --${flag}: a whole number from ${least} up, not "${text}"`);
}

/** Those of `known` that a flag names, with commas between; it ends the program where it names another. */
export function namesAmong<const T extends string>(
  usage: string,
  flag: string,
  text: string,
  known: readonly T[],
): Set<T> {
  const named = text.split(',');
  const stranger = named.find((name) => !known.some((each) => each === name));
  if (stranger !== undefined) wrong(usage, `flag --${flag}: of ${known.join(', ')}, not "${stranger}"`);
  return new Set(known.filter((each) => named.includes(each)));
}
