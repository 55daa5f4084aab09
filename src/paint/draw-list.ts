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
  /** `y` is the top of the capitals. `scale` enlarges by a whole number. All characters must be in the font. */
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
