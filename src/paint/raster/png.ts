/** Writes pixels as a PNG. */
import { crc32 } from 'node:zlib';
import { Canvas, createCanvas } from 'canvas';
import type { Raster } from './renderer.ts';

/** The chunk that ends a file: its length, its name, its checksum. */
const END_BYTES = 12;

/**
 * `scale`: screen pixels of a raster's pixel, along each side.
 * @param comment ASCII, for programs that read the file
 */
export function encodePng(raster: Raster, scale: number, comment?: string): Uint8Array {
  const png = withoutComment(raster, scale);
  if (comment === undefined) return png;
  const chunk = textChunk('Comment', comment);
  return Buffer.concat([png.subarray(0, -END_BYTES), chunk, png.subarray(-END_BYTES)]);
}

/** PNG specification, 11.3.3.2 (tEXt). */
function textChunk(keyword: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

function withoutComment({ width, height, pixels }: Raster, scale: number): Buffer {
  const canvas = createCanvas(width * scale, height * scale);
  const context = canvas.getContext('2d', { pixelFormat: 'RGB24' });
  const image = context.createImageData(width * scale, height * scale);
  const { data } = image;
  const rowBytes = width * scale * 4;
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    const row = to;
    for (let x = 0; x < width; x += 1) {
      const rgb = pixels[y * width + x] ?? 0;
      for (let copy = 0; copy < scale; copy += 1) {
        data[to++] = rgb >> 16;
        data[to++] = (rgb >> 8) & 255;
        data[to++] = rgb & 255;
        data[to++] = 255;
      }
    }
    for (let copy = 1; copy < scale; copy += 1, to += rowBytes) data.copyWithin(to, row, row + rowBytes);
  }
  context.putImageData(image, 0, 0);
  // No filter: rows of flat colour repeat, and that is what deflate finds best.
  return canvas.toBuffer('image/png', { compressionLevel: 9, filters: Canvas.PNG_FILTER_NONE });
}
