/** Boxes: the pictures' one ornament is a thick border with a hard shadow. */
import { INK, SUN } from './colors.ts';
import type { Op, Rect } from './draw-list.ts';
import type { Kit } from './kit.ts';
import { BORDER, CAPITAL } from './layout.ts';
import { plainText } from './text.ts';
import { textLine } from './text-line.ts';

const SHADOW = 2;

/** The border is inside the box, the shadow outside. */
export function boxOps(box: Rect, fill: string): Op[] {
  return [
    { op: 'rect', x: box.x + SHADOW, y: box.y + SHADOW, w: box.w, h: box.h, color: INK },
    { op: 'rect', ...box, color: INK },
    {
      op: 'rect',
      x: box.x + BORDER,
      y: box.y + BORDER,
      w: box.w - 2 * BORDER,
      h: box.h - 2 * BORDER,
      color: fill,
    },
  ];
}

/** A box with a name on its upper edge. `head` is the height of that edge. */
export function panel(box: Rect, title: string, fill: string, kit: Kit, head = 11): Op[] {
  return [
    ...boxOps(box, fill),
    { op: 'rect', x: box.x, y: box.y, w: box.w, h: head, color: INK },
    textLine(title, { x: box.x + 5, y: box.y + Math.ceil((head - CAPITAL) / 2), w: box.w - 10 }, SUN, kit),
  ];
}

/** A word on a dark ground that is as wide as the word; `y` is the top of its capitals. */
export function stamp(text: string, x: number, y: number, kit: Kit): Op[] {
  const shown = plainText(kit.say?.(text) ?? text, kit.covers);
  return [
    { op: 'rect', x, y: y - 2, w: kit.measure(shown) + 6, h: CAPITAL + 4, color: INK },
    { op: 'text', x: x + 3, y, text: shown, color: SUN },
  ];
}
