/** Charts of a few pixels: the sparkline on the board, the screens on the desks. */
import type { FloorView } from '#show/ports/painter.ts';
import type { Op, Point, Rect } from '../draw-list.ts';

const GLOW_UP = '#57e389';
const GLOW_DOWN = '#ff6b6b';
const GRID = '#233047';

type Price = FloorView['prices'][number];

/** A line through `values` that fills the box. A single value or none gives a level line. */
export function curve(values: readonly number[], box: Rect, color: string): Op {
  const known = values.length > 1 ? values : [values[0] ?? 0, values[0] ?? 0];
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const points: Point[] = known.map((value, index) => ({
    x: box.x + Math.round((index * (box.w - 1)) / (known.length - 1)),
    y: box.y + (span === 0 ? Math.floor(box.h / 2) : Math.round(((low + span - value) * (box.h - 1)) / span)),
  }));
  return { op: 'line', points, color };
}

/** The price over the recent rounds. */
export function priceScreen(price: Price | undefined, box: Rect): Op[] {
  if (!price) return [];
  const inner = { x: box.x + 1, y: box.y + 1, w: box.w - 2, h: box.h - 2 };
  const color = price.roundBps < 0 ? GLOW_DOWN : GLOW_UP;
  const middle = inner.y + Math.floor(inner.h / 2);
  return [
    { op: 'rect', x: inner.x, y: middle, w: inner.w, h: 1, color: GRID },
    curve(price.curveCents.slice(-inner.w), inner, color),
  ];
}

/** A bar for each instrument, up or down from the middle, by its change in the episode. */
export function marketScreen(prices: readonly Price[], box: Rect): Op[] {
  const middle = box.y + Math.floor(box.h / 2);
  const room = Math.floor(box.h / 2) - 1;
  const largest = Math.max(100, ...prices.map((price) => Math.abs(price.episodeBps)));
  const each = Math.floor((box.w - 2) / Math.max(1, prices.length));
  return [
    { op: 'rect', x: box.x, y: middle, w: box.w, h: 1, color: GRID },
    ...prices.map((price, index): Op => {
      const height = Math.max(1, Math.round((Math.abs(price.episodeBps) * room) / largest));
      const down = price.episodeBps < 0;
      return {
        op: 'rect',
        x: box.x + 2 + index * each,
        y: down ? middle + 1 : middle - height,
        w: Math.max(2, each - 2),
        h: height,
        color: down ? GLOW_DOWN : GLOW_UP,
      };
    }),
  ];
}
