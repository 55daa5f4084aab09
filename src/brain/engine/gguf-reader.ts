// Reads the values of a GGUF header from the bytes that were read so far.

/** Thrown on reading past the bytes at hand: more must be read, or the file is cut short. */
export class OutOfBytes extends Error {}

/** Thrown for a value that no GGUF header may hold; the message names it. */
export class DamagedHeader extends Error {}

export type GgufScalar = string | number | boolean;

export const GGUF_STRING = 8;
export const GGUF_ARRAY = 9;

/** Little-endian reader over the bytes at hand. Every method advances `at`, and throws OutOfBytes past the end. */
export class GgufReader {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  take(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) throw new OutOfBytes();
    this.at += length;
    return start;
  }

  u32(): number {
    return this.bytes.readUInt32LE(this.take(4));
  }

  u64(): number {
    const start = this.take(8);
    return this.bytes.readUInt32LE(start) + this.bytes.readUInt32LE(start + 4) * 2 ** 32;
  }

  string(): Buffer {
    const length = this.u64();
    const start = this.take(length);
    return this.bytes.subarray(start, start + length);
  }

  text(): string {
    return this.string().toString('utf8');
  }

  strings(count: number): Buffer[] {
    const list: Buffer[] = [];
    for (let i = 0; i < count; i++) list.push(this.string());
    return list;
  }

  integers(type: number, count: number): number[] {
    const list: number[] = [];
    for (let i = 0; i < count; i++) list.push(Number(this.scalar(type)));
    return list;
  }

  skipArray(type: number, count: number): void {
    if (type === GGUF_STRING) for (let i = 0; i < count; i++) this.take(this.u64());
    else if (type === GGUF_ARRAY) for (let i = 0; i < count; i++) this.skipArray(this.u32(), this.u64());
    else this.take(scalarBytes(type) * count);
  }

  scalar(type: number): GgufScalar {
    if (type === GGUF_STRING) return this.text();
    const start = this.take(scalarBytes(type));
    switch (type) {
      case 0:
        return this.bytes.readUInt8(start);
      case 1:
        return this.bytes.readInt8(start);
      case 2:
        return this.bytes.readUInt16LE(start);
      case 3:
        return this.bytes.readInt16LE(start);
      case 4:
        return this.bytes.readUInt32LE(start);
      case 5:
        return this.bytes.readInt32LE(start);
      case 6:
        return this.bytes.readFloatLE(start);
      case 7:
        return this.bytes.readUInt8(start) !== 0;
      case 10:
        return Number(this.bytes.readBigUInt64LE(start));
      case 11:
        return Number(this.bytes.readBigInt64LE(start));
      default:
        return this.bytes.readDoubleLE(start);
    }
  }
}

const SCALAR_BYTES = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);

function scalarBytes(type: number): number {
  const bytes = SCALAR_BYTES.get(type);
  if (bytes === undefined) throw new DamagedHeader(`value type ${type}`);
  return bytes;
}
