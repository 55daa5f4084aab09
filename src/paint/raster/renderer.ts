/**
 * Turns a draw list into pixels, for stills and films alike. No canvas takes part: a film draws the same scene a hundred
 * times, and flat colour without smoothing needs no more than this. Only the shapes of the letters come from the font.
 */
import type { Op, Picture, Point } from '../draw-list.ts';
import { pixelsBetween, wedgeBars } from './shapes.ts';
import type { Sprite, SpriteBook } from '../sprites/sprite-book.ts';

/** A letter as the font draws it. */
export interface Glyph {
  /** The pixels that are set, relative to the pen and the top of the capitals. */
  pixels: readonly Point[];
  /** From this letter's pen to the next one's. */
  advance: number;
}

export type Glyphs = (character: string) => Glyph;

/** Pixels as 0xRRGGBB, row by row. */
export interface Raster {
  width: number;
  height: number;
  pixels: Uint32Array;
}

const SEE_THROUGH = 0xff000000;

export interface Renderer {
  /** Draws over what `onto` holds; it must have the picture's size. */
  draw(picture: Picture, onto: Raster): void;
}

export function blankRaster({ width, height }: Pick<Picture, 'width' | 'height'>): Raster {
  return { width, height, pixels: new Uint32Array(width * height) };
}

export function createRenderer(sprites: SpriteBook, glyphs: Glyphs): Renderer {
  const developed = new Map<string, Block>();
  const blockOf = (name: string): Block => {
    let block = developed.get(name);
    if (!block) {
      block = develop(sprites.get(name));
      developed.set(name, block);
    }
    return block;
  };
  return {
    draw({ ops }, onto) {
      for (const op of ops) draw(op, onto, blockOf, glyphs);
    },
  };
}

interface Block {
  width: number;
  height: number;
  pixels: Uint32Array;
}

function develop({ width, height, pixels }: Sprite): Block {
  const block = { width, height, pixels: new Uint32Array(width * height).fill(SEE_THROUGH) };
  pixels.forEach((row, y) => {
    row.forEach((color, x) => {
      if (color !== null) block.pixels[y * width + x] = rgbOf(color).rgb;
    });
  });
  return block;
}

/** `#rrggbb` or `#rrggbbaa`; `share` is how much of it is seen. */
function rgbOf(color: string): { rgb: number; share: number } {
  const value = Number.parseInt(color.slice(1, 7), 16);
  return { rgb: value, share: color.length > 7 ? Number.parseInt(color.slice(7, 9), 16) / 255 : 1 };
}

function draw(op: Op, onto: Raster, blockOf: (name: string) => Block, glyphs: Glyphs): void {
  switch (op.op) {
    case 'rect':
      fill(onto, op.x, op.y, op.w, op.h, op.color);
      return;
    case 'sprite': {
      const block = blockOf(op.sprite);
      const from = op.from ?? { x: 0, y: 0, w: block.width, h: block.height };
      stamp(onto, block, from, op.x, op.y, op.scale ?? 1);
      return;
    }
    case 'tiles': {
      const block = blockOf(op.sprite);
      for (let y = 0; y < op.h; y += block.height) {
        for (let x = 0; x < op.w; x += block.width) {
          const w = Math.min(block.width, op.w - x);
          const h = Math.min(block.height, op.h - y);
          stamp(onto, block, { x: 0, y: 0, w, h }, op.x + x, op.y + y, 1);
        }
      }
      return;
    }
    case 'line': {
      const { rgb } = rgbOf(op.color);
      op.points.slice(1).forEach((point, index) => {
        for (const at of pixelsBetween(op.points[index] ?? point, point)) dot(onto, at.x, at.y, rgb);
      });
      return;
    }
    case 'text': {
      const scale = op.scale ?? 1;
      let x = op.x;
      for (const character of op.text) {
        const { pixels, advance } = glyphs(character);
        for (const at of pixels) fill(onto, x + at.x * scale, op.y + at.y * scale, scale, scale, op.color);
        x += advance * scale;
      }
      return;
    }
    case 'wedge':
      for (const bar of wedgeBars(op)) fill(onto, bar.x, bar.y, bar.w, bar.h, bar.color);
      return;
    default:
      op satisfies never;
  }
}

function dot({ width, height, pixels }: Raster, x: number, y: number, rgb: number): void {
  if (x >= 0 && y >= 0 && x < width && y < height) pixels[y * width + x] = rgb;
}

function fill(onto: Raster, x: number, y: number, w: number, h: number, color: string): void {
  const { rgb, share } = rgbOf(color);
  const right = Math.min(onto.width, x + w);
  const left = Math.max(0, x);
  if (right <= left) return;
  for (let row = Math.max(0, y); row < Math.min(onto.height, y + h); row += 1) {
    const start = row * onto.width;
    if (share === 1) onto.pixels.fill(rgb, start + left, start + right);
    else
      for (let at = start + left; at < start + right; at += 1)
        onto.pixels[at] = mixed(onto.pixels[at] ?? 0, rgb, share);
  }
}

function mixed(under: number, over: number, share: number): number {
  const channel = (shift: number) =>
    Math.round(((under >> shift) & 255) * (1 - share) + ((over >> shift) & 255) * share) << shift;
  return channel(16) | channel(8) | channel(0);
}

function stamp(
  onto: Raster,
  block: Block,
  from: { x: number; y: number; w: number; h: number },
  x: number,
  y: number,
  scale: number,
): void {
  for (let row = 0; row < from.h * scale; row += 1) {
    const to = y + row;
    if (to < 0 || to >= onto.height) continue;
    const source = (from.y + Math.floor(row / scale)) * block.width + from.x;
    for (let column = 0; column < from.w * scale; column += 1) {
      const at = x + column;
      if (at < 0 || at >= onto.width) continue;
      const rgb = block.pixels[source + (scale === 1 ? column : Math.floor(column / scale))] ?? SEE_THROUGH;
      if (rgb !== SEE_THROUGH) onto.pixels[to * onto.width + at] = rgb;
    }
  }
}
