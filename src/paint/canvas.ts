/** Turns a draw list into a PNG. The only place, with the font, that knows the canvas. */
import { Canvas, createCanvas, type CanvasRenderingContext2D } from 'canvas';
import type { Op, Picture, Point } from './draw-list.ts';
import { FONT, fontOf, type Font } from './font.ts';
import { CAPITAL } from './layout.ts';
import type { Sprite, SpriteBook } from './sprites.ts';

export interface Easel {
  png(picture: Picture): Buffer;
}

export function createEasel(sprites: SpriteBook, font: Font): Easel {
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
      drawWedge(context, op);
      return;
    default:
      op satisfies never;
  }
}

function drawWedge(context: CanvasRenderingContext2D, op: Extract<Op, { op: 'wedge' }>): void {
  const { from, to } = op;
  const upright = Math.abs(to.y - from.y) >= Math.abs(to.x - from.x);
  const bar = (x: number, y: number, length: number, color: string) => {
    context.fillStyle = color;
    if (upright) context.fillRect(x, y, length, 1);
    else context.fillRect(x, y, 1, length);
  };
  const length = upright ? Math.abs(to.y - from.y) : Math.abs(to.x - from.x);
  for (let step = 0; step <= length; step += 1) {
    const share = length === 0 ? 0 : step / length;
    const width = Math.max(1, Math.round(op.width * (1 - share)));
    const x = Math.round(from.x + (to.x - from.x) * share) - (upright ? Math.floor(width / 2) : 0);
    const y = Math.round(from.y + (to.y - from.y) * share) - (upright ? 0 : Math.floor(width / 2));
    bar(x, y, width, op.outline);
    if (width > 2) bar(upright ? x + 1 : x, upright ? y : y + 1, width - 2, op.fill);
  }
}

/** Bresenham's line, both ends included. */
function* pixelsBetween(from: Point, to: Point): Generator<Point> {
  const dx = Math.abs(to.x - from.x);
  const dy = Math.abs(to.y - from.y);
  const stepX = from.x < to.x ? 1 : -1;
  const stepY = from.y < to.y ? 1 : -1;
  let { x, y } = from;
  let error = dx - dy;
  for (let left = Math.max(dx, dy); left >= 0; left -= 1) {
    yield { x, y };
    const doubled = 2 * error;
    if (doubled > -dy) {
      error -= dy;
      x += stepX;
    }
    if (doubled < dx) {
      error += dx;
      y += stepY;
    }
  }
}
