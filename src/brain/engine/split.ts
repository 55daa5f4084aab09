/** Large models come in several files, NAME-00001-of-00003.gguf and so on. llama.cpp finds the others beside the first one. */
import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { ModelFileError } from './errors.ts';
import { readGguf, type GgufHeader } from './gguf.ts';

const PART_NAME = /-(\d{5})-of-(\d{5})\.gguf$/i;

/**
 * The header of a model in one file or in several. Every file is checked; size and parameters are those of all files together.
 * @throws ModelFileError when a file is missing, unreadable, not GGUF or cut short
 */
export async function readModel(file: string): Promise<GgufHeader> {
  const header = await readGguf(file);
  const others: GgufHeader[] = [];
  for (const part of await otherPartsOf(file)) others.push(await readGguf(part));
  if (others.length === 0) return header;
  const parts = [header, ...others];
  return {
    ...header,
    size: parts.reduce((sum, { size }) => sum + size, 0),
    parameters: parts.reduce((sum, { parameters }) => sum + parameters, 0),
    fingerprint: createHash('sha256')
      .update(parts.map((part) => part.fingerprint).join(' '))
      .digest('hex'),
  };
}

/**
 * The files after the first one; none for a model in a single file.
 * @throws ModelFileError when the file is not the first part, or when another part is missing
 */
async function otherPartsOf(file: string): Promise<string[]> {
  const [ending, digits, ofDigits] = PART_NAME.exec(file) ?? [];
  if (ending === undefined || ofDigits === undefined) return [];
  const count = Number(ofDigits);
  const part = (index: number): string =>
    `${file.slice(0, -ending.length)}-${String(index).padStart(5, '0')}-of-${ofDigits}.gguf`;
  if (Number(digits) !== 1) {
    throw new ModelFileError(
      file,
      'unsupported',
      `it is part ${Number(digits)} of a model in ${count} files`,
      `Name the first one, ${path.basename(part(1))}`,
    );
  }
  const others = Array.from({ length: count - 1 }, (_, index) => part(index + 2));
  const found = await Promise.all(others.map(exists));
  const missing = others.filter((_, index) => !found[index]).map((each) => path.basename(each));
  if (missing.length === 0) return others;
  throw new ModelFileError(
    file,
    'missing',
    `it is the first of ${count} files of one model, and beside it there is no ${missing.join(', no ')}`,
    'Download all of its files into the same folder',
  );
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
