/** Lines and wedges as whole pixels. */
import type { Op, Point, Rect } from '../draw-list.ts';

/** A wedge as bars of one pixel: the outline, and the fill between its flanks. */
export function* wedgeBars(op: Extract<Op, { op: 'wedge' }>): Generator<Rect & { color: string }> {
  const { from, to } = op;
  const upright = Math.abs(to.y - from.y) >= Math.abs(to.x - from.x);
  const length = upright ? Math.abs(to.y - from.y) : Math.abs(to.x - from.x);
  for (let step = 0; step <= length; step += 1) {
    const share = length === 0 ? 0 : step / length;
    const width = Math.max(1, Math.round(op.width * (1 - share)));
    const x = Math.round(from.x + (to.x - from.x) * share) - (upright ? Math.floor(width / 2) : 0);
    const y = Math.round(from.y + (to.y - from.y) * share) - (upright ? 0 : Math.floor(width / 2));
    const bar = (inset: number, color: string) =>
      upright
        ? { x: x + inset, y, w: width - 2 * inset, h: 1, color }
        : { x, y: y + inset, w: 1, h: width - 2 * inset, color };
    yield bar(0, op.outline);
    if (width > 2) yield bar(1, op.fill);
  }
}

/** Bresenham's line, both ends included. */
export function* pixelsBetween(from: Point, to: Point): Generator<Point> {
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
