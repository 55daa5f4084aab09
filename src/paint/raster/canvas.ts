/** Turns a draw list into a PNG. The only place, with the font, that knows the canvas. */
import { Canvas, createCanvas, type CanvasRenderingContext2D } from 'canvas';
import type { Op, Picture } from '../draw-list.ts';
import { FONT, fontOf, type Font } from './font.ts';
import { CAPITAL } from '../layout.ts';
import { pixelsBetween, wedgeBars } from './shapes.ts';
import type { Sprite, SpriteBook } from '../sprites.ts';

export interface Renderer {
  png(picture: Picture): Buffer;
}

export function createRenderer(sprites: SpriteBook, font: Font): Renderer {
  const developed = new Map<string, Canvas>();
  const spriteCanvas = (name: string): Canvas => {
    const known = developed.get(name);
    if (known) return known;
    const canvas = develop(sprites.get(name));
    developed.set(name, canvas);
    return canvas;
  };
  return {
    png(picture) {
      const canvas = createCanvas(picture.width, picture.height);
      const context = plain(canvas);
      for (const op of picture.ops) draw(context, op, spriteCanvas, font);
      const large = createCanvas(picture.width * picture.scale, picture.height * picture.scale);
      plain(large).drawImage(canvas, 0, 0, large.width, large.height);
      // No filter: rows of flat colour repeat, and that is what deflate finds best.
      return large.toBuffer('image/png', { compressionLevel: 9, filters: Canvas.PNG_FILTER_NONE });
    },
  };
}

/** A context without any smoothing: a pixel has one of the palette's colours. */
function plain(canvas: Canvas): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  context.imageSmoothingEnabled = false;
  context.patternQuality = 'nearest';
  context.antialias = 'none';
  context.textBaseline = 'alphabetic';
  context.font = FONT;
  return context;
}

function develop(sprite: Sprite): Canvas {
  const canvas = createCanvas(sprite.width, sprite.height);
  const context = plain(canvas);
  sprite.pixels.forEach((row, y) => {
    row.forEach((color, x) => {
      if (color === null) return;
      context.fillStyle = color;
      context.fillRect(x, y, 1, 1);
    });
  });
  return canvas;
}

function draw(
  context: CanvasRenderingContext2D,
  op: Op,
  spriteCanvas: (name: string) => Canvas,
  font: Font,
): void {
  switch (op.op) {
    case 'rect':
      context.fillStyle = op.color;
      context.fillRect(op.x, op.y, op.w, op.h);
      return;
    case 'sprite': {
      const source = spriteCanvas(op.sprite);
      const from = op.from ?? { x: 0, y: 0, w: source.width, h: source.height };
      const scale = op.scale ?? 1;
      context.drawImage(source, from.x, from.y, from.w, from.h, op.x, op.y, from.w * scale, from.h * scale);
      return;
    }
    case 'tiles': {
      const source = spriteCanvas(op.sprite);
      for (let y = 0; y < op.h; y += source.height) {
        for (let x = 0; x < op.w; x += source.width) {
          const w = Math.min(source.width, op.w - x);
          const h = Math.min(source.height, op.h - y);
          context.drawImage(source, 0, 0, w, h, op.x + x, op.y + y, w, h);
        }
      }
      return;
    }
    case 'line':
      context.fillStyle = op.color;
      op.points.slice(1).forEach((point, index) => {
        for (const at of pixelsBetween(op.points[index] ?? point, point)) context.fillRect(at.x, at.y, 1, 1);
      });
      return;
    case 'text': {
      const scale = op.scale ?? 1;
      context.fillStyle = op.color;
      context.font = fontOf(scale);
      let x = op.x;
      for (const character of op.text) {
        // The font's letters begin one pixel in.
        context.fillText(character, x - scale, op.y + CAPITAL * scale);
        x += font.advance(character) * scale;
      }
      return;
    }
    case 'wedge':
      for (const bar of wedgeBars(op)) {
        context.fillStyle = bar.color;
        context.fillRect(bar.x, bar.y, bar.w, bar.h);
      }
      return;
    default:
      op satisfies never;
  }
}
