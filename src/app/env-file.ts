/** The settings file: `.env` in the folder that the program was started in. */
import { existsSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { InputError } from '#lib/input-error.ts';
import { readTextFile } from '#lib/text-file.ts';

/** `NAME=value`, perhaps after `export`; the group holds the value. */
const SETTING = /^(?:export\s+)?[^\s=#]+\s*=\s*(.*)$/;

/**
 * Sets what the file says and `env` does not have yet. A file that is not there sets nothing. Throws InputError for one
 * that cannot be read, and for a line that would set nothing without anybody noticing.
 */
export function loadEnvFile(env: Record<string, string | undefined>, file = '.env'): void {
  if (!existsSync(file)) return;
  const text = readTextFile(file).replaceAll(/\r\n?/g, '\n');
  const stray = strayLine(text.split('\n'));
  if (stray !== null)
    throw new InputError(
      `${file}, line ${stray}: sets nothing; write NAME=value, or put # in front of a remark`,
    );
  for (const [name, value] of Object.entries(parseEnv(text))) env[name] ??= value;
}

/** The number of the first line that is neither a setting, nor within its quotes, nor a remark, nor empty. */
function strayLine(lines: readonly string[]): number | null {
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]?.trim() ?? '';
    if (line === '' || line.startsWith('#')) continue;
    const value = SETTING.exec(line)?.[1];
    if (value === undefined) return at + 1;
    at = lastLineOf(value, at, lines);
  }
  return null;
}

/** Where a value ends that begins at line `at`: a quoted one may go over several lines. */
function lastLineOf(value: string, at: number, lines: readonly string[]): number {
  const quote = value.charAt(0);
  if (!['"', "'", '`'].includes(quote) || value.includes(quote, 1)) return at;
  const end = lines.findIndex((line, index) => index > at && line.includes(quote));
  return end === -1 ? at : end;
}
