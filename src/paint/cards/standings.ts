/** Standings on a card: a head, a name and numbers for each trader, best first. */
import { stamp } from '../boxes.ts';
import { INK, QUIET } from '../colors.ts';
import type { EquityLine } from '#show/ports/card-views.ts';
import { headOps } from './frame.ts';
import type { Op, Rect } from '../draw-list.ts';
import type { Kit } from '../kit.ts';
import { textLine } from '../text-line.ts';

/** A row of at least this height has room for a third line. */
const NOTED_ROW = 32;

export interface StandingRow {
  person: EquityLine;
  top: string;
  topColor?: string;
  below: string;
  belowColor: string;
  /** A third line, where there is room for it. */
  note?: string;
  noteColor?: string;
}

/** Rows from first to last: head, name, two numbers; with many traders one line each. */
export function standingOps(rows: readonly StandingRow[], box: Rect, kit: Kit): Op[] {
  const each = Math.min(40, Math.floor(box.h / Math.max(1, rows.length)));
  const roomy = each >= 24;
  return rows.flatMap(
    ({ person, top, topColor = INK, below, belowColor, note, noteColor = QUIET }, index): Op[] => {
      const y = box.y + index * each;
      const noted = note !== undefined && each >= NOTED_ROW;
      const middle = y + Math.floor((each - (noted ? 29 : 20)) / 2);
      const rule: Op[] = index > 0 ? [{ op: 'rect', x: box.x, y, w: box.w, h: 1, color: INK }] : [];
      const name = `${index + 1} ${person.name}${person.bailouts > 0 ? '*' : ''}`;
      if (!roomy) {
        const line = y + Math.floor((each - 5) / 2);
        return [
          ...rule,
          { op: 'rect', x: box.x, y: y + (index > 0 ? 1 : 0), w: 7, h: each - 1, color: person.color },
          textLine(name, { x: box.x + 11, y: line, w: box.w - 58 }, INK, kit),
          textLine(top, { x: box.x + 4, y: line, w: box.w - 8 }, topColor, kit, { align: 'right' }),
        ];
      }
      const x = box.x + 27;
      const w = box.w - 31;
      const crown = index === 0 && kit.measure(name) + 14 < w && kit.sprites.has('icons/crown');
      return [
        ...rule,
        ...headOps(person, box.x + 3, middle, kit),
        textLine(name, { x, y: middle + 3, w }, INK, kit),
        ...(crown
          ? [{ op: 'sprite' as const, sprite: 'icons/crown', x: x + kit.measure(name) + 4, y: middle + 3 }]
          : []),
        textLine(top, { x, y: middle + 13, w: w - kit.measure(below) - 4 }, topColor, kit),
        textLine(below, { x, y: middle + 13, w }, belowColor, kit, { align: 'right' }),
        ...(noted ? [textLine(note, { x, y: middle + 23, w }, noteColor, kit)] : []),
        ...(person.standing === 'intern' && kit.measure(name) + kit.measure('INTERN') + 12 < w
          ? stamp('INTERN', x + w - kit.measure('INTERN') - 6, middle + 3, kit)
          : []),
      ];
    },
  );
}

/** Best first, with the colours of their curves. */
export function rankedBy<T extends EquityLine>(
  traders: readonly T[],
  colors: readonly string[],
  worth: (one: T) => number,
) {
  return traders
    .map((one, index) => ({ one, color: colors[index] ?? one.color }))
    .toSorted((a, b) => worth(b.one) - worth(a.one) || (a.one.id < b.one.id ? -1 : 1));
}
