/** The season's awards: the champion large, the others in a grid, the final standings. */
import { boxOps, panel } from '../boxes.ts';
import { INK, PAPER, QUIET, SUN, changeColor } from '../colors.ts';
import type { Award, AwardId, AwardsCard } from '#show/ports/card-views.ts';
import { frameOps, headOps, WALLS } from './frame.ts';
import type { Op, Picture, Rect } from '../draw-list.ts';
import { dollars, grouped, percent } from '../format.ts';
import { FRAME } from '../layout.ts';
import type { Kit } from '../kit.ts';
import { textLine } from '../text-line.ts';

const NAMES: Record<AwardId, string> = {
  most_money: 'Most money',
  deepest_fall: 'Deepest fall',
  most_trades: 'Most trades',
  longest_streak: 'Hottest streak',
  most_talkative: 'Biggest mouth',
  most_hypocritical: 'Two faces',
};
const CONFETTI = ['#ff9ebb', '#ffd23f', '#7fd1f5', '#8fe3c0', '#c8b6ff'] as const;
const GRID = { x: 142, y: 36, w: 252, h: 208, columns: 2, rows: 3, air: 6 } as const;

export function awardsPicture(view: AwardsCard, kit: Kit): Picture {
  const champion = view.awards.find((one) => one.award === 'most_money');
  const others = view.awards
    .filter((one) => one.award !== 'most_money')
    .slice(0, GRID.columns * GRID.rows - 1);
  const episodes = `${view.episodes} episode${view.episodes === 1 ? '' : 's'}`;
  return {
    ...FRAME,
    ops: [
      ...frameOps(WALLS.night, 'The awards', `Season ${view.season}`, episodes, kit),
      ...confetti(),
      ...championOps(view, champion, { x: 4, y: 36, w: 132, h: 208 }, kit),
      ...others.flatMap((award, index) => awardOps(award, cellOf(index), kit)),
      ...standingsOps(view, restOf(others.length), kit),
    ],
  };
}

/** The confetti is the same every season. */
function confetti(): Op[] {
  return Array.from({ length: 420 }, (_, index): Op => ({
    op: 'rect',
    x: (index * 149 + (index >> 3) * 7) % (FRAME.width - 4),
    y: 32 + ((index * 83 + (index >> 4) * 5) % (FRAME.height - 36)),
    w: 2 + (index % 2),
    h: 2 + ((index >> 1) % 2),
    color: CONFETTI[index % CONFETTI.length] ?? SUN,
  }));
}

function championOps(view: AwardsCard, award: Award | undefined, box: Rect, kit: Kit): Op[] {
  const fallback = view.standings[0];
  const person = award?.trader ?? fallback;
  if (!person) {
    return [
      ...panel(box, 'Champion', PAPER, kit),
      textLine('Nobody', { x: box.x + 6, y: box.y + 60, w: box.w - 12 }, QUIET, kit, { align: 'middle' }),
    ];
  }
  const standing = view.standings.find((one) => one.id === person.id);
  const middle = box.x + Math.floor(box.w / 2);
  const head = { x: middle - 42, y: box.y + 62 };
  const line = (y: number) => ({ x: box.x + 5, y, w: box.w - 10 });
  return [
    ...boxOps(box, SUN),
    ...rays(box, { x: middle, y: head.y + 42 }),
    textLine('Champion', line(box.y + 10), INK, kit, { align: 'middle', scale: 2 }),
    { op: 'sprite', sprite: 'cards/crown', x: middle - 22, y: head.y - 26, scale: 3 },
    ...headOps(person, head.x, head.y, kit, 5),
    { op: 'rect', x: box.x + 2, y: box.y + 154, w: box.w - 4, h: box.h - 156, color: PAPER },
    { op: 'rect', x: box.x + 2, y: box.y + 153, w: box.w - 4, h: 1, color: INK },
    textLine(`${person.name}${standing && standing.bailouts > 0 ? '*' : ''}`, line(box.y + 161), INK, kit, {
      align: 'middle',
      scale: 2,
    }),
    textLine(dollars(award?.value ?? standing?.equityCents ?? 0), line(box.y + 177), INK, kit, {
      align: 'middle',
      scale: 2,
    }),
    ...(standing
      ? [
          textLine(
            `${percent(standing.gainBps)} this season`,
            line(box.y + 194),
            changeColor(standing.gainBps),
            kit,
            { align: 'middle' },
          ),
        ]
      : []),
  ];
}

/** Lighter stripes from the middle outwards, inside the box. */
function rays(box: Rect, from: { x: number; y: number }): Op[] {
  const inner = { x: box.x + 2, y: box.y + 2, w: box.w - 4, h: 150 };
  const ops: Op[] = [];
  for (let y = inner.y; y < inner.y + inner.h; y += 4) {
    for (let x = inner.x; x < inner.x + inner.w; x += 4) {
      const angle = Math.atan2(y - from.y, x - from.x);
      if (Math.floor((angle / Math.PI) * 10) % 2 !== 0) continue;
      ops.push({
        op: 'rect',
        x,
        y,
        w: Math.min(4, inner.x + inner.w - x),
        h: Math.min(4, inner.y + inner.h - y),
        color: '#ffe07a',
      });
    }
  }
  return ops;
}

function cellOf(index: number): Rect {
  const w = Math.floor((GRID.w - GRID.air * (GRID.columns - 1)) / GRID.columns);
  const h = Math.floor((GRID.h - GRID.air * (GRID.rows - 1)) / GRID.rows);
  return {
    x: GRID.x + (index % GRID.columns) * (w + GRID.air),
    y: GRID.y + Math.floor(index / GRID.columns) * (h + GRID.air),
    w,
    h,
  };
}

/** The part of the grid's last rows that the awards leave free. */
function restOf(used: number): Rect {
  const first = cellOf(used);
  const x = used % GRID.columns === 0 ? GRID.x : first.x;
  const wide = used % GRID.columns === 0;
  return { x, y: first.y, w: wide ? GRID.w : first.w, h: wide ? GRID.y + GRID.h - first.y : first.h };
}

function awardOps({ award, trader, value }: Award, box: Rect, kit: Kit): Op[] {
  const x = box.x + 48;
  const w = box.w - 53;
  return [
    ...panel(box, NAMES[award], PAPER, kit),
    ...headOps(trader, box.x + 6, box.y + 18, kit, 2),
    { op: 'sprite', sprite: `cards/${award.replaceAll('_', '-')}`, x: box.x + box.w - 18, y: box.y + 15 },
    textLine(trader.name, { x, y: box.y + 22, w: w - 15 }, INK, kit),
    textLine(
      worth(award, value),
      { x, y: box.y + 34, w },
      award === 'deepest_fall' ? changeColor(-value) : INK,
      kit,
      {
        scale: kit.measure(worth(award, value)) * 2 <= w ? 2 : 1,
      },
    ),
    textLine(measureOf(award), { x, y: box.y + 50, w }, QUIET, kit),
  ];
}

function worth(award: AwardId, value: number): string {
  switch (award) {
    case 'most_money':
      return dollars(value);
    case 'deepest_fall':
      return percent(-value);
    case 'most_hypocritical':
      return percent(value).replace(/^[+-]/, '');
    case 'most_trades':
    case 'longest_streak':
    case 'most_talkative':
      return grouped(Math.round(value));
    default:
      return award satisfies never;
  }
}

function measureOf(award: AwardId): string {
  switch (award) {
    case 'most_money':
      return 'at the last bell';
    case 'deepest_fall':
      return 'from its peak';
    case 'most_trades':
      return 'trades';
    case 'longest_streak':
      return 'wins in a row';
    case 'most_talkative':
      return 'words spoken';
    case 'most_hypocritical':
      return 'said, not done';
    default:
      return award satisfies never;
  }
}

function standingsOps({ standings }: AwardsCard, box: Rect, kit: Kit): Op[] {
  const each = 11;
  const room = Math.floor((box.h - 16) / each);
  return [
    ...panel(box, 'Final standings', PAPER, kit),
    ...standings.slice(0, room).flatMap((one, index): Op[] => {
      const y = box.y + 16 + index * each;
      const money = dollars(one.equityCents);
      return [
        { op: 'rect', x: box.x + 5, y: y - 2, w: 9, h: 9, color: INK },
        { op: 'rect', x: box.x + 6, y: y - 1, w: 7, h: 7, color: one.color },
        textLine(
          `${index + 1} ${one.name}${one.bailouts > 0 ? '*' : ''}`,
          { x: box.x + 18, y, w: box.w - 28 - kit.measure(money) },
          INK,
          kit,
        ),
        textLine(money, { x: box.x + 6, y, w: box.w - 12 }, INK, kit, { align: 'right' }),
      ];
    }),
  ];
}
