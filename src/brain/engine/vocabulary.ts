// The bytes that each token of a model writes. The native tokenizer returns only strings, which cannot hold a token that is
// part of a character, so the bytes are read from the model file itself.
import type { GgufHeader } from './gguf.ts';
import { ModelFileError } from './errors.ts';

export interface Vocabulary {
  size: number;
  /** The token's bytes; empty for tokens that write no plain text (control, unknown, unused, mark-up such as <think>). */
  bytesOf(token: number): Uint8Array;
}

/** The token types of GGUF that write text. */
const NORMAL = 1;
const USER_DEFINED = 4;
const BYTE = 6;

/** @throws ModelFileError when the file has no vocabulary that the engine can read */
export function readVocabulary(header: GgufHeader): Vocabulary {
  const kind = header.values.get('tokenizer.ggml.model');
  const size = header.tokens.length;
  if (size === 0 || (kind !== 'gpt2' && kind !== 'llama' && kind !== 'gemma4' && kind !== 't5')) {
    throw new ModelFileError(
      header.file,
      'unsupported',
      size === 0 ? 'it has no vocabulary' : `its tokenizer "${kind}" is not supported`,
      'Choose a chat model with a byte-pair or SentencePiece vocabulary',
    );
  }
  const offsets = new Uint32Array(size + 1);
  const texts: Uint8Array[] = [];
  let length = 0;
  for (let token = 0; token < size; token++) {
    const stored = header.tokens[token] ?? Buffer.alloc(0);
    const text = textOf(stored, header.tokenTypes[token] ?? NORMAL, kind === 'gpt2');
    texts.push(text);
    length += text.length;
    offsets[token + 1] = length;
  }
  const all = Buffer.concat(texts, length);
  return { size, bytesOf: (token) => all.subarray(offsets[token] ?? 0, offsets[token + 1] ?? 0) };
}

/** The same vocabulary, but its ends of generation have no text, whatever the file says about them. */
export function withoutEnds(vocabulary: Vocabulary, isEnd: (token: number) => boolean): Vocabulary {
  const ends = new Set<number>();
  for (let token = 0; token < vocabulary.size; token++) if (isEnd(token)) ends.add(token);
  return { ...vocabulary, bytesOf: (token) => (ends.has(token) ? NO_BYTES : vocabulary.bytesOf(token)) };
}

const NO_BYTES = new Uint8Array();

function textOf(stored: Buffer, type: number, bytePair: boolean): Uint8Array {
  if (type === BYTE) return Buffer.from([Number.parseInt(stored.toString('latin1').slice(3, 5), 16)]);
  if (type === USER_DEFINED) return isMarkup(stored) ? Buffer.alloc(0) : stored;
  if (type !== NORMAL) return Buffer.alloc(0);
  if (bytePair) return fromByteCharacters(stored);
  return Buffer.from(stored.toString('utf8').replaceAll('\u2581', ' '));
}

function isMarkup(stored: Buffer): boolean {
  return (
    stored.length > 2 &&
    (stored[0] === 0x3c || stored[0] === 0x5b) &&
    /^[<[].*[>\]]$/.test(stored.toString('latin1'))
  );
}

/**
 * Vocabularies of the GPT-2 kind write each byte as a printable character: 0x21-0x7e, 0xa1-0xac and 0xae-0xff as
 * themselves, the others as U+0100 and up in order. All of them have one or two bytes in UTF-8.
 */
function fromByteCharacters(stored: Buffer): Uint8Array {
  const text = new Uint8Array(stored.length);
  let length = 0;
  for (let at = 0; at < stored.length; at++) {
    let character = stored[at] ?? 0;
    if (character >= 0xc0 && at + 1 < stored.length)
      character = ((character & 0x1f) << 6) | ((stored[++at] ?? 0) & 0x3f);
    text[length++] = character < 0x100 ? character : (OTHER_BYTES[character - 0x100] ?? 0);
  }
  return text.subarray(0, length);
}

const OTHER_BYTES: number[] = [];
for (let value = 0; value < 256; value++) {
  if (!((value >= 0x21 && value <= 0x7e) || (value >= 0xa1 && value <= 0xac) || value >= 0xae))
    OTHER_BYTES.push(value);
}
