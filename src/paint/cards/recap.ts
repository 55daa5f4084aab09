/**
 * The closing bell's card: who made what in the episode, what chaos had to do with it or else what the script would have made, the
 * best and the worst call.
 */
import { boxOps, panel } from '../boxes.ts';
import { INK, PAPER, QUIET, changeColor } from '../colors.ts';
import type { DealOutcome, RecapCard } from '#show/ports/card-views.ts';
import { equitySeries, gravesOf, marksOf, padded, row, signedDollars } from './curves.ts';
import { frameOps, headOps, WALLS } from './frame.ts';
import { rankedBy, standingOps } from './standings.ts';
import { distinctColors } from './chart-colors.ts';
import { compactDollars } from './chart-scale.ts';
import type { LineChart } from './chart-types.ts';
import { lineChart } from './chart.ts';
import type { Op, Picture, Rect } from '../draw-list.ts';
import { dollars, percent } from '../format.ts';
import { FRAME } from '../layout.ts';
import type { Kit } from '../kit.ts';
import { textLine } from '../text-line.ts';

export function recapPicture(view: RecapCard, kit: Kit): Picture {
  const box = { x: 4, y: 36, w: 258, h: 152 };
  const side = { x: 268, y: 36, w: 126, h: 152 };
  const colors = distinctColors(view.traders.map((one) => one.color));
  // One other course of things can be followed beside the real one: without chaos, where there was some.
  const struck = view.chaosRounds.length > 0;
  const other = struck ? calmSeries(view, colors) : twinSeries(view, colors);
  const chart: LineChart = {
    x: { title: 'Round', whole: true },
    y: { title: 'Equity ($)', write: compactDollars, mayBeLog: true },
    // They lie below the real curves: what happened is read first.
    series: [...other, ...equitySeries(view.traders, colors)],
    bands: view.regimes,
    marks: marksOf(view.chaosRounds, []),
    graves: gravesOf(view.traders),
    ...(other.length > 0 && { dashes: struck ? 'Without' : 'Script' }),
  };
  const ranked = rankedBy(view.traders, colors, (one) => one.gainCents);
  const [left, right] = row({ x: 4, y: 194, w: 390, h: 50 }, 2);
  return {
    ...FRAME,
    ops: [
      ...frameOps(WALLS.lilac, 'Closing bell', `Season ${view.season}`, `Episode ${view.episode}`, kit),
      ...boxOps(box, PAPER),
      ...lineChart(chart, padded(box), kit).ops,
      ...panel(side, 'Who gained most', PAPER, kit),
      ...standingOps(
        ranked.map(({ one, color }) => ({
          person: { ...one, color },
          top: signedDollars(one.gainCents),
          topColor: changeColor(one.gainCents),
          below: percent(one.gainBps),
          belowColor: changeColor(one.gainCents),
          ...(struck ? chaosNote(one) : twinNote(one)),
        })),
        { x: side.x + 2, y: side.y + 11, w: side.w - 4, h: side.h - 13 },
        kit,
      ),
      ...dealOps('Best call', view.best, left, kit),
      ...dealOps('Worst call', view.worst, right, kit),
    ],
  };
}

/** The curves without chaos. They begin at the round before it: until then they are the real ones. */
function calmSeries({ traders, chaosRounds }: RecapCard, colors: readonly string[]): LineChart['series'] {
  const first = Math.min(...chaosRounds);
  return dashed(traders, colors, ({ calm = [] }) => calm.filter(({ round }) => round >= first));
}

/** The curves of the script. They begin where the real ones do. */
function twinSeries({ traders }: RecapCard, colors: readonly string[]): LineChart['series'] {
  return dashed(traders, colors, ({ points: [opening], twin = [] }) =>
    opening && twin.length > 0 ? [opening, ...twin] : [],
  );
}

type Gainer = RecapCard['traders'][number];

function dashed(
  traders: readonly Gainer[],
  colors: readonly string[],
  curveOf: (one: Gainer) => Gainer['points'],
): LineChart['series'] {
  return traders.flatMap((one, index) => {
    const points = curveOf(one).map(({ round, equityCents }) => ({ x: round, y: equityCents }));
    return points.length === 0 ? [] : [{ name: one.name, color: colors[index] ?? INK, dashed: true, points }];
  });
}

/** What chaos cost, or made, until the closing bell. */
function chaosNote({ points, calm }: Gainer): { note?: string; noteColor?: string } {
  const [real, without] = [points.at(-1)?.equityCents, calm?.at(-1)?.equityCents];
  if (real === undefined || without === undefined) return {};
  const made = real - without;
  return {
    note: made === 0 ? 'Chaos: nothing' : `Chaos ${made > 0 ? 'made' : 'cost'} ${dollars(Math.abs(made))}`,
    noteColor: changeColor(made),
  };
}

/** What the script would have made of the same episode. */
function twinNote({ points, twin }: Gainer): { note?: string; noteColor?: string } {
  const [opening, closing] = [points[0]?.equityCents, twin?.at(-1)?.equityCents];
  if (opening === undefined || closing === undefined) return {};
  return { note: `Script ${signedDollars(closing - opening)}`, noteColor: changeColor(closing - opening) };
}

function dealOps(title: string, deal: RecapCard['best'], box: Rect | undefined, kit: Kit): Op[] {
  if (!box) return [];
  if (!deal) {
    return [
      ...panel(box, title, PAPER, kit),
      textLine('Nobody dealt', { x: box.x + 6, y: box.y + 27, w: box.w - 12 }, QUIET, kit, {
        align: 'middle',
      }),
    ];
  }
  const x = box.x + 46;
  const w = box.w - 52;
  return [
    ...panel(box, title, PAPER, kit),
    ...headOps(deal.trader, box.x + 5, box.y + 13, kit, 2).map((op) => shortened(op, box.y + box.h - 2)),
    textLine(signedDollars(deal.gainCents), { x, y: box.y + 17, w }, changeColor(deal.gainCents), kit, {
      scale: 2,
    }),
    textLine(`${deal.trader.name}: ${dealWords(deal)}`, { x, y: box.y + 31, w }, INK, kit),
    textLine(`Round ${deal.round}, against not dealing`, { x, y: box.y + 40, w }, QUIET, kit),
  ];
}

function dealWords({ trade, size, left }: DealOutcome): string {
  if (!left) return `${DEAL_SIZES[size] ?? size} ${trade}`;
  return `out of ${left.was === 'short' ? 'short ' : ''}${left.instrument}`;
}

const DEAL_SIZES: Readonly<Record<string, string>> = {
  Small: 'a bit into',
  Half: 'half into',
  AllIn: 'all into',
};

/** Cuts the chin off a head that is taller than its panel, so that the panel keeps its border. */
function shortened(op: Op, bottom: number): Op {
  if (op.op === 'rect') return { ...op, h: Math.max(0, Math.min(op.h, bottom - op.y)) };
  if (op.op !== 'sprite' || !op.from) return op;
  return {
    ...op,
    from: { ...op.from, h: Math.min(op.from.h, Math.floor((bottom - op.y) / (op.scale ?? 1))) },
  };
}
