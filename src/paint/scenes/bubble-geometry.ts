/** Boxes and tails of speech bubbles: their distances, their overlaps, whether they cross. */
import type { Point, Rect } from '../draw-list.ts';

/** A line from the edge of a bubble to a point beside the speaker's face. */
export interface Tail {
  from: Point;
  to: Point;
}

/** The tail starts at the side of the box that faces the speaker. */
export function tailOf(box: Rect, face: Rect): Tail {
  const inset = 7;
  const middle = centre(face);
  const along = (at: number, start: number, length: number) =>
    Math.round(Math.min(Math.max(at, start + inset), Math.max(start + inset, start + length - inset)));
  if (box.y + box.h <= face.y || box.y >= face.y + face.h) {
    const above = box.y + box.h <= face.y;
    const from = { x: along(middle.x, box.x, box.w), y: above ? box.y + box.h - 1 : box.y };
    return { from, to: { x: Math.round(middle.x), y: above ? face.y - 1 : face.y + face.h } };
  }
  const left = box.x + box.w <= face.x;
  const from = { x: left ? box.x + box.w - 1 : box.x, y: along(middle.y, box.y, box.h) };
  return { from, to: { x: left ? face.x - 1 : face.x + face.w, y: Math.round(middle.y) } };
}

/** A lower bound for the length of a tail between the two. */
export function gapBetween(box: Rect, face: Rect): number {
  const x = Math.max(face.x - (box.x + box.w), box.x - (face.x + face.w));
  const y = Math.max(face.y - (box.y + box.h), box.y - (face.y + face.h));
  return Math.max(0, x, y);
}

export function lengthOf({ from, to }: Tail): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

export function centre(rect: Rect): Point {
  return { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 };
}

export function withShadow(box: Rect): Rect {
  return { ...box, w: box.w + 1, h: box.h + 1 };
}

export function grown(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, w: rect.w + 2 * by, h: rect.h + 2 * by };
}

export function sharedArea(a: Rect, b: Rect): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

export function outsideShare(box: Rect, room: Rect): number {
  return 1 - sharedArea(box, room) / (box.w * box.h);
}

/** Whether the straight line of the tail touches the rectangle; sampled at every pixel of its length. */
export function crosses(tail: Tail, rect: Rect): boolean {
  const { from, to } = tail;
  if (Math.max(from.x, to.x) < rect.x || Math.min(from.x, to.x) >= rect.x + rect.w) return false;
  if (Math.max(from.y, to.y) < rect.y || Math.min(from.y, to.y) >= rect.y + rect.h) return false;
  const steps = Math.ceil(lengthOf(tail));
  for (let step = 1; step <= steps; step += 1) {
    const x = from.x + ((to.x - from.x) * step) / steps;
    const y = from.y + ((to.y - from.y) * step) / steps;
    if (x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h) return true;
  }
  return false;
}

/** Whether two tails cross each other. */
export function meet(a: Tail, b: Tail): boolean {
  const side = (from: Point, to: Point, at: Point) =>
    Math.sign((to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x));
  return (
    side(a.from, a.to, b.from) !== side(a.from, a.to, b.to) &&
    side(b.from, b.to, a.from) !== side(b.from, b.to, a.to)
  );
}
