/** A trader's card: portrait, mandate, book, curve, what it said, and how much it thought. */
import { boxOps, panel, stamp } from '../boxes.ts';
import { INK, PAPER, QUIET, SUN, changeColor } from '../colors.ts';
import type { TraderCard } from '#show/ports/card-views.ts';
import { frameOps } from './frame.ts';
import { equitySeries, gravesOf, signedDollars } from './curves.ts';
import { compactDollars } from './chart-scale.ts';
import { lineChart } from './chart.ts';
import type { Op, Picture, Rect } from '../draw-list.ts';
import { dollars, percent } from '../format.ts';
import { FRAME } from '../layout.ts';
import type { Kit } from '../kit.ts';
import { personSprites } from '../scenes/figures.ts';
import { plainText, wrap } from '../text.ts';
import { textLine } from '../text-line.ts';

const LEFT = { x: 4, w: 117 };
const RIGHT = { x: 127, w: 267 };
/** The widths of the facts' cells, as their numbers need them. */
const FACTS = [82, 68, 64, 38] as const;
const PORTRAIT_SCALE = 4;
/** The width of a letter of a redacted word, and of the space after the word. */
const LETTER = 4;

export function traderPicture(view: TraderCard, kit: Kit): Picture {
  const { trader } = view;
  const place = view.traders > 0 ? `No. ${view.rank} of ${view.traders}` : '';
  return {
    ...FRAME,
    ops: [
      ...frameOps(trader.color, `${trader.name}${trader.bailouts > 0 ? '*' : ''}`, trader.title, place, kit),
      ...portraitOps(view, { ...LEFT, y: 36, h: 132 }, kit),
      ...mandateOps(view, { ...LEFT, y: 174, h: 70 }, kit),
      ...factOps(view, { ...RIGHT, y: 36, h: 30 }, kit),
      ...curveOps(view, { ...RIGHT, y: 72, h: 84 }, kit),
      ...bookOps(view, { x: RIGHT.x, y: 162, w: 118, h: 82 }, kit),
      ...mindOps(view, { x: RIGHT.x + 124, y: 162, w: RIGHT.w - 124, h: 82 }, kit),
    ],
  };
}

function portraitOps({ trader, season, episode, round, episodeBps }: TraderCard, box: Rect, kit: Kit): Op[] {
  const inner = { x: box.x + 2, y: box.y + 2, w: box.w - 4, h: box.h - 4 };
  const width = 20 * PORTRAIT_SCALE;
  const rows = Math.floor((inner.h - 6) / PORTRAIT_SCALE);
  const tag = trader.standing === 'intern' ? stamp('INTERN', box.x + 6, box.y + 8, kit) : [];
  const x = box.x + Math.floor((box.w - width) / 2);
  const from = { x: 0, y: 0, w: 20, h: Math.min(28, rows) };
  const put = (name: string): Op => ({
    op: 'sprite',
    sprite: name,
    x,
    y: inner.y + inner.h - from.h * PORTRAIT_SCALE,
    from,
    scale: PORTRAIT_SCALE,
  });
  return [
    ...boxOps(box, PAPER),
    // In front of a sunburst nobody looks poor.
    ...Array.from({ length: Math.ceil(inner.w / 16) }, (_, index): Op => {
      const at = inner.x + index * 16;
      return {
        op: 'rect',
        x: at,
        y: inner.y,
        w: Math.min(8, inner.x + inner.w - at),
        h: inner.h,
        color: '#f4efe4',
      };
    }),
    { op: 'rect', x: inner.x, y: inner.y + inner.h - 14, w: inner.w, h: 14, color: SUN },
    { op: 'rect', x: inner.x, y: inner.y + inner.h - 15, w: inner.w, h: 1, color: INK },
    ...personSprites({ ...trader, episodeBps }).map(put),
    textLine(`S${season} E${episode} R${round}`, { x: box.x + 5, y: box.y + 6, w: box.w - 11 }, QUIET, kit, {
      align: 'right',
    }),
    ...tag,
  ];
}

function mandateOps({ mandate }: TraderCard, box: Rect, kit: Kit): Op[] {
  const lines = [
    ...mandate.leverage.map(({ instrument, times }) => ({ name: instrument, limit: `up to ${times}x` })),
    ...(mandate.headlineLeverage === null
      ? []
      : [{ name: 'In the news', limit: `up to ${mandate.headlineLeverage}x` }]),
    ...(mandate.overlay === null
      ? []
      : [
          {
            name: `${mandate.overlay.when} +`,
            limit: `short ${mandate.overlay.short} ${Math.round(mandate.overlay.ratioBps / 100)}%`,
          },
        ]),
  ];
  const room = Math.floor((box.h - 16) / 10);
  return [
    ...panel(box, 'Mandate', PAPER, kit),
    ...lines.slice(0, room).flatMap(({ name, limit }, index): Op[] => {
      const line = { x: box.x + 6, y: box.y + 17 + index * 10, w: box.w - 12 };
      return [
        textLine(name, { ...line, w: line.w - kit.measure(limit) - 4 }, QUIET, kit),
        textLine(limit, line, INK, kit, { align: 'right' }),
      ];
    }),
  ];
}

function factOps(view: TraderCard, box: Rect, kit: Kit): Op[] {
  const facts = [
    { name: 'Equity', value: dollars(view.equityCents), color: INK },
    { name: 'Season', value: percent(view.trader.gainBps), color: changeColor(view.trader.gainBps) },
    { name: 'Deepest fall', value: percent(-view.maxDrawdownBps), color: changeColor(-view.maxDrawdownBps) },
    { name: 'Trades', value: String(view.trades), color: INK },
  ];
  let { x } = box;
  return facts.flatMap((fact, index) => {
    const cell = { ...box, x, w: FACTS[index] ?? 0 };
    x += cell.w + 5;
    const w = cell.w - 6;
    const scale = kit.measure(fact.value) * 2 <= w ? 2 : 1;
    return [
      ...boxOps(cell, PAPER),
      textLine(fact.name, { x: cell.x + 4, y: cell.y + 5, w }, QUIET, kit),
      textLine(fact.value, { x: cell.x + 4, y: cell.y + (scale === 2 ? 14 : 17), w }, fact.color, kit, {
        scale,
      }),
    ];
  });
}

function curveOps({ trader }: TraderCard, box: Rect, kit: Kit): Op[] {
  const inner = { x: box.x + 5, y: box.y + 5, w: box.w - 10, h: box.h - 9 };
  const chart = lineChart(
    {
      x: { title: 'Round', whole: true },
      y: { title: 'Equity ($)', write: compactDollars, mayBeLog: true },
      series: equitySeries([trader], [INK]),
      graves: gravesOf([trader]),
    },
    inner,
    kit,
  );
  return [...boxOps(box, PAPER), ...chart.ops];
}

function bookOps({ cashCents, positions }: TraderCard, box: Rect, kit: Kit): Op[] {
  const lines = [
    { name: 'Cash', value: dollars(cashCents), gain: null },
    ...positions.map(({ instrument, valueCents, gainCents }) => ({
      name: `${valueCents < 0 ? 'Short ' : ''}${instrument}`,
      value: dollars(Math.abs(valueCents)),
      gain: gainCents,
    })),
  ];
  const room = Math.floor((box.h - 14) / 16);
  const rest: Op[] =
    positions.length === 0
      ? [textLine('Nothing but cash', { x: box.x + 6, y: box.y + 34, w: box.w - 12 }, QUIET, kit)]
      : [];
  return [
    ...panel(box, 'Book', PAPER, kit),
    ...lines.slice(0, room).flatMap(({ name, value, gain }, index): Op[] => {
      const line = { x: box.x + 6, y: box.y + (index === 0 ? 16 : 12 + index * 17), w: box.w - 12 };
      return [
        textLine(name, { ...line, w: line.w - kit.measure(value) - 4 }, INK, kit),
        textLine(value, line, INK, kit, { align: 'right' }),
        ...(gain === null
          ? []
          : [
              textLine(signedDollars(gain), { ...line, y: line.y + 8 }, changeColor(gain), kit, {
                align: 'right',
              }),
            ]),
      ];
    }),
    ...rest,
  ];
}

/** What it said, in clear; what it thought, as bars. */
function mindOps({ line, thoughtWordLengths }: TraderCard, box: Rect, kit: Kit): Op[] {
  const inner = { x: box.x + 6, w: box.w - 12 };
  const said = wrap(plainText(line ?? '', kit.covers), inner.w, 2, kit.measure).lines;
  const top = box.y + 16;
  const thoughtTop = top + 9 + 2 * 8 + 3;
  const bottom = box.y + box.h - 12;
  return [
    ...panel(box, 'Said', PAPER, kit),
    ...(said.length === 0 ? ['(says nothing)'] : said).map((text, index): Op =>
      textLine(text, { ...inner, y: top + index * 8 }, said.length === 0 ? QUIET : INK, kit),
    ),
    { op: 'rect', x: box.x, y: thoughtTop - 9, w: box.w, h: 11, color: INK },
    textLine('Thought', { x: box.x + 5, y: thoughtTop - 6, w: box.w - 10 }, SUN, kit),
    ...(thoughtWordLengths.length === 0
      ? [textLine('(nothing)', { ...inner, y: thoughtTop + 6 }, QUIET, kit)]
      : redacted(thoughtWordLengths, { ...inner, y: thoughtTop + 5, h: bottom - thoughtTop - 7 })),
    { op: 'sprite', sprite: 'cards/lock', x: box.x + 6, y: box.y + box.h - 13 },
    textLine('Private. See /confess', { x: box.x + 18, y: box.y + box.h - 10, w: inner.w - 12 }, QUIET, kit),
  ];
}

/** One bar for each word, in lines, as far as there is room. */
function redacted(lengths: readonly number[], box: Rect): Op[] {
  const ops: Op[] = [];
  let x = box.x;
  let { y } = box;
  for (const length of lengths) {
    const w = Math.min(box.w, Math.max(1, Math.round(length)) * LETTER);
    if (x > box.x && x + w > box.x + box.w) {
      x = box.x;
      y += 8;
    }
    if (y + 6 > box.y + box.h) break;
    ops.push({ op: 'rect', x, y, w, h: 6, color: INK });
    x += w + LETTER;
  }
  return ops;
}
