/** The one reader of command lines: node:util's parseArgs, with complaints that say what to type instead. */
import { parseArgs } from 'node:util';
import { nearestTo } from '#lib/nearest.ts';
import { quoted } from '#lib/quoted.ts';

export interface CommandLine {
  /** By name, without the dashes; a flag that takes no value, as `help`, has an empty one. */
  flags: Map<string, string>;
  /** Arguments that are not flags, in order. */
  words: string[];
  /** One line each. */
  complaints: string[];
}

/** The flags that there are, by name, with what stands for their value in a help text, as SECONDS; empty for none. */
type Known = Readonly<Record<string, string>>;

/** Reads a command line by the flags in `values`. What is wrong with it is told in `complaints`; nothing is thrown. */
export function readFlags(
  args: readonly string[],
  values: Known,
  { wordsAllowed = false }: { wordsAllowed?: boolean } = {},
): CommandLine {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const [name, value] of Object.entries(values))
    options[name] = { type: value === '' ? 'boolean' : 'string' };
  // Not strict: that would throw at the first mistake, and a person wants to hear about all of them.
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const read: CommandLine = { flags: new Map(), words: [], complaints: [] };
  let unknownAt: number | null = null;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (wordsAllowed) read.words.push(token.value);
      // What follows an unknown flag was meant as its value, and the flag has its complaint already.
      else if (unknownAt === null || token.index !== unknownAt + 1)
        read.complaints.push(
          `${quoted(token.value)}: is no flag; npm hands flags on only after a --: -- --help lists them all`,
        );
    } else if (token.kind === 'option') {
      if (token.name in options) readFlag(token, values, read);
      else {
        unknownAt = token.index;
        read.complaints.push(unknown(token.rawName, values));
      }
    }
  }
  return read;
}

function readFlag(
  {
    name,
    value,
    inlineValue,
  }: { name: string; value?: string | undefined; inlineValue?: boolean | undefined },
  values: Known,
  { flags, complaints }: CommandLine,
): void {
  if (name === 'help') flags.set(name, '');
  else if (values[name] === '' && inlineValue === true)
    complaints.push(`flag --${name}: takes no value; give --${name}`);
  else if (values[name] === '') flags.set(name, '');
  else if (flags.has(name)) complaints.push(`flag --${name}: given twice; give it once`);
  else if (value === undefined || (value.startsWith('--') && inlineValue !== true))
    complaints.push(`flag --${name}: a value is missing; give --${name} ${values[name]}`);
  else flags.set(name, value);
}

function unknown(rawName: string, values: Known): string {
  const nearest = nearestTo(rawName.replace(/^-+/, ''), Object.keys(values));
  const cure = nearest === null ? allowed(values) : `did you mean --${nearest}? --help lists all flags`;
  return `flag ${bare(rawName)}: unknown; ${cure}`;
}

/** A flag's name is shown as it was typed, unless it is not a name at all. */
function bare(rawName: string): string {
  return /^[\w-]{1,40}$/.test(rawName) ? rawName : quoted(rawName);
}

function allowed(values: Known): string {
  return `allowed are ${[...Object.keys(values), 'help'].map((flag) => `--${flag}`).join(' ')}`;
}
