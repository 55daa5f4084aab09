/**
 * The one chart: lines over rounds or any other number, on a background of named stretches, with labelled axes. Pure:
 * the same data gives the same operations, in whole art pixels, all of them inside the box.
 */
import { compact, isDrawable, linearScale, scaleFor, ticksOf, type Scale, type Tick } from './chart-scale.ts';
import { AIR, bandOps, graveOps, keyOps, levelOps, markOps, QUIET, STRIP } from './chart-signs.ts';
import type { LineChart, Placing, Series } from './chart-types.ts';
import { INK, PAPER, type Op, type Point, type Rect } from '../draw-list.ts';
import { CAPITAL } from '../layout.ts';
import type { Kit } from '../kit.ts';
import { pixelsBetween } from '../raster/shapes.ts';
import { fit, plainText } from '../text.ts';

export interface DrawnChart {
  ops: Op[];
  plot: Rect;
  /** Where each series' last point is, in their order; null for one without points. */
  ends: (Point | null)[];
  /** The boxes of all that is written at the axes. */
  labels: Rect[];
}

const GRID = '#17141f26';
const HEAD = 12;

export function lineChart(chart: LineChart, box: Rect, kit: Kit): DrawnChart {
  const series = chart.series.map((one) => ({
    ...one,
    points: one.points.filter((it) => isDrawable(it.x) && isDrawable(it.y)),
  }));
  const points = series.flatMap((one) => one.points);
  const level = chart.level && isDrawable(chart.level.y) ? [chart.level.y] : [];
  const yScale = scaleFor([...points.map((it) => it.y), ...level], { mayBeLog: chart.y.mayBeLog ?? false });
  const xScale = xScaleOf(chart, points);

  const strip = (chart.bands?.length ?? 0) > 0 ? STRIP : 0;
  const height = box.h - HEAD - strip - 2 * CAPITAL - 10;
  const yTicks = ticksOf(yScale, Math.max(3, Math.floor(height / 15)), chart.y.write ?? compact);
  const gutter = Math.max(12, ...yTicks.map((tick) => kit.measure(tick.text))) + 5;
  const plot = { x: box.x + gutter, y: box.y + HEAD + strip, w: box.w - gutter - 4, h: height };
  const at = placing(plot, xScale, yScale);
  const xTicks = xTicksOf(chart, xScale, plot, kit);

  const yLabels = yTicks.map((tick) =>
    labelBox(tick, plot.x - 4 - kit.measure(tick.text), at.y(tick.value) - 2, kit),
  );
  const xLabels = spacedOut(
    xTicks.map((tick) => {
      const w = kit.measure(tick.text);
      const x = Math.min(plot.x + plot.w - w, Math.max(plot.x, at.x(tick.value) - Math.floor(w / 2)));
      return labelBox(tick, x, plot.y + plot.h + 4, kit);
    }),
  );
  const yTitle = titleOf(
    yScale.log ? `${chart.y.title}, log scale` : chart.y.title,
    { x: box.x, y: box.y + 2, w: box.w },
    kit,
    'left',
  );
  const xTitle = titleOf(chart.x.title, { x: plot.x, y: box.y + box.h - CAPITAL, w: plot.w }, kit, 'middle');

  const keyX = yTitle.box.x + yTitle.box.w + 2 * AIR;
  const keyLine = { x: keyX, y: yTitle.box.y, w: box.x + box.w - keyX, h: CAPITAL };

  const ops: Op[] = [
    { op: 'rect', ...plot, color: PAPER },
    ...bandOps(chart, plot, at, kit),
    ...yTicks.map((tick): Op => ({
      op: 'rect',
      x: plot.x,
      y: at.y(tick.value),
      w: plot.w,
      h: 1,
      color: GRID,
    })),
    ...levelOps(chart, plot, at),
    ...markOps(chart, plot, at),
    ...series.flatMap((one) => seriesOps(one, plot, at)),
    ...graveOps(chart, plot, at),
    ...frameOps(plot),
    ...keyOps(chart, keyLine, kit),
    ...[...yLabels, ...xLabels].map(({ box: { x, y }, text }): Op => ({
      op: 'text',
      x,
      y,
      text,
      color: INK,
    })),
    ...xLabels.map(({ value }): Op => ({
      op: 'rect',
      x: at.x(value),
      y: plot.y + plot.h,
      w: 1,
      h: 3,
      color: INK,
    })),
    ...yLabels.map(({ value }): Op => ({
      op: 'rect',
      x: plot.x - 3,
      y: at.y(value),
      w: 3,
      h: 1,
      color: INK,
    })),
    { op: 'text', x: yTitle.box.x, y: yTitle.box.y, text: yTitle.text, color: QUIET },
    { op: 'text', x: xTitle.box.x, y: xTitle.box.y, text: xTitle.text, color: QUIET },
  ];
  const ends = series.map(({ points: own }) => {
    const last = own.at(-1);
    return last ? { x: at.x(last.x), y: at.y(last.y) } : null;
  });
  return { ops, plot, ends, labels: [...yLabels, ...xLabels, yTitle, xTitle].map((label) => label.box) };
}

function placing(plot: Rect, xScale: Scale, yScale: Scale): Placing {
  return {
    x: (value) => plot.x + 1 + Math.round(xScale.share(value) * (plot.w - 3)),
    y: (value) => plot.y + plot.h - 2 - Math.round(yScale.share(value) * (plot.h - 4)),
  };
}

function xScaleOf(chart: LineChart, points: readonly { x: number }[]): Scale {
  const bands = (chart.bands ?? []).flatMap(({ from, to }) => [from, to]);
  const xs = [...points.map((it) => it.x), ...bands].filter(isDrawable);
  if (xs.length === 0) return linearScale(0, 1);
  const range = scaleFor(xs, { air: 0 });
  const [from, to] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  // A single round has an axis around it.
  return from === to
    ? linearScale(from - 1, to + 1)
    : linearScale(Math.max(from, range.from), Math.min(to, range.to));
}

function xTicksOf(chart: LineChart, scale: Scale, plot: Rect, kit: Kit): Tick[] {
  const widest = Math.max(
    ...[scale.from, scale.to].map((value) => kit.measure(compact(value, (scale.to - scale.from) / 8))),
  );
  const most = Math.max(2, Math.floor(plot.w / (widest + 3 * AIR)));
  return ticksOf(
    scale,
    Math.min(most, 10),
    chart.x.whole ? (value) => String(value) : compact,
    chart.x.whole ? 1 : 0,
  );
}

interface Label {
  box: Rect;
  text: string;
  value: number;
}

function labelBox(tick: Tick, x: number, y: number, kit: Kit): Label {
  return { box: { x, y, w: kit.measure(tick.text), h: CAPITAL }, text: tick.text, value: tick.value };
}

function spacedOut(labels: readonly Label[]): Label[] {
  let end = Number.NEGATIVE_INFINITY;
  return labels.filter(({ box }) => {
    if (box.x < end + AIR) return false;
    end = box.x + box.w;
    return true;
  });
}

function titleOf(
  title: string,
  line: { x: number; y: number; w: number },
  kit: Kit,
  align: 'left' | 'middle',
) {
  const text = fit(plainText(title, kit.covers), line.w, kit.measure);
  const w = kit.measure(text);
  const x = align === 'left' ? line.x : line.x + Math.floor((line.w - w) / 2);
  return { box: { x, y: line.y, w, h: CAPITAL }, text };
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
    // A paper edge keeps crossing curves apart on any background; the second row makes the line readable on a phone.
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

/** A column of pixels shows its first, highest, lowest and last point; more would not be seen. */
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
