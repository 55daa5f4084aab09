/** How far an operation reaches, for tests that keep things inside a box. */
import type { Op, Rect } from '#paint/draw-list.ts';
import { kit, measure } from './kit.ts';

/** The box that an operation may colour. */
export function extent(op: Op): Rect {
  switch (op.op) {
    case 'line': {
      const xs = op.points.map((point) => point.x);
      const ys = op.points.map((point) => point.y);
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      return { x, y, w: Math.max(...xs) - x + 1, h: Math.max(...ys) - y + 1 };
    }
    case 'text':
      return { x: op.x, y: op.y, w: measure(op.text) * (op.scale ?? 1), h: 5 * (op.scale ?? 1) };
    case 'sprite': {
      const { width, height } = kit.sprites.get(op.sprite);
      const scale = op.scale ?? 1;
      return { x: op.x, y: op.y, w: (op.from?.w ?? width) * scale, h: (op.from?.h ?? height) * scale };
    }
    case 'wedge':
      return { x: op.from.x, y: op.from.y, w: 0, h: 0 };
    case 'rect':
    case 'tiles':
      return op;
    default:
      return op satisfies never;
  }
}

/** Whether all of its coordinates are whole pixels. */
export function isWhole(op: Op): boolean {
  const numbers = JSON.stringify(op, (_, value: unknown) =>
    typeof value === 'string' ? undefined : value,
  ).match(/null|-?\d[\d.e+-]*/g);
  return (numbers ?? []).every((number) => Number.isInteger(Number(number)) && number !== 'null');
}
