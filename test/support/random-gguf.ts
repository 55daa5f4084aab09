// Writes a model file of random weights: the tests and the benchmark need the shape of a model, not its wits.
//
//   node test/support/random-gguf.ts --out FILE [--shape tiny|1b] [--vocabulary bytes|chars|bpe|words]
//                                    [--type F32|F16|Q8_0|Q4_0] [--seed N] [--template FILE]
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  quantisations,
  shapeValuesOf,
  tensorsOf,
  type LayerShape,
  type Quantisation,
  type Tensor,
} from './gguf-architectures.ts';
import { buildVocabulary, type Vocabulary, type VocabularyKind } from './gguf-vocabulary.ts';

export interface ModelShape extends LayerShape {
  contextTokens: number;
  vocabulary: VocabularyKind;
  /** Tokens of a `bpe` vocabulary; the other kinds have the size that they have. */
  vocabularySize: number;
}

export const shapes = {
  tiny: {
    architecture: 'llama',
    layers: 2,
    width: 64,
    heads: 4,
    keyValueHeads: 2,
    feedForward: 128,
    slidingWindow: 0,
    contextTokens: 4096,
    vocabulary: 'bpe',
    vocabularySize: 1024,
    quantisation: 'F32',
    embedding: 'F32',
    logitSpread: 3,
  },
  /** Llama-3.2-1B as Q4_0: 768 MB. */
  '1b': {
    architecture: 'llama',
    layers: 16,
    width: 2048,
    heads: 32,
    keyValueHeads: 8,
    feedForward: 8192,
    slidingWindow: 0,
    contextTokens: 131_072,
    vocabulary: 'words',
    vocabularySize: 128_256,
    quantisation: 'Q4_0',
    embedding: 'Q6_K',
    logitSpread: 0.3,
  },
} as const satisfies Record<string, ModelShape>;

export interface RandomModelOptions {
  shape?: keyof typeof shapes;
  /** Changes to the shape. */
  change?: Partial<ModelShape>;
  seed?: number;
  /** Jinja text for tokenizer.chat_template; left out when undefined. */
  chatTemplate?: string;
}

const alignment = 32;

/** Writes the file, the same bytes for the same options; returns its path. */
export function writeRandomModel(file: string, options: RandomModelOptions = {}): string {
  const shape: ModelShape = { ...shapes[options.shape ?? 'tiny'], ...options.change };
  const seed = options.seed ?? 1;
  const random = generator(seed);
  const vocabulary = buildVocabulary(shape.vocabulary, shape.vocabularySize, random);
  const tensors = tensorsOf(shape, vocabulary.tokens.length);
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w');
  try {
    const header = headerOf(shape, vocabulary, tensors, options.chatTemplate);
    writeSync(descriptor, header);
    const pools = new Map<string, Buffer>();
    for (const tensor of tensors) writeTensor(descriptor, tensor, random, pools);
  } finally {
    closeSync(descriptor);
  }
  return file;
}

function byteLength(tensor: Tensor): number {
  const { weights, bytes } = quantisations[tensor.quantisation];
  return (tensor.dimensions.reduce((product, size) => product * size, 1) / weights) * bytes;
}

function padding(length: number): number {
  return (alignment - (length % alignment)) % alignment;
}

function headerOf(shape: ModelShape, vocabulary: Vocabulary, tensors: Tensor[], template?: string): Buffer {
  const parts: Buffer[] = [];
  const u32 = (value: number): void => {
    const part = Buffer.alloc(4);
    part.writeUInt32LE(value);
    parts.push(part);
  };
  const u64 = (value: number): void => {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(value));
    parts.push(part);
  };
  const text = (value: string): void => {
    const bytes = Buffer.from(value);
    u64(bytes.length);
    parts.push(bytes);
  };
  const values: [key: string, write: () => void][] = [];
  const number = (key: string, value: number): void => {
    values.push([key, () => (u32(4), u32(value))]);
  };
  const float = (key: string, value: number): void => {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    values.push([key, () => (u32(6), parts.push(bytes))]);
  };
  const flag = (key: string, value: boolean): void => {
    values.push([key, () => (u32(7), parts.push(Buffer.from([value ? 1 : 0])))]);
  };
  const string = (key: string, value: string): void => {
    values.push([key, () => (u32(8), text(value))]);
  };
  const list = (key: string, type: number, items: readonly unknown[], write: () => void): void => {
    values.push([key, () => (u32(9), u32(type), u64(items.length), write())]);
  };
  const { architecture } = shape;
  string('general.architecture', architecture);
  string('general.name', 'Random weights');
  number(`${architecture}.context_length`, shape.contextTokens);
  number(`${architecture}.vocab_size`, vocabulary.tokens.length);
  for (const [name, value] of Object.entries(shapeValuesOf(shape))) {
    const key = `${architecture}.${name}`;
    if (typeof value === 'number') number(key, value);
    else if ('float' in value) float(key, value.float);
    else list(key, 5, value, () => value.forEach(u32));
  }
  string('tokenizer.ggml.model', 'gpt2');
  // llama-bpe looks whole words up before it merges.
  string('tokenizer.ggml.pre', shape.vocabulary === 'words' ? 'llama-bpe' : 'gpt-2');
  list('tokenizer.ggml.tokens', 8, vocabulary.tokens, () => vocabulary.tokens.forEach(text));
  list('tokenizer.ggml.token_type', 5, vocabulary.types, () => vocabulary.types.forEach(u32));
  list('tokenizer.ggml.merges', 8, vocabulary.merges, () => vocabulary.merges.forEach(text));
  number('tokenizer.ggml.bos_token_id', vocabulary.bosId);
  number('tokenizer.ggml.eos_token_id', vocabulary.eosId);
  flag('tokenizer.ggml.add_bos_token', true);
  if (template !== undefined) string('tokenizer.chat_template', template);

  parts.push(Buffer.from('GGUF'));
  u32(3);
  u64(tensors.length);
  u64(values.length);
  for (const [key, write] of values) {
    text(key);
    write();
  }
  let offset = 0;
  for (const tensor of tensors) {
    text(tensor.name);
    u32(tensor.dimensions.length);
    tensor.dimensions.forEach(u64);
    u32(quantisations[tensor.quantisation].id);
    u64(offset);
    offset += byteLength(tensor) + padding(byteLength(tensor));
  }
  const header = Buffer.concat(parts);
  return Buffer.concat([header, Buffer.alloc(padding(header.length))]);
}

/** Writes one tensor from a pool of random blocks, begun at a random block each time it comes round. */
function writeTensor(
  descriptor: number,
  tensor: Tensor,
  random: () => number,
  pools: Map<string, Buffer>,
): void {
  const { bytes: blockBytes } = quantisations[tensor.quantisation];
  const key = `${tensor.quantisation} ${tensor.spread}`;
  let pool = pools.get(key);
  if (!pool) pools.set(key, (pool = randomBlocks(tensor.quantisation, tensor.spread, random)));
  const total = byteLength(tensor);
  for (let left = total; left > 0;) {
    const start = Math.floor((random() * pool.length) / blockBytes / 4) * blockBytes;
    const chunk = pool.subarray(start, Math.min(pool.length, start + left));
    writeSync(descriptor, chunk);
    left -= chunk.length;
  }
  writeSync(descriptor, Buffer.alloc(padding(total)));
}

const poolBlocks = 65_536;

function randomBlocks(quantisation: Quantisation, spread: Tensor['spread'], random: () => number): Buffer {
  const { bytes } = quantisations[quantisation];
  const pool = Buffer.alloc(poolBlocks * bytes);
  if (quantisation === 'F32' || quantisation === 'F16') {
    for (let block = 0; block < poolBlocks; block++) {
      // The sum of three uniform numbers is normal enough; its deviation is 1/2.
      const value =
        typeof spread === 'number'
          ? (random() + random() + random() - 1.5) * 2 * spread
          : spread === 'ones'
            ? 1
            : spread === 'twelves'
              ? 12
              : -1;
      if (quantisation === 'F32') pool.writeFloatLE(value, block * 4);
      else pool.writeUInt16LE(halfFloat(value), block * 2);
    }
    return pool;
  }
  if (typeof spread !== 'number') throw new Error('norms are written as F32');
  for (let at = 0; at + 4 <= pool.length; at += 4) pool.writeUInt32LE(Math.floor(random() * 2 ** 32), at);
  // Deviation of the integers that a block of random bits stands for, before its scale.
  const deviation = quantisation === 'Q4_0' ? 4.6 : quantisation === 'Q8_0' ? 73.9 : 18.5 * 73.9;
  const scale = halfFloat(spread / deviation);
  const scaleAt = quantisation === 'Q6_K' ? bytes - 2 : 0;
  for (let block = 0; block < poolBlocks; block++) pool.writeUInt16LE(scale, block * bytes + scaleAt);
  return pool;
}

/** IEEE half precision, rounded toward zero; what is too small becomes zero. */
function halfFloat(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  if (exponent > 30) throw new RangeError(`too large for half precision: ${value}`);
  if (exponent > 0) return sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
  const mantissa = (bits & 0x7fffff) | 0x800000;
  return exponent < -10 ? sign : sign | (mantissa >>> (14 - exponent));
}

/** Uniform numbers in [0, 1) (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      shape: { type: 'string', default: 'tiny' },
      vocabulary: { type: 'string' },
      type: { type: 'string' },
      seed: { type: 'string', default: '1' },
      template: { type: 'string' },
    },
  });
  const shape = values.shape as keyof typeof shapes;
  const vocabulary = values.vocabulary as VocabularyKind | undefined;
  const quantisation = values.type as Quantisation | undefined;
  const known =
    shape in shapes &&
    (!vocabulary || ['bytes', 'chars', 'bpe', 'words'].includes(vocabulary)) &&
    (!quantisation || quantisation in quantisations);
  if (!values.out || !known) {
    console.error(
      'usage: node test/support/random-gguf.ts --out FILE [--shape tiny|1b] [--vocabulary bytes|chars|bpe|words]',
    );
    console.error('         [--type F32|F16|Q8_0|Q4_0] [--seed N] [--template FILE]');
    process.exit(2);
  }
  const change = { ...(vocabulary && { vocabulary }), ...(quantisation && { quantisation }) };
  const chatTemplate =
    values.template === undefined ? {} : { chatTemplate: readFileSync(values.template, 'utf8') };
  console.log(writeRandomModel(values.out, { shape, change, seed: Number(values.seed), ...chatTemplate }));
}
