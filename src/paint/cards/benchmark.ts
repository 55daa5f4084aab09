/** Plots of the lab's report: bars with intervals, or curves. */
import { boxOps } from '../boxes.ts';
import { GRID, INK, PAPER, QUIET } from '../colors.ts';
import type { BenchmarkCard } from '#show/ports/card-views.ts';
import { frameOps, WALLS } from './frame.ts';
import { distinctColors, SERIES_COLORS } from './chart-colors.ts';
import { compact, isDrawable, linearScale, scaleFor, ticksOf } from './chart-scale.ts';
import { lineChart } from './chart.ts';
import type { Op, Picture, Rect } from '../draw-list.ts';
import { CAPITAL, FRAME } from '../layout.ts';
import type { Kit } from '../kit.ts';
import { textLine } from '../text-line.ts';

const BOX: Rect = { x: 4, y: 36, w: 390, h: 208 };
const BAR = '#0072b2';
const CONTROL = '#b9b4aa';

type Bars = Extract<BenchmarkCard['plot'], { as: 'bars' }>;
type Lines = Extract<BenchmarkCard['plot'], { as: 'lines' }>;

export function benchmarkPicture(view: BenchmarkCard, kit: Kit): Picture {
  const inner = { x: BOX.x + 8, y: BOX.y + 7, w: BOX.w - 16, h: BOX.h - 13 };
  return {
    ...FRAME,
    ops: [
      ...frameOps(WALLS.mint, view.title, 'The lab', view.subtitle, kit),
      ...boxOps(BOX, PAPER),
      ...(view.plot.as === 'bars'
        ? barOps(view.plot, view.unit, inner, kit)
        : curveOps(view.plot, view.unit, inner, kit)),
    ],
  };
}

export function withUnit(title: string, unit: string): string {
  return unit === '' ? title : `${title} (${unit})`;
}

function barOps({ rows, valueTitle }: Bars, unit: string, box: Rect, kit: Kit): Op[] {
  const known = rows.filter((row) => isDrawable(row.value));
  const ends = known
    .flatMap(({ value, low, high }) => [value, low, high])
    .filter((it): it is number => it !== null && isDrawable(it));
  const reach = scaleFor([0, ...ends], { air: 0.03 });
  // Bars stand on zero. The axis goes below zero only if a value is below zero, and above it likewise.
  const scale = linearScale(
    ends.some((it) => it < 0) ? reach.from : 0,
    ends.some((it) => it > 0) ? reach.to : 0,
  );
  const names = Math.min(130, Math.max(40, ...known.map((row) => kit.measure(row.name)))) + 6;
  const plot = { x: box.x + names, y: box.y + 2, w: box.w - names - 50, h: box.h - 24 };
  const at = (value: number) => plot.x + 1 + Math.round(scale.share(value) * (plot.w - 3));
  const ticks = ticksOf(scale, 6, compact);
  const step = (ticks[1]?.value ?? 1) - (ticks[0]?.value ?? 0) || 1;
  const each = Math.min(26, Math.floor(plot.h / Math.max(1, known.length)));
  const thick = Math.max(1, Math.min(14, each - 5));
  // More rows than fit would be unreadable. The report's table has them all.
  const shown = known.slice(0, Math.floor(plot.h / Math.max(8, each)));
  return [
    ...ticks.flatMap((tick): Op[] => [
      { op: 'rect', x: at(tick.value), y: plot.y, w: 1, h: plot.h, color: GRID },
      { op: 'rect', x: at(tick.value), y: plot.y + plot.h, w: 1, h: 3, color: INK },
      {
        op: 'text',
        x: at(tick.value) - Math.floor(kit.measure(tick.text) / 2),
        y: plot.y + plot.h + 5,
        text: tick.text,
        color: INK,
      },
    ]),
    ...shown.flatMap((row, index): Op[] => {
      const middle = plot.y + index * each + Math.floor(each / 2);
      const [zero, end] = [at(0), at(row.value)];
      return [
        textLine(row.name, { x: box.x, y: middle - 2, w: names - 5 }, row.control ? QUIET : INK, kit, {
          align: 'right',
        }),
        {
          op: 'rect',
          x: Math.min(zero, end),
          y: middle - Math.floor(thick / 2),
          w: Math.max(1, Math.abs(end - zero)),
          h: thick,
          color: row.control ? CONTROL : BAR,
        },
        ...whisker(row, at, middle),
        textLine(compact(row.value, step / 100), { x: plot.x + plot.w + 6, y: middle - 2, w: 44 }, INK, kit),
      ];
    }),
    ...(known.length === 0
      ? [
          textLine('Nothing measured yet', { x: plot.x, y: plot.y + 60, w: plot.w }, QUIET, kit, {
            align: 'middle',
          }),
        ]
      : []),
    { op: 'rect', x: at(0), y: plot.y, w: 1, h: plot.h, color: INK },
    { op: 'rect', x: plot.x, y: plot.y + plot.h, w: plot.w, h: 1, color: INK },
    ...controlKey(known, { x: box.x, y: box.y + box.h - CAPITAL, w: names }, kit),
    textLine(withUnit(valueTitle, unit), { x: plot.x, y: box.y + box.h - CAPITAL, w: plot.w }, QUIET, kit, {
      align: 'middle',
    }),
  ];
}

function controlKey(rows: Bars['rows'], line: { x: number; y: number; w: number }, kit: Kit): Op[] {
  if (!rows.some((row) => row.control)) return [];
  return [
    { op: 'rect', x: line.x, y: line.y - 1, w: 7, h: 7, color: CONTROL },
    textLine('Control', { x: line.x + 10, y: line.y, w: line.w - 12 }, QUIET, kit),
  ];
}

function whisker({ low, high }: Bars['rows'][number], at: (value: number) => number, middle: number): Op[] {
  if (low === null || high === null || !isDrawable(low) || !isDrawable(high)) return [];
  const [from, to] = [at(Math.min(low, high)), at(Math.max(low, high))];
  return [
    { op: 'rect', x: from - 1, y: middle - 1, w: to - from + 3, h: 3, color: PAPER },
    { op: 'rect', x: from, y: middle, w: to - from + 1, h: 1, color: INK },
    { op: 'rect', x: from, y: middle - 2, w: 1, h: 5, color: INK },
    { op: 'rect', x: to, y: middle - 2, w: 1, h: 5, color: INK },
  ];
}

function curveOps(plot: Lines, unit: string, box: Rect, kit: Kit): Op[] {
  const colors = distinctColors(
    plot.series.map((_, index) => SERIES_COLORS[index % SERIES_COLORS.length] ?? INK),
  );
  const side = Math.min(96, Math.max(30, ...plot.series.map((one) => kit.measure(one.name) + 14)));
  const chart = lineChart(
    {
      x: { title: plot.xTitle },
      y: { title: withUnit(plot.yTitle, unit) },
      series: plot.series.map((one, index) => ({
        ...one,
        color: colors[index] ?? INK,
        steps: plot.shape === 'steps',
      })),
    },
    { ...box, w: box.w - side - 4 },
    kit,
  );
  const x = box.x + box.w - side;
  return [
    ...chart.ops,
    ...plot.series.slice(0, Math.floor(chart.plot.h / 10)).flatMap((one, index): Op[] => {
      const y = chart.plot.y + 2 + index * 10;
      return [
        { op: 'rect', x, y: y + 1, w: 9, h: 3, color: colors[index] ?? INK },
        textLine(one.name, { x: x + 13, y, w: side - 13 }, INK, kit),
      ];
    }),
  ];
}
