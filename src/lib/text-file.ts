/**
 * The one reader of text files. Editors save the same text in several ways: UTF-8 with or without a byte order mark, and
 * on Windows UTF-16 with one. All of them are read; what is not text is refused.
 */
import { readFileSync } from 'node:fs';
import { errorLine, rootCode } from './error-text.ts';
import { InputError } from './input-error.ts';

/** A file that cannot be read as text, or not as JSON. */
export class TextFileError extends InputError {
  override readonly name = 'TextFileError';
  readonly file: string;
  /** The message without the file's name. */
  readonly reason: string;

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
    this.file = file;
    this.reason = reason;
  }
}

const BYTE_ORDER_MARKS = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

const CANNOT_BE_READ: Record<string, string> = {
  EISDIR: 'is a folder, not a file',
  ENOENT: 'is not there',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
};

/** Throws TextFileError for a file that is missing, is a folder, may not be read or is not text. */
export function readTextFile(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = CANNOT_BE_READ[rootCode(error)] ?? `cannot be read (${errorLine(error)})`;
    throw new TextFileError(file, reason, { cause: error });
  }
  const text = decodeText(bytes);
  if (text === null) throw new TextFileError(file, 'is not text; save it as UTF-8');
  return text;
}

/** Throws TextFileError as `readTextFile` does, and for what is not JSON. */
export function readJsonFile(file: string): unknown {
  const text = readTextFile(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TextFileError(file, `is not JSON (${errorLine(error)})`, { cause: error });
  }
}

/** The text without its byte order mark; null for bytes that are not text. */
export function decodeText(bytes: Uint8Array): string | null {
  const marked = BYTE_ORDER_MARKS.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte));
  try {
    const text = new TextDecoder(marked?.encoding ?? 'utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null; // Bytes that the encoding does not have.
  }
}
