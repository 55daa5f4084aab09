/** What all cards have: a wall, a headline, heads in squares. */
import { boxOps } from '../boxes.ts';
import { INK, PAPER, SUN } from '../colors.ts';
import type { Op, Rect } from '../draw-list.ts';
import { FRAME } from '../layout.ts';
import type { Kit } from '../kit.ts';
import { PERSON } from '../sprites/sprite-book.ts';
import { textLine } from '../text-line.ts';

export const WALLS = {
  pink: '#ff9ebb',
  sky: '#7fd1f5',
  sun: '#ffd23f',
  mint: '#8fe3c0',
  lilac: '#c8b6ff',
  night: '#2b2d42',
} as const;

export const HEAD_BOX: Rect = { x: 4, y: 4, w: 390, h: 26 };

/** The wall and the headline: the title in large letters, season and episode beside it. */
export function frameOps(wall: string, title: string, right: string, below: string, kit: Kit): Op[] {
  const { x, y, w, h } = HEAD_BOX;
  const side = Math.max(kit.measure(right), kit.measure(below)) + 8;
  return [
    { op: 'rect', x: 0, y: 0, w: FRAME.width, h: FRAME.height, color: wall },
    ...boxOps(HEAD_BOX, INK),
    textLine(title, { x: x + 8, y: y + 8, w: w - side - 16 }, SUN, kit, { scale: 2 }),
    textLine(right, { x: x + w - 8 - side, y: y + 6, w: side }, PAPER, kit, { align: 'right' }),
    textLine(below, { x: x + w - 8 - side, y: y + h - 11, w: side }, SUN, kit, { align: 'right' }),
  ];
}

/** A head in a square of its owner's colour, border included, `16 * scale + 4` wide. */
export function headOps(
  person: { sprite: string; color: string },
  x: number,
  y: number,
  kit: Kit,
  scale = 1,
): Op[] {
  const side = 16 * scale;
  const known = kit.sprites.has(`${person.sprite}/stand`);
  return [
    { op: 'rect', x, y, w: side + 4, h: side + 4, color: INK },
    { op: 'rect', x: x + 2, y: y + 2, w: side, h: side, color: person.color },
    ...(known
      ? [
          {
            op: 'sprite' as const,
            sprite: `${person.sprite}/stand`,
            x: x + 2,
            y: y + 2,
            from: { ...PERSON.face, h: 16 },
            scale,
          },
        ]
      : []),
  ];
}
