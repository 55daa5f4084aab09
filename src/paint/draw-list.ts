/**
 * What a picture is made of before it is drawn: plain operations in order, with coordinates in whole art pixels. The same
 * list gives the same picture, and a test can read it.
 */
export interface Point {
  x: number;
  y: number;
}

export interface Rect extends Point {
  w: number;
  h: number;
}

export type Op =
  | ({ op: 'rect'; color: string } & Rect)
  /** The rectangle filled with a repeated sprite, starting at its own corner. */
  | ({ op: 'tiles'; sprite: string } & Rect)
  /** `from` cuts a part out of the sprite; `scale` enlarges it by a whole number. */
  | ({ op: 'sprite'; sprite: string; from?: Rect; scale?: number } & Point)
  /** One art pixel thick. */
  | { op: 'line'; points: Point[]; color: string }
  /** `y` is the top of the capitals; `scale` enlarges by a whole number; characters the font lacks must be gone already. */
  | ({ op: 'text'; text: string; color: string; scale?: number } & Point)
  /** A speech bubble's tail: `width` wide at `from`, a point at `to`, outlined on its flanks. */
  | { op: 'wedge'; from: Point; to: Point; width: number; fill: string; outline: string };

/** `scale`: screen pixels of an art pixel. */
export interface Picture {
  width: number;
  height: number;
  scale: number;
  ops: Op[];
}

export const INK = '#17141f';
export const PAPER = '#ffffff';
export const SUN = '#ffd23f';

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

export function within(inner: Rect, outer: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.w <= outer.x + outer.w &&
    inner.y + inner.h <= outer.y + outer.h
  );
}

/** A box with a thick border and a hard shadow: the frame's one ornament. */
export function card(box: Rect, fill: string, border = 2, shadow = 2): Op[] {
  return [
    { op: 'rect', x: box.x + shadow, y: box.y + shadow, w: box.w, h: box.h, color: INK },
    { op: 'rect', ...box, color: INK },
    {
      op: 'rect',
      x: box.x + border,
      y: box.y + border,
      w: box.w - 2 * border,
      h: box.h - 2 * border,
      color: fill,
    },
  ];
}

/** Black or white, whichever reads better on `color` (#rrggbb). */
export function inkOn(color: string): string {
  const value = Number.parseInt(color.slice(1), 16);
  const luminance = 0.299 * (value >> 16) + 0.587 * ((value >> 8) & 255) + 0.114 * (value & 255);
  return luminance > 125 ? INK : PAPER;
}
