// Reads the header of a GGUF file and checks that every tensor lies within the file, before llama.cpp sees it: llama.cpp
// answers a damaged file with an abort or a page of log, not with one clear line.
// Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { ModelFileError } from './errors.ts';
import {
  DamagedHeader,
  GGUF_ARRAY,
  GgufReader,
  GGUF_STRING,
  OutOfBytes,
  type GgufScalar,
} from './gguf-reader.ts';

export interface GgufHeader {
  file: string;
  /** Bytes. */
  size: number;
  /** SHA-256, in hex, of the header and of samples of the weights: tells model files apart without reading them whole. */
  fingerprint: string;
  /** The header's single values by their keys; 64-bit integers as numbers. */
  values: ReadonlyMap<string, GgufScalar>;
  /** tokenizer.ggml.tokens as stored, by token id. */
  tokens: readonly Buffer[];
  /** tokenizer.ggml.token_type by token id; empty when the file has none. */
  tokenTypes: readonly number[];
  /** The number of weights in all tensors together. */
  parameters: number;
}

const FIRST_READ_BYTES = 4 * 1024 * 1024;
const HEADER_BYTES_MAX = 512 * 1024 * 1024;
const DOWNLOAD_AGAIN = 'Download it again, or choose another model: --model, or MODEL in .env';

/** @throws ModelFileError when the file is missing, unreadable, not GGUF, or cut short */
export async function readGguf(file: string): Promise<GgufHeader> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new ModelFileError(
        file,
        'missing',
        'there is no such file',
        'Check the path, or download the model first',
        {
          cause: error,
        },
      );
    }
    throw new ModelFileError(file, 'unreadable', `it cannot be opened (${code})`, 'Check its permissions', {
      cause: error,
    });
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile())
      throw new ModelFileError(file, 'unreadable', 'it is not a regular file', 'Name the GGUF file itself');
    return await readHeader(handle, file, stat.size);
  } finally {
    await handle.close();
  }
}

async function readHeader(handle: FileHandle, file: string, size: number): Promise<GgufHeader> {
  for (let length = Math.min(size, FIRST_READ_BYTES); ; length = Math.min(size, length * 4)) {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await handle.read(bytes, 0, length, 0);
    if (bytesRead < length) throw truncated(file, 'it shrank while being read');
    try {
      const { tensors, ...header } = parseHeader(bytes, file, size);
      for (const tensor of tensors) {
        if (tensor.end > size) {
          throw truncated(
            file,
            `it is cut short: ${size} bytes, but its tensor ${tensor.name} ends at ${tensor.end}`,
          );
        }
      }
      const parameters = tensors.reduce((sum, tensor) => sum + tensor.weights, 0);
      const fingerprint = await fingerprintOf(handle, bytes.subarray(0, header.headerBytes), size);
      return {
        file,
        size,
        fingerprint,
        values: header.values,
        tokens: header.tokens,
        tokenTypes: header.types,
        parameters,
      };
    } catch (error) {
      if (error instanceof DamagedHeader) throw notGguf(file, `its header is damaged (${error.message})`);
      if (!(error instanceof OutOfBytes)) throw error;
      if (length >= size) throw truncated(file, `it is cut short within its header, at ${size} bytes`);
      if (length >= HEADER_BYTES_MAX) throw notGguf(file, 'its header has no end');
    }
  }
}

function truncated(file: string, cause: string): ModelFileError {
  return new ModelFileError(file, 'truncated', cause, DOWNLOAD_AGAIN);
}

function notGguf(file: string, cause: string, cure = DOWNLOAD_AGAIN): ModelFileError {
  return new ModelFileError(file, 'not-gguf', cause, cure);
}

interface TensorExtent {
  name: string;
  weights: number;
  /** Offset in the file of the first byte after the tensor. */
  end: number;
}

function parseHeader(bytes: Buffer, file: string, size: number) {
  const reader = new GgufReader(bytes);
  checkMagic(bytes, file, size);
  reader.at = 4;
  const version = reader.u32();
  if (version < 2 || version > 3) {
    throw new ModelFileError(
      file,
      'unsupported',
      `GGUF version ${version} is not supported`,
      'Convert it to version 3',
    );
  }
  const tensorCount = reader.u64();
  const valueCount = reader.u64();
  const values = new Map<string, GgufScalar>();
  let tokens: Buffer[] = [];
  let types: number[] = [];
  for (let i = 0; i < valueCount; i++) {
    const key = reader.text();
    const type = reader.u32();
    if (type !== GGUF_ARRAY) {
      values.set(key, reader.scalar(type));
      continue;
    }
    const itemType = reader.u32();
    const count = reader.u64();
    if (key === 'tokenizer.ggml.tokens' && itemType === GGUF_STRING) tokens = reader.strings(count);
    else if (key === 'tokenizer.ggml.token_type' && itemType !== GGUF_STRING)
      types = reader.integers(itemType, count);
    else reader.skipArray(itemType, count);
  }
  const tensors: (TensorExtent & { offset: number; bytes: number })[] = [];
  for (let i = 0; i < tensorCount; i++) {
    const name = reader.text();
    let weights = 1;
    for (let dimensions = reader.u32(); dimensions > 0; dimensions--) weights *= reader.u64();
    const [blockWeights, blockBytes] = TENSOR_TYPES.get(reader.u32()) ?? [1, 0];
    tensors.push({
      name,
      weights,
      offset: reader.u64(),
      bytes: (weights / blockWeights) * blockBytes,
      end: 0,
    });
  }
  const alignment = Number(values.get('general.alignment') ?? 32);
  const dataStart = Math.ceil(reader.at / alignment) * alignment;
  for (const tensor of tensors) tensor.end = dataStart + tensor.offset + tensor.bytes;
  // The first file of a split model may leave all weights to the others.
  const isSplit = Number(values.get('split.count') ?? 1) > 1;
  if (tensorCount === 0 && !isSplit) throw notGguf(file, 'it holds no weights, only a header');
  return { values, tokens, types, tensors, headerBytes: reader.at };
}

function checkMagic(bytes: Buffer, file: string, size: number): void {
  if (size === 0) throw truncated(file, 'it is empty');
  const start = bytes.subarray(0, 64).toString('latin1');
  if (start.startsWith('GGUF')) return;
  if (start.startsWith('version https://git-lfs'))
    throw notGguf(file, 'it is a Git LFS pointer, not the model itself');
  if (/^\s*</.test(start)) throw notGguf(file, 'it is a web page, not a model');
  if (isOtherFormat(start, file)) {
    throw notGguf(
      file,
      'it holds weights in another format than GGUF',
      "Take the model's GGUF file, or convert it with convert_hf_to_gguf.py of llama.cpp",
    );
  }
  throw notGguf(file, 'it is not a GGUF file');
}

/** Safetensors begin with a length of eight bytes and JSON, what PyTorch writes is a ZIP file. */
function isOtherFormat(start: string, file: string): boolean {
  return start.slice(8, 10) === '{"' || start.startsWith('PK') || /\.(?:safetensors|pth?|onnx)$/i.test(file);
}

/** GGML tensor types: weights and bytes of a block. Of a type that is not listed, only the tensor's start is checked. */
const TENSOR_TYPES = new Map<number, [weights: number, bytes: number]>([
  [0, [1, 4]],
  [1, [1, 2]],
  [2, [32, 18]],
  [3, [32, 20]],
  [6, [32, 22]],
  [7, [32, 24]],
  [8, [32, 34]],
  [9, [32, 36]],
  [10, [256, 84]],
  [11, [256, 110]],
  [12, [256, 144]],
  [13, [256, 176]],
  [14, [256, 210]],
  [15, [256, 292]],
  [16, [256, 66]],
  [17, [256, 74]],
  [18, [256, 98]],
  [19, [256, 50]],
  [20, [32, 18]],
  [21, [256, 110]],
  [22, [256, 82]],
  [23, [256, 136]],
  [24, [1, 1]],
  [25, [1, 2]],
  [26, [1, 4]],
  [27, [1, 8]],
  [28, [1, 8]],
  [29, [256, 56]],
  [30, [1, 2]],
  [34, [256, 54]],
  [35, [256, 66]],
  [39, [32, 17]],
]);

const SAMPLE_COUNT = 64;
const SAMPLE_BYTES = 4096;

/** Weights that were trained again differ nearly everywhere, so samples tell them apart in milliseconds. */
async function fingerprintOf(handle: FileHandle, header: Buffer, size: number): Promise<string> {
  const hash = createHash('sha256').update(header).update(String(size));
  const sample = Buffer.alloc(SAMPLE_BYTES);
  for (let i = 0; i < SAMPLE_COUNT; i++) {
    const position = Math.floor((Math.max(0, size - SAMPLE_BYTES) * i) / (SAMPLE_COUNT - 1));
    const { bytesRead } = await handle.read(sample, 0, SAMPLE_BYTES, position);
    hash.update(sample.subarray(0, bytesRead));
  }
  return hash.digest('hex');
}
