import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas, loadImage } from 'canvas';
import fc from 'fast-check';
import { encodePng } from '#paint/raster/png.ts';
import { blankRaster } from '#paint/raster/renderer.ts';

/** The picture of a PNG, read back: 0xRRGGBB, row by row. */
async function pixelsOf(png: Uint8Array): Promise<{ width: number; height: number; pixels: number[] }> {
  const image = await loadImage(Buffer.from(png));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = Array.from(
    { length: width * height },
    (_, at) => ((data[at * 4] ?? 0) << 16) | ((data[at * 4 + 1] ?? 0) << 8) | (data[at * 4 + 2] ?? 0),
  );
  return { width, height, pixels };
}

test('a PNG has every pixel that was drawn, in its colour, enlarged to a square', async () => {
  const drawn = fc
    .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 9 }) })
    .chain((size) => {
      const area = size.width * size.height;
      const color = fc.integer({ min: 0, max: 0xffffff });
      return fc.array(color, { minLength: area, maxLength: area }).map((colors) => ({ size, colors }));
    });
  await fc.assert(
    fc.asyncProperty(drawn, fc.integer({ min: 1, max: 3 }), async ({ size, colors }, scale) => {
      const raster = blankRaster(size);
      raster.pixels.set(colors);
      const { width, height, pixels } = await pixelsOf(encodePng(raster, scale));
      assert.deepEqual([width, height], [size.width * scale, size.height * scale]);
      pixels.forEach((rgb, at) => {
        const [x, y] = [Math.floor((at % width) / scale), Math.floor(Math.floor(at / width) / scale)];
        assert.equal(rgb, colors[y * size.width + x]);
      });
    }),
    { numRuns: 60 },
  );
});
