import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas, loadImage } from 'canvas';
import fc from 'fast-check';
import { createRenderer } from '#paint/raster/canvas.ts';
import type { Op, Picture } from '#paint/draw-list.ts';
import { loadFont } from '#paint/raster/font.ts';
import { createGlyphs } from '#paint/raster/glyphs.ts';
import { blankRaster, createPlotter } from '#paint/raster/raster.ts';
import { kit } from './kit.ts';

const SIDE = 40;
const font = loadFont();
const easel = createRenderer(kit.sprites, font);
const plotter = createPlotter(kit.sprites, createGlyphs(font));

const point = fc.record({
  x: fc.integer({ min: 4, max: SIDE - 4 }),
  y: fc.integer({ min: 4, max: SIDE - 4 }),
});
const wedge = fc
  .tuple(point, point, fc.integer({ min: 1, max: 9 }))
  .map(([from, to, width]): Op => ({ op: 'wedge', from, to, width, fill: '#ffffff', outline: '#17141f' }));
const line = fc
  .array(point, { minLength: 2, maxLength: 5 })
  .map((points): Op => ({ op: 'line', points, color: '#d62839' }));

test('a still and a frame of the film have the same lines and wedges, pixel by pixel', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(wedge, line), { minLength: 1, maxLength: 6 }), async (shapes) => {
      const ground: Op = { op: 'rect', x: 0, y: 0, w: SIDE, h: SIDE, color: '#8ecae6' };
      const picture: Picture = { width: SIDE, height: SIDE, scale: 1, ops: [ground, ...shapes] };
      const raster = blankRaster(picture);
      plotter.plot(picture, raster);
      const context = createCanvas(SIDE, SIDE).getContext('2d');
      context.drawImage(await loadImage(easel.png(picture)), 0, 0);
      const { data } = context.getImageData(0, 0, SIDE, SIDE);
      const still = Array.from(
        raster.pixels,
        (_, at) => ((data[at * 4] ?? 0) << 16) | ((data[at * 4 + 1] ?? 0) << 8) | (data[at * 4 + 2] ?? 0),
      );
      assert.deepEqual(still, Array.from(raster.pixels));
    }),
    { numRuns: 60 },
  );
});
