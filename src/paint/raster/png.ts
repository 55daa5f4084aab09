/** Writes pixels as a PNG. */
import { Canvas, createCanvas } from 'canvas';
import type { Raster } from './renderer.ts';

/** `scale`: screen pixels of a raster's pixel, along each side. */
export function encodePng({ width, height, pixels }: Raster, scale: number): Uint8Array {
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
