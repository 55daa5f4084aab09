/** Reads an animated GIF back: what a viewer would see at each frame. Only what the painter's GIFs use. */
import assert from 'node:assert/strict';

export interface SeenFrame {
  delayMs: number;
  /** 0xRRGGBB, row by row. */
  pixels: Uint32Array;
}

export interface SeenGif {
  width: number;
  height: number;
  /** Times that it is played. */
  plays: number;
  frames: SeenFrame[];
}

export function readGif(bytes: Uint8Array): SeenGif {
  const gif = Buffer.from(bytes);
  assert.equal(gif.toString('latin1', 0, 6), 'GIF89a');
  const [width, height] = [gif.readUInt16LE(6), gif.readUInt16LE(8)];
  const colors = 2 << ((gif[10] ?? 0) & 7);
  const palette = Array.from({ length: colors }, (_, index) => gif.readUIntBE(13 + index * 3, 3));
  const frames: SeenFrame[] = [];
  const pixels = new Uint32Array(width * height);
  let at = 13 + colors * 3;
  let plays = 1;
  let [delayMs, clear] = [0, -1];
  const chunk = (): Buffer => {
    const parts: Buffer[] = [];
    for (let length = gif[at++] ?? 0; length > 0; length = gif[at++] ?? 0) {
      parts.push(gif.subarray(at, at + length));
      at += length;
    }
    return Buffer.concat(parts);
  };
  for (let kind = gif[at++]; kind !== 0x3b; kind = gif[at++]) {
    if (kind === 0x21) {
      const label = gif[at++];
      const data = chunk();
      if (label === 0xf9)
        [delayMs, clear] = [data.readUInt16LE(1) * 10, (data[0] ?? 0) & 1 ? (data[3] ?? 0) : -1];
      if (label === 0xff) plays = data.readUInt16LE(12) + 1;
      continue;
    }
    assert.equal(kind, 0x2c, `a block of an unknown kind at byte ${at - 1}`);
    const [x, y, w, h] = [0, 2, 4, 6].map((offset) => gif.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
      number,
    ];
    assert.ok(x + w <= width && y + h <= height, 'a frame leaves the picture');
    at += 9;
    const bits = gif[at++] ?? 8;
    const indices = unpack(chunk(), bits, w * h);
    indices.forEach((index, place) => {
      if (index !== clear)
        pixels[(y + Math.floor(place / w)) * width + x + (place % w)] = palette[index] ?? 0;
    });
    frames.push({ delayMs, pixels: pixels.slice() });
  }
  assert.equal(at, gif.length, 'bytes after the end');
  return { width, height, plays, frames };
}

function unpack(data: Buffer, pixelBits: number, count: number): Uint8Array {
  const clear = 1 << pixelBits;
  const out = new Uint8Array(count);
  let written = 0;
  let table: number[][] = [];
  let bits = pixelBits + 1;
  let before: number[] | null = null;
  let [held, heldBits, at] = [0, 0, 0];
  for (;;) {
    for (; heldBits < bits; heldBits += 8) {
      assert.ok(at < data.length, 'the pixels end early');
      held |= (data[at++] ?? 0) << heldBits;
    }
    const code = held & ((1 << bits) - 1);
    held >>>= bits;
    heldBits -= bits;
    if (code === clear + 1) break;
    if (code === clear) {
      table = Array.from({ length: clear + 2 }, (_, index) => [index]);
      bits = pixelBits + 1;
      before = null;
      continue;
    }
    const known: number[] | undefined = table[code];
    const entry: number[] = known ?? [...(before ?? []), before?.[0] ?? 0];
    assert.ok(known || (before && code === table.length), `code ${code} is not known yet`);
    out.set(entry, written);
    written += entry.length;
    if (before && table.length < 4096) table.push([...before, entry[0] ?? 0]);
    if (table.length === 1 << bits && bits < 12) bits += 1;
    before = entry;
  }
  assert.equal(written, count, 'pixels are missing');
  return out;
}
