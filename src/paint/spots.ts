/**
 * Where people stand in a picture, written into its file as a comment: whoever shows the file can let them be clicked. The
 * backlot's page does; Discord takes comments out of what it stores.
 */
import type { Rect } from './draw-list.ts';
import { FRAME } from './layout.ts';
import { figureBox, type Figure } from './scenes/figures.ts';

/** Digits behind the point: a thousandth of the picture is less than a pixel of it. */
const DIGITS = 3;

/** `{"spots":[{"name":"Alex","box":[x,y,width,height]},…]}` in ASCII, measured in parts of the picture's width and height. */
export function spotsComment(people: readonly Figure[]): string {
  const spots = people.map((one) => ({ name: one.trader.name, box: partsOf(figureBox(one)) }));
  return JSON.stringify({ spots }).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function partsOf({ x, y, w, h }: Rect): number[] {
  return [x / FRAME.width, y / FRAME.height, w / FRAME.width, h / FRAME.height].map((part) =>
    Number(part.toFixed(DIGITS)),
  );
}
