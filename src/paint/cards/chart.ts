/**
 * The one chart: lines over rounds or any other number, on a background of named stretches, with labelled axes. Pure:
 * the same data gives the same operations, in whole art pixels, all of them inside the box.
 */
import { INK, PAPER } from '../colors.ts';
import { axesOf, axisOps, gridOps } from './chart-axes.ts';
import { isDrawable } from './chart-scale.ts';
import { AIR, bandOps, graveOps, keyOps, levelOps, markOps } from './chart-signs.ts';
import type { LineChart, Placing, Series } from './chart-types.ts';
import type { Op, Point, Rect } from '../draw-list.ts';
import type { Kit } from '../kit.ts';
import { CAPITAL } from '../layout.ts';
import { pixelsBetween } from '../raster/shapes.ts';

export interface DrawnChart {
  ops: Op[];
  plot: Rect;
  /** Where the last point of each series is; null for a series without points. */
  ends: (Point | null)[];
  /** The boxes of all that is written at the axes. */
  labels: Rect[];
}

export function lineChart(chart: LineChart, box: Rect, kit: Kit): DrawnChart {
  const series = chart.series.map((one) => ({
    ...one,
    points: one.points.filter((it) => isDrawable(it.x) && isDrawable(it.y)),
  }));
  const axes = axesOf(
    chart,
    series.flatMap((one) => one.points),
    box,
    kit,
  );
  const { plot, at, y } = axes;
  const keyX = y.title.box.x + y.title.box.w + 2 * AIR;
  const keyLine = { x: keyX, y: y.title.box.y, w: box.x + box.w - keyX, h: CAPITAL };
  const ops: Op[] = [
    { op: 'rect', ...plot, color: PAPER },
    ...bandOps(chart, plot, at, kit),
    ...gridOps(axes),
    ...levelOps(chart, plot, at),
    ...markOps(chart, plot, at),
    ...series.flatMap((one) => seriesOps(one, plot, at)),
    ...graveOps(chart, plot, at),
    ...frameOps(plot),
    ...keyOps(chart, keyLine, kit),
    ...axisOps(axes),
  ];
  const ends = series.map(({ points }) => {
    const last = points.at(-1);
    return last ? { x: at.x(last.x), y: at.y(last.y) } : null;
  });
  return { ops, plot, ends, labels: axes.labels };
}

function seriesOps({ points, color, steps, dashed }: Series, plot: Rect, at: Placing): Op[] {
  const placed = thinned(points.map(({ x, y }) => ({ x: at.x(x), y: at.y(y) })));
  const [first] = placed;
  if (!first) return [];
  if (placed.length === 1) return [{ op: 'rect', x: first.x - 1, y: first.y - 1, w: 3, h: 3, color }];
  const path = steps ? treads(placed) : placed;
  const moved = (dx: number, dy: number) => path.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
  if (dashed) return dashOps(path, color);
  return [
    // A paper edge keeps crossing curves apart on any background. The second row makes the line readable on a phone.
    { op: 'line', points: moved(0, -1), color: PAPER },
    {
      op: 'line',
      points: moved(0, 2).map(({ x, y }) => ({ x, y: Math.min(y, plot.y + plot.h - 1) })),
      color: PAPER,
    },
    { op: 'line', points: path, color },
    { op: 'line', points: moved(0, 1), color },
    ...(steps
      ? [
          {
            op: 'line' as const,
            points: moved(1, 0).map(({ x, y }) => ({ x: Math.min(x, plot.x + plot.w - 1), y })),
            color,
          },
        ]
      : []),
  ];
}

const DASH = 4;
const DASH_GAP = 3;

/** A path of one pixel on paper, with gaps. */
function dashOps(path: readonly Point[], color: string): Op[] {
  const pixels = path.flatMap((point, index) => {
    const before = path[index - 1];
    return before ? [...pixelsBetween(before, point)].slice(index > 1 ? 1 : 0) : [];
  });
  const dashes: Point[][] = [];
  for (let start = 0; start < pixels.length; start += DASH + DASH_GAP)
    dashes.push(pixels.slice(start, start + DASH));
  return [
    ...dashes.map((points): Op => ({
      op: 'line',
      points: points.map(({ x, y }) => ({ x, y: y - 1 })),
      color: PAPER,
    })),
    ...dashes.map((points): Op => ({
      op: 'line',
      points: points.map(({ x, y }) => ({ x, y: y + 1 })),
      color: PAPER,
    })),
    ...dashes.map((points): Op => ({ op: 'line', points, color })),
  ];
}

/** Keeps the first, highest, lowest and last point of each column of pixels: more would not be seen. */
function thinned(points: readonly Point[]): Point[] {
  return [...Map.groupBy(points, (point) => point.x).values()].flatMap((column) => {
    if (column.length <= 4) return column;
    const order = column.map((_, index) => index).sort((a, b) => (column[a]?.y ?? 0) - (column[b]?.y ?? 0));
    const kept = [...new Set([0, order[0] ?? 0, order.at(-1) ?? 0, column.length - 1])].sort((a, b) => a - b);
    return kept.flatMap((index) => column[index] ?? []);
  });
}

function treads(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before ? [{ x: point.x, y: before.y }, point] : [point];
  });
}

function frameOps(plot: Rect): Op[] {
  return [
    { op: 'rect', x: plot.x, y: plot.y, w: 1, h: plot.h, color: INK },
    { op: 'rect', x: plot.x, y: plot.y + plot.h - 1, w: plot.w, h: 1, color: INK },
  ];
}
