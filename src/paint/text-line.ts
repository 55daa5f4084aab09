/** One line of text at its place. */
import type { Op } from './draw-list.ts';
import type { Kit } from './kit.ts';
import { fit, plainText } from './text.ts';

/** At the left, in the middle or at the right of `box`, cut to fit. `scale` enlarges the letters by a whole number. */
export function textLine(
  text: string,
  box: { x: number; y: number; w: number },
  color: string,
  kit: Kit,
  { align = 'left', scale = 1 }: { align?: 'left' | 'middle' | 'right'; scale?: number } = {},
): Op {
  const shown = fit(plainText(kit.say?.(text) ?? text, kit.covers), Math.floor(box.w / scale), kit.measure);
  const spare = box.w - kit.measure(shown) * scale;
  const shift = { left: 0, middle: Math.floor(spare / 2), right: spare }[align];
  return { op: 'text', x: box.x + shift, y: box.y, text: shown, color, ...(scale > 1 && { scale }) };
}
