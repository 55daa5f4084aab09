/** The axes of a chart: scales, labels, titles, and where a value is in the plot. */
import { GRID, INK, QUIET } from '../colors.ts';
import { compact, isDrawable, linearScale, scaleFor, ticksOf, type Scale, type Tick } from './chart-scale.ts';
import { AIR, STRIP } from './chart-signs.ts';
import type { LineChart, Placing } from './chart-types.ts';
import type { Op, Rect } from '../draw-list.ts';
import type { Kit } from '../kit.ts';
import { CAPITAL } from '../layout.ts';
import { fit, plainText } from '../text.ts';

export interface Axes {
  plot: Rect;
  at: Placing;
  x: Axis;
  y: Axis;
  /** The boxes of all that is written. */
  labels: Rect[];
}

interface Axis {
  /** The values that have a tick, each with its label. */
  labels: Label[];
  title: Title;
}

interface Title {
  box: Rect;
  text: string;
}

interface Label extends Title {
  value: number;
}

const HEAD = 12;
/** Between two labels of the y axis, as far as there is room. */
const Y_PITCH = 15;

/** The plot takes what the labels leave of the box. */
export function axesOf(
  chart: LineChart,
  points: readonly { x: number; y: number }[],
  box: Rect,
  kit: Kit,
): Axes {
  const yScale = yScaleOf(chart, points);
  const xScale = xScaleOf(chart, points);
  const strip = (chart.bands?.length ?? 0) > 0 ? STRIP : 0;
  const height = box.h - HEAD - strip - 2 * CAPITAL - 10;
  const yTicks = ticksOf(yScale, Math.max(3, Math.floor(height / Y_PITCH)), chart.y.write ?? compact);
  const gutter = Math.max(12, ...yTicks.map((tick) => kit.measure(tick.text))) + 5;
  const plot = { x: box.x + gutter, y: box.y + HEAD + strip, w: box.w - gutter - 4, h: height };
  const at = placing(plot, xScale, yScale);
  const y = {
    labels: yTicks.map((tick) =>
      labelBox(tick, plot.x - 4 - kit.measure(tick.text), at.y(tick.value) - 2, kit),
    ),
    title: titleOf(
      yScale.log ? `${chart.y.title}, log scale` : chart.y.title,
      { x: box.x, y: box.y + 2, w: box.w },
      kit,
      'left',
    ),
  };
  const x = {
    labels: spacedOut(xTicksOf(chart, xScale, plot, kit).map((tick) => labelBelow(tick, plot, at, kit))),
    title: titleOf(chart.x.title, { x: plot.x, y: box.y + box.h - CAPITAL, w: plot.w }, kit, 'middle'),
  };
  const labels = [...y.labels, ...x.labels, y.title, x.title].map((label) => label.box);
  return { plot, at, x, y, labels };
}

/** Level lines through the plot, one at each label. */
export function gridOps({ plot, at, y }: Axes): Op[] {
  return y.labels.map(({ value }): Op => ({
    op: 'rect',
    x: plot.x,
    y: at.y(value),
    w: plot.w,
    h: 1,
    color: GRID,
  }));
}

/** Labels, ticks and titles. */
export function axisOps({ plot, at, x, y }: Axes): Op[] {
  return [
    ...[...y.labels, ...x.labels].map((label) => written(label, INK)),
    ...x.labels.map(({ value }): Op => ({
      op: 'rect',
      x: at.x(value),
      y: plot.y + plot.h,
      w: 1,
      h: 3,
      color: INK,
    })),
    ...y.labels.map(({ value }): Op => ({
      op: 'rect',
      x: plot.x - 3,
      y: at.y(value),
      w: 3,
      h: 1,
      color: INK,
    })),
    written(y.title, QUIET),
    written(x.title, QUIET),
  ];
}

function written({ box: { x, y }, text }: Title, color: string): Op {
  return { op: 'text', x, y, text, color };
}

function yScaleOf(chart: LineChart, points: readonly { y: number }[]): Scale {
  const level = chart.level && isDrawable(chart.level.y) ? [chart.level.y] : [];
  return scaleFor([...points.map((it) => it.y), ...level], { mayBeLog: chart.y.mayBeLog ?? false });
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

function labelBox(tick: Tick, x: number, y: number, kit: Kit): Label {
  return { box: { x, y, w: kit.measure(tick.text), h: CAPITAL }, text: tick.text, value: tick.value };
}

/** Below its tick, pushed inward at the ends of the plot. */
function labelBelow(tick: Tick, plot: Rect, at: Placing, kit: Kit): Label {
  const w = kit.measure(tick.text);
  const x = Math.min(plot.x + plot.w - w, Math.max(plot.x, at.x(tick.value) - Math.floor(w / 2)));
  return labelBox(tick, x, plot.y + plot.h + 4, kit);
}

/** Without those that would touch the one before. */
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
): Title {
  const text = fit(plainText(kit.say?.(title) ?? title, kit.covers), line.w, kit.measure);
  const w = kit.measure(text);
  const x = align === 'left' ? line.x : line.x + Math.floor((line.w - w) / 2);
  return { box: { x, y: line.y, w, h: CAPITAL }, text };
}
