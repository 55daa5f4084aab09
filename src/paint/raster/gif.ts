/**
 * Writes an animated GIF (GIF89a). It is an encoder of our own, because a round stays small by what is packed: only the
 * rectangle that changed, with everything unchanged in it see-through, and one palette for all frames.
 */
import type { Raster } from './renderer.ts';

const COLORS = 256;
const CLEAR = 255;
/** Bits of an uncompressed pixel. */
const PIXEL_BITS = 8;
const CODES_MAX = 4096;
const HASH_SIZE = 16_411;

export interface GifOptions {
  /** Screen pixels of a raster's pixel. */
  scale: number;
  /** How many times it is played. The last frame stays. */
  plays: number;
  /** ASCII, for programs that read the file. */
  comment?: string;
}

export interface GifWriter {
  /** All frames have one size. `delayMs` is rounded to hundredths of a second. */
  add(frame: Raster, delayMs: number): void;
  finish(): Uint8Array;
}

export function createGif({ scale, plays, comment }: GifOptions): GifWriter {
  const palette = createPalette();
  const parts: Uint8Array[] = [];
  let size: { width: number; height: number } | null = null;
  let before: Uint32Array | null = null;
  let waiting: { image: Uint8Array; delayMs: number } | null = null;

  const flush = () => {
    if (!waiting) return;
    parts.push(frameHead(Math.round(waiting.delayMs / 10)), waiting.image);
    waiting = null;
  };

  return {
    add(frame, delayMs) {
      size ??= { width: frame.width, height: frame.height };
      const change = before ? changed(before, frame) : { x: 0, y: 0, w: frame.width, h: frame.height };
      if (!change) {
        // Nothing moved, so the frame before stays longer.
        if (waiting) waiting.delayMs += delayMs;
        return;
      }
      flush();
      waiting = { image: imageOf(frame, before, change, scale, palette.index), delayMs };
      before = frame.pixels.slice();
    },
    finish() {
      if (!size) throw new Error('a GIF needs at least one frame');
      flush();
      const head = header(size.width * scale, size.height * scale, palette.colors(), plays);
      const noted =
        comment === undefined
          ? []
          : [Uint8Array.of(0x21, 0xfe), blocks(Buffer.from(comment, 'ascii')).subarray(1)];
      return new Uint8Array(Buffer.concat([head, ...parts, ...noted, Uint8Array.of(0x3b)]));
    },
  };
}

/** Colours are numbered as they come. When the table is full, the nearest one serves. */
function createPalette() {
  const known = new Map<number, number>();
  const colors: number[] = [];
  const nearest = (rgb: number): number => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    colors.forEach((other, index) => {
      const distance = [16, 8, 0].reduce(
        (sum, s) => sum + (((rgb >> s) & 255) - ((other >> s) & 255)) ** 2,
        0,
      );
      if (distance < least) [best, least] = [index, distance];
    });
    return best;
  };
  return {
    index: (rgb: number): number => {
      const found = known.get(rgb);
      if (found !== undefined) return found;
      const index = colors.length < CLEAR ? colors.push(rgb) - 1 : nearest(rgb);
      known.set(rgb, index);
      return index;
    },
    colors: () => colors,
  };
}

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The smallest rectangle around all that differs; null when nothing does. */
function changed(before: Uint32Array, { width, height, pixels }: Raster): Box | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      if (before[at] === pixels[at]) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? null : { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

function imageOf(
  { width, pixels }: Raster,
  before: Uint32Array | null,
  box: Box,
  scale: number,
  index: (rgb: number) => number,
): Uint8Array {
  const [w, h] = [box.w * scale, box.h * scale];
  const indices = new Uint8Array(w * h);
  let to = 0;
  for (let y = 0; y < box.h; y += 1) {
    const row = to;
    for (let x = 0; x < box.w; x += 1) {
      const at = (box.y + y) * width + box.x + x;
      const rgb = pixels[at] ?? 0;
      const value = before && before[at] === rgb ? CLEAR : index(rgb);
      for (let copy = 0; copy < scale; copy += 1) indices[to++] = value;
    }
    for (let copy = 1; copy < scale; copy += 1, to += w) indices.copyWithin(to, row, row + w);
  }
  const place = [box.x * scale, box.y * scale, w, h].flatMap(word);
  return new Uint8Array(Buffer.concat([Uint8Array.of(0x2c, ...place, 0), packed(indices)]));
}

function word(value: number): [number, number] {
  return [value & 255, value >> 8];
}

function header(width: number, height: number, colors: readonly number[], plays: number): Uint8Array {
  const table = new Uint8Array(COLORS * 3);
  colors.forEach((rgb, index) => table.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255], index * 3));
  // In every browser a count of n means n more times, and no count means once.
  const loop = plays > 1 ? [0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, ...word(plays - 1), 0] : [];
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('GIF89a'),
      Uint8Array.of(...word(width), ...word(height), 0xf7, 0, 0),
      table,
      Uint8Array.from(loop),
    ]),
  );
}

/** Graphic control: the frame stays, and the last colour of the table is see-through. */
function frameHead(delayHundredths: number): Uint8Array {
  return Uint8Array.of(0x21, 0xf9, 4, 0b101, ...word(Math.min(65_535, delayHundredths)), CLEAR, 0);
}

/** LZW with growing codes (GIF89a specification, appendix F), in blocks of at most 255 bytes. */
function packed(indices: Uint8Array): Uint8Array {
  const clear = 1 << PIXEL_BITS;
  const end = clear + 1;
  const codeOf = new Int32Array(HASH_SIZE);
  const keyOf = new Int32Array(HASH_SIZE).fill(-1);
  const out = createBits(indices.length);
  let next = end + 1;
  let bits = PIXEL_BITS + 1;
  out.put(clear, bits);
  let prefix = indices[0] ?? 0;
  for (let at = 1; at < indices.length; at += 1) {
    const value = indices[at] ?? 0;
    const key = (prefix << PIXEL_BITS) | value;
    let slot = (key * 31) % HASH_SIZE;
    while (keyOf[slot] !== -1 && keyOf[slot] !== key) slot = slot + 1 === HASH_SIZE ? 0 : slot + 1;
    if (keyOf[slot] === key) {
      prefix = codeOf[slot] ?? 0;
      continue;
    }
    out.put(prefix, bits);
    if (next < CODES_MAX) {
      keyOf[slot] = key;
      codeOf[slot] = next;
      if (next === 1 << bits) bits += 1;
      next += 1;
    } else {
      out.put(clear, bits);
      keyOf.fill(-1);
      next = end + 1;
      bits = PIXEL_BITS + 1;
    }
    prefix = value;
  }
  out.put(prefix, bits);
  if (next === 1 << bits && bits < 12) bits += 1;
  out.put(end, bits);
  return blocks(out.bytes());
}

/** Codes of any width, lowest bit first. */
function createBits(pixels: number) {
  const buffer = new Uint8Array(Math.ceil(pixels * 1.6) + 64);
  let length = 0;
  let held = 0;
  let count = 0;
  return {
    put(code: number, bits: number): void {
      held |= code << count;
      count += bits;
      for (; count >= 8; count -= 8, held >>>= 8) buffer[length++] = held & 255;
    },
    bytes(): Uint8Array {
      if (count > 0) buffer[length++] = held & 255;
      return buffer.subarray(0, length);
    },
  };
}

function blocks(bytes: Uint8Array): Uint8Array {
  const count = Math.ceil(bytes.length / 255);
  const result = new Uint8Array(1 + bytes.length + count + 1);
  result[0] = PIXEL_BITS;
  for (let index = 0; index < count; index += 1) {
    const block = bytes.subarray(index * 255, (index + 1) * 255);
    result[1 + index * 256] = block.length;
    result.set(block, 2 + index * 256);
  }
  return result;
}
