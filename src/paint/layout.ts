/** Where things are on the floor's picture, in art pixels. Its size is fixed, because it is read on a phone. */
import type { Rect } from './draw-list.ts';

export const FRAME = { width: 400, height: 250, scale: 2 } as const;
export const TILE = 16;
/** The part of a room's height that is its back wall. */
export const WALL = 24;
export const BORDER = 2;
export const TAG_HEIGHT = 9;

/** The height of a capital, and the distance from one line to the next. */
export const CAPITAL = 5;
export const LINE = 7;

/** The largest office that fits, in tiles. */
export const OFFICE_MAX = { width: 16, height: 11 } as const;

export const MAP: Rect = { x: 6, y: 34, w: OFFICE_MAX.width * TILE, h: OFFICE_MAX.height * TILE };
export const TOP_BAR: Rect = { x: 4, y: 4, w: 390, h: 24 };
export const SIDE: Rect = { x: 268, y: 32, w: 126, h: 180 };
export const HEADLINE: Rect = { x: 4, y: 217, w: 390, h: 28 };

/** The cells of the top bar, from left to right. */
export function topCells(prices: number): { title: Rect; bell: Rect; regime: Rect; prices: Rect[] } {
  const { x, y, w, h } = TOP_BAR;
  const title = { x, y, w: 64, h };
  const bell = { x: title.x + title.w + 4, y, w: 64, h };
  const regime = { x: bell.x + bell.w + 4, y, w: 74, h };
  const from = regime.x + regime.w + 4;
  const count = Math.max(1, prices);
  const each = Math.floor((x + w - from - 3 * (count - 1)) / count);
  return {
    title,
    bell,
    regime,
    prices: Array.from({ length: prices }, (_, index) => ({ x: from + index * (each + 3), y, w: each, h })),
  };
}

/** How the right column is shared between the standings' rows and the tape. */
export function sideCells(traders: number): { board: Rect; rows: Rect[]; tape: Rect } {
  const { x, y, w, h } = SIDE;
  const head = 11;
  const roomy = traders <= 4;
  const rowHeight = roomy ? 26 : Math.floor((h - 62) / Math.max(1, traders));
  const board = { x, y, w, h: head + 2 * BORDER + Math.max(1, traders) * rowHeight };
  const tapeY = board.y + board.h + 5;
  return {
    board,
    rows: Array.from({ length: traders }, (_, index) => ({
      x: x + BORDER,
      y: y + BORDER + head + index * rowHeight,
      w: w - 2 * BORDER,
      h: rowHeight,
    })),
    tape: { x, y: tapeY, w, h: y + h - tapeY },
  };
}
