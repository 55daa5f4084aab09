/** Cards with curves over rounds: the market and the season. */
import { boxOps, panel } from '../boxes.ts';
import { INK, PAPER, QUIET, SUN, changeColor } from '../colors.ts';
import type { EquityCard, EquityLine, PricesCard } from '#show/ports/card-views.ts';
import { rankedBy, standingOps } from './standings.ts';
import { frameOps, WALLS } from './frame.ts';
import { distinctColors, INSTRUMENT_COLORS } from './chart-colors.ts';
import { compactDollars } from './chart-scale.ts';
import type { LineChart } from './chart-types.ts';
import { lineChart } from './chart.ts';
import type { Op, Picture, Rect } from '../draw-list.ts';
import { dollars, percent, price } from '../format.ts';
import { FRAME } from '../layout.ts';
import type { Kit } from '../kit.ts';
import { textLine } from '../text-line.ts';

const CELL_AIR = 5;
/** The width that a price leaves to what its change is since. */
const SINCE = 40;
const UNKNOWN_COLOR = '#8a8f98';

export function signedDollars(cents: number): string {
  return `${cents > 0 ? '+' : ''}${dollars(cents)}`;
}

export function pricesPicture(view: PricesCard, kit: Kit): Picture {
  const colors = distinctColors(view.series.map((one) => INSTRUMENT_COLORS[one.instrument] ?? UNKNOWN_COLOR));
  const box = { x: 4, y: 36, w: 390, h: 168 };
  const chart: LineChart = {
    x: { title: 'Round', whole: true },
    y: { title: 'Price ($)', write: compactDollars, mayBeLog: true },
    series: view.series.map((one, index) => ({
      name: one.instrument,
      color: colors[index] ?? INK,
      points: one.points.map(({ round, priceCents }) => ({ x: round, y: priceCents })),
    })),
    bands: view.regimes,
    marks: marksOf(view.chaosRounds, view.bellRounds),
  };
  const cells = row({ x: 4, y: 210, w: 390, h: 34 }, view.series.length);
  return {
    ...FRAME,
    ops: [
      ...frameOps(WALLS.pink, 'The market', `Season ${view.season}`, `Episode ${view.episode}`, kit),
      ...boxOps(box, PAPER),
      ...lineChart(chart, padded(box), kit).ops,
      ...view.series.flatMap((one, index) => priceCell(one, colors[index] ?? INK, cells[index], kit)),
    ],
  };
}

/** The key of a curve, with the instrument's change over the time shown. */
function priceCell(one: PricesCard['series'][number], color: string, cell: Rect | undefined, kit: Kit): Op[] {
  if (!cell) return [];
  const last = one.points.at(-1)?.priceCents;
  const first = one.points[0]?.priceCents;
  const bps = last !== undefined && first ? Math.round(((last - first) * 10_000) / first) : 0;
  const since = one.points.length > 1 ? `since R${one.points[0]?.round}` : '';
  const icon = `icons/${one.instrument}`;
  const left = cell.x + 16;
  const w = cell.w - 22;
  const iconWidth = kit.sprites.has(icon) ? 10 : 0;
  return [
    ...boxOps(cell, PAPER),
    { op: 'rect', x: cell.x + 2, y: cell.y + 2, w: 8, h: cell.h - 4, color },
    { op: 'rect', x: cell.x + 10, y: cell.y + 2, w: 1, h: cell.h - 4, color: INK },
    ...(iconWidth > 0 ? [{ op: 'sprite' as const, sprite: icon, x: left, y: cell.y + 6 }] : []),
    textLine(one.instrument, { x: left + iconWidth, y: cell.y + 7, w: w - iconWidth - 34 }, INK, kit),
    textLine(
      last === undefined ? 'no price yet' : `$${price(last)}`,
      { x: left, y: cell.y + 19, w: w - SINCE },
      INK,
      kit,
      {
        scale: last !== undefined && kit.measure(`$${price(last)}`) * 2 <= w - SINCE ? 2 : 1,
      },
    ),
    textLine(percent(bps), { x: left, y: cell.y + 7, w }, changeColor(bps), kit, { align: 'right' }),
    ...sinceLines(since, kit).map((words, index, { length }) =>
      textLine(
        words,
        { x: left + w - SINCE, y: cell.y + (length === 1 ? 20 : 16 + 9 * index), w: SINCE },
        QUIET,
        kit,
        {
          align: 'right',
        },
      ),
    ),
  ];
}

/** Beside the price there is room for a round of two digits; "since" and a longer one stand one below the other. */
function sinceLines(since: string, kit: Kit): string[] {
  const said = kit.say?.(since) ?? since;
  return kit.measure(said) <= SINCE ? [said] : said.split(' ');
}

export function equityPicture(view: EquityCard, kit: Kit): Picture {
  const box = { x: 4, y: 36, w: 278, h: 208 };
  const side = { x: 288, y: 36, w: 106, h: 208 };
  const colors = distinctColors(view.traders.map((one) => one.color));
  const chart: LineChart = {
    x: { title: 'Round', whole: true },
    y: { title: 'Equity ($)', write: compactDollars, mayBeLog: true },
    series: equitySeries(view.traders, colors),
    marks: marksOf(view.chaosRounds, view.bellRounds),
    graves: gravesOf(view.traders),
    level: { y: view.startCents, name: 'Start' },
  };
  const ranked = rankedBy(view.traders, colors, (one) => lastEquity(one) ?? view.startCents);
  const rows = { x: side.x + 2, y: side.y + 11, w: side.w - 4, h: side.h - 11 - 44 };
  return {
    ...FRAME,
    ops: [
      ...frameOps(WALLS.sky, 'Equity', `Season ${view.season}`, `Episode ${view.episode}`, kit),
      ...boxOps(box, PAPER),
      ...lineChart(chart, padded(box), kit).ops,
      ...panel(side, 'Standings', PAPER, kit),
      ...standingOps(
        ranked.map(({ one, color }) => ({
          person: { ...one, color },
          top: dollars(lastEquity(one) ?? view.startCents),
          below: percent(one.gainBps),
          belowColor: changeColor(one.gainBps),
        })),
        rows,
        kit,
      ),
      ...yardsticks(view, { x: side.x + 2, y: rows.y + rows.h, w: side.w - 4, h: 42 }, kit),
    ],
  };
}

function yardsticks(view: EquityCard, box: Rect, kit: Kit): Op[] {
  const line = (y: number, name: string, bps: number): Op[] => [
    textLine(name, { x: box.x + 4, y, w: box.w - 42 }, INK, kit),
    textLine(percent(bps), { x: box.x + 4, y, w: box.w - 8 }, changeColor(bps), kit, { align: 'right' }),
  ];
  return [
    { op: 'rect', ...box, color: SUN },
    { op: 'rect', x: box.x, y: box.y, w: box.w, h: 1, color: INK },
    textLine('Without a trader', { x: box.x + 4, y: box.y + 5, w: box.w - 8 }, QUIET, kit),
    ...line(box.y + 17, 'Buy & hold', view.buyAndHoldBps),
    ...line(box.y + 29, 'Hindsight', view.bestInHindsightBps),
  ];
}

export function equitySeries(traders: readonly EquityLine[], colors: readonly string[]): LineChart['series'] {
  return traders.map((one, index) => ({
    name: one.name,
    color: colors[index] ?? INK,
    points: one.points.map(({ round, equityCents }) => ({ x: round, y: equityCents })),
  }));
}

export function gravesOf(traders: readonly EquityLine[]): { x: number; y: number }[] {
  return traders.flatMap((one) =>
    one.bankruptRounds.flatMap((round) => {
      const at = one.points.find((point) => point.round >= round) ?? one.points.at(-1);
      return at ? [{ x: at.round, y: at.equityCents }] : [];
    }),
  );
}

export function marksOf(chaos: readonly number[], bells: readonly number[]): NonNullable<LineChart['marks']> {
  return [
    ...bells.map((x) => ({ x, what: 'bell' as const })),
    ...chaos.map((x) => ({ x, what: 'chaos' as const })),
  ];
}

function lastEquity(one: EquityLine): number | undefined {
  return one.points.at(-1)?.equityCents;
}

export function padded({ x, y, w, h }: Rect): Rect {
  return { x: x + 6, y: y + 6, w: w - 12, h: h - 11 };
}

export function row(box: Rect, cells: number): Rect[] {
  const count = Math.max(1, cells);
  const w = Math.floor((box.w - CELL_AIR * (count - 1)) / count);
  return Array.from({ length: cells }, (_, index) => ({ ...box, x: box.x + index * (w + CELL_AIR), w }));
}
