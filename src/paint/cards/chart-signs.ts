/** What a chart shows besides its curves: named stretches, bells, chaos, graves, the starting level, and their key. */
import { DOWN, INK, QUIET, inkOn } from '../colors.ts';
import { tint } from './chart-colors.ts';
import { isDrawable } from './chart-scale.ts';
import type { LineChart, Placing } from './chart-types.ts';
import type { Op, Point, Rect } from '../draw-list.ts';
import type { Kit } from '../kit.ts';
import { plainText } from '../text.ts';

const GRAVE: { sprite: string; w: number; h: number } = { sprite: 'cards/grave', w: 9, h: 10 };
const BOLT: { sprite: string; w: number; h: number } = { sprite: 'cards/bolt', w: 7, h: 9 };
const BELL = '#17141f66';
export const STRIP = 9;
/** In the key, the width of a sign with the air after it. */
const SIGN = 11;
/** Between labels of one axis. */
export const AIR = 6;

/** The stretches behind the curves, and a strip above with their names where they fit. */
export function bandOps({ bands = [] }: LineChart, plot: Rect, at: Placing, kit: Kit): Op[] {
  const known = bands.filter(({ from, to }) => isDrawable(from) && isDrawable(to) && to >= from);
  return known.flatMap(({ from, to, name, color }, index): Op[] => {
    const next = known[index + 1];
    const x = index === 0 ? plot.x : at.x(from);
    const end = next ? at.x(next.from) : Math.max(at.x(to), index === known.length - 1 ? plot.x + plot.w : 0);
    const w = Math.max(1, end - x);
    const top = plot.y - STRIP;
    const words = shortName(plainText(name, kit.covers), w - 3, kit);
    return [
      { op: 'rect', x, y: plot.y, w, h: plot.h, color: tint(color) },
      { op: 'rect', x, y: top, w, h: STRIP, color },
      ...(x > plot.x ? [{ op: 'rect' as const, x, y: top, w: 1, h: STRIP, color: INK }] : []),
      ...(words !== ''
        ? [
            {
              op: 'text' as const,
              x: x + Math.floor((w - kit.measure(words)) / 2) + 1,
              y: top + 2,
              text: words,
              color: inkOn(color),
            },
          ]
        : []),
    ];
  });
}

/** The name if it fits, or its initials, or nothing. */
function shortName(name: string, width: number, kit: Kit): string {
  const parts = name.split(' ');
  const initials = parts.length > 1 ? parts.map((part) => part.slice(0, 1)).join('') : name.slice(0, 2);
  return [name, initials].find((text) => kit.measure(text) <= width) ?? '';
}

export function levelOps({ level }: LineChart, plot: Rect, at: Placing): Op[] {
  if (!level || !isDrawable(level.y)) return [];
  return dashes({ x: plot.x + 1, y: at.y(level.y) }, plot.w - 2, 'across', INK, 3);
}

/** What the signs in the chart mean, from right to left as far as there is room. */
export function keyOps(chart: LineChart, line: Rect, kit: Kit): Op[] {
  const marks = new Set((chart.marks ?? []).map((mark) => mark.what));
  const signs = [
    ...(chart.dashes !== undefined
      ? [{ name: chart.dashes, ops: (x: number) => dashes({ x, y: line.y + 2 }, 8, 'across', INK, 3) }]
      : []),
    ...(marks.has('chaos')
      ? [
          {
            name: 'Chaos',
            ops: (x: number): Op[] => [{ op: 'sprite', sprite: BOLT.sprite, x, y: line.y - 2 }],
          },
        ]
      : []),
    ...((chart.graves?.length ?? 0) > 0
      ? [
          {
            name: 'Bankrupt',
            ops: (x: number): Op[] => [{ op: 'sprite', sprite: GRAVE.sprite, x: x - 2, y: line.y - 2 }],
          },
        ]
      : []),
    ...(chart.level
      ? [{ name: chart.level.name, ops: (x: number) => dashes({ x, y: line.y + 2 }, 8, 'across', INK, 3) }]
      : []),
    ...(marks.has('bell')
      ? [{ name: 'Bell', ops: (x: number) => dashes({ x: x + 4, y: line.y - 1 }, 7, 'down', QUIET, 1) }]
      : []),
  ];
  let right = line.x + line.w;
  return signs.flatMap(({ name, ops }): Op[] => {
    const text = plainText(kit.say?.(name) ?? name, kit.covers);
    const x = right - kit.measure(text) - SIGN;
    if (x < line.x) return [];
    right = x - AIR;
    return [...ops(x), { op: 'text', x: x + SIGN, y: line.y, text, color: QUIET }];
  });
}

export function markOps({ marks = [] }: LineChart, plot: Rect, at: Placing): Op[] {
  let free = Number.NEGATIVE_INFINITY;
  return marks
    .filter(({ x }) => isDrawable(x))
    .toSorted((a, b) => a.x - b.x)
    .flatMap(({ x: round, what }): Op[] => {
      const x = at.x(round);
      if (what === 'bell') return dashes({ x, y: plot.y + 1 }, plot.h - 2, 'down', BELL, 1);
      const line = dashes({ x, y: plot.y + 1 }, plot.h - 2, 'down', DOWN, 3);
      const left = inside(x - 3, BOLT.w, plot.x + 1, plot.w - 2);
      if (left < free) return line;
      free = left + BOLT.w + 1;
      return [...line, { op: 'sprite', sprite: BOLT.sprite, x: left, y: plot.y + 2 }];
    });
}

export function graveOps({ graves = [] }: LineChart, plot: Rect, at: Placing): Op[] {
  return graves
    .filter(({ x, y }) => isDrawable(x) && isDrawable(y))
    .map(({ x, y }): Op => ({
      op: 'sprite',
      sprite: GRAVE.sprite,
      x: inside(at.x(x) - 4, GRAVE.w, plot.x + 1, plot.w - 2),
      y: inside(at.y(y) - GRAVE.h, GRAVE.h, plot.y + 1, plot.h - 2),
    }));
}

function dashes(from: Point, length: number, way: 'across' | 'down', color: string, dash: number): Op[] {
  return Array.from({ length: Math.ceil(length / (dash + 2)) }, (_, index): Op => {
    const start = index * (dash + 2);
    const size = Math.min(dash, length - start);
    return way === 'across'
      ? { op: 'rect', x: from.x + start, y: from.y, w: size, h: 1, color }
      : { op: 'rect', x: from.x, y: from.y + start, w: 1, h: size, color };
  });
}

function inside(start: number, size: number, from: number, length: number): number {
  return Math.max(from, Math.min(from + length - size, start));
}
