/** The board beside the map: the standings with everybody's day or, in an intermission, with the odds. */
import { panel, stamp } from '../boxes.ts';
import { INK, PAPER, QUIET, UP, changeColor } from '../colors.ts';
import type { FloorView, PoolView } from '#show/ports/painter.ts';
import { curve } from './sparklines.ts';
import type { Op, Rect } from '../draw-list.ts';
import { dollars, gain, grouped, percent, shortGain } from '../format.ts';
import { CAPITAL } from '../layout.ts';
import { personOps, type TraderView } from './figures.ts';
import type { Kit } from '../kit.ts';
import { floorWords, type FloorWords } from '../words.ts';
import { fit, plainText } from '../text.ts';
import { textLine } from '../text-line.ts';

const HEAD = 12;
const RAIL = '#d7d2c8';
/** A row lower than this shows the name and its numbers on one line. */
const TWO_LINE_ROW = 22;
/** The width of a number in a one-line row. */
const COLUMN = 32;
const SHARE_WIDTH = 20;

type Odds = PoolView['odds'][number];
type WordedKit = Kit & { words: FloorWords };

/** Richest first, whatever the second number is: the heads say what order and numbers are. */
export function boardOps(view: FloorView, board: Rect, rows: readonly Rect[], kit: Kit): Op[] {
  const ranked = view.traders.toSorted((a, b) => b.equityCents - a.equityCents || (a.id < b.id ? -1 : 1));
  const { pool } = view;
  const words = floorWords(view.language);
  const [left, right] = pool ? [words.odds, words.chipsReturn] : [words.richestFirst, words.episodeGain];
  return [
    ...panel(board, left, PAPER, kit, HEAD),
    textLine(right, { x: board.x + 30, y: board.y + 4, w: board.w - 35 }, PAPER, kit, { align: 'right' }),
    ...ranked.flatMap((trader, index) => {
      const odds = pool?.odds.find((one) => one.trader === trader.id);
      return rowOps(trader, index, rows[index], pool ? (odds ?? 'none') : null, { ...kit, words });
    }),
  ];
}

/** `odds` is null without a pool, and "none" for a trader that cannot be backed. */
function rowOps(
  trader: TraderView,
  rank: number,
  row: Rect | undefined,
  odds: Odds | 'none' | null,
  kit: WordedKit,
): Op[] {
  if (!row) return [];
  const rule: Op[] = rank > 0 ? [{ op: 'rect', x: row.x, y: row.y, w: row.w, h: 1, color: INK }] : [];
  const inner = { ...row, y: row.y + rule.length, h: row.h - rule.length };
  return row.h >= TWO_LINE_ROW
    ? [...rule, ...headOps(trader, { ...inner, w: 22 }), ...tallOps(trader, rank, row, odds, kit)]
    : [...rule, ...headOps(trader, { ...inner, w: 10 }), ...flatOps(trader, rank, row, odds, kit)];
}

function nameOf(trader: TraderView, rank: number): string {
  return `${rank + 1} ${trader.name}${trader.bailouts > 0 ? '*' : ''}`;
}

function flatOps(
  trader: TraderView,
  rank: number,
  row: Rect,
  odds: Odds | 'none' | null,
  kit: WordedKit,
): Op[] {
  const line = { x: row.x + 14, y: row.y + Math.floor((row.h - CAPITAL) / 2), w: row.w - 18 };
  const [first, second, color] =
    odds === null
      ? [dollars(trader.equityCents), episodeOf(trader, shortGain), changeColor(trader.episodeBps)]
      : odds === 'none'
        ? ['', trader.standing === 'intern' ? kit.words.intern : '-', QUIET]
        : [share(odds), grouped(odds.per100), INK];
  return [
    textLine(nameOf(trader, rank), { ...line, w: line.w - 2 * COLUMN - 4 }, INK, kit),
    textLine(first, { ...line, w: line.w - COLUMN }, INK, kit, { align: 'right' }),
    textLine(second, line, color, kit, { align: 'right' }),
  ];
}

function tallOps(
  trader: TraderView,
  rank: number,
  row: Rect,
  odds: Odds | 'none' | null,
  kit: WordedKit,
): Op[] {
  const first = { x: row.x + 26, y: row.y + 5, w: row.w - 30 };
  const second = { ...first, y: first.y + 11 };
  const money = dollars(trader.equityCents);
  const moneyWidth = kit.measure(money);
  const name = nameOf(trader, rank);
  const nameWidth = kit.measure(fit(plainText(name, kit.covers), first.w - moneyWidth - 3, kit.measure));
  const crowned = odds === null && rank === 0 && nameWidth + moneyWidth + 16 < first.w;
  return [
    ...(crowned
      ? [{ op: 'sprite' as const, sprite: 'icons/crown', x: first.x + nameWidth + 4, y: first.y }]
      : []),
    textLine(name, { ...first, w: first.w - moneyWidth - 3 }, INK, kit),
    textLine(money, first, INK, kit, { align: 'right' }),
    ...(odds === null ? dayOps(trader, second, kit) : oddsOps(trader, odds, second, kit)),
  ];
}

/** Dollars since the opening bell: they win the pool. */
function episodeOf({ episodeGainCents, episodeBps }: TraderView, told: typeof gain): string {
  return episodeGainCents === undefined ? percent(episodeBps) : told(episodeGainCents);
}

/** The change since the opening bell and its curve. */
function dayOps(trader: TraderView, line: { x: number; y: number; w: number }, kit: WordedKit): Op[] {
  const change = episodeOf(trader, gain);
  const color = changeColor(trader.episodeBps);
  const number = textLine(change, line, color, kit, { align: 'right' });
  if (trader.standing === 'intern') return [number, ...stamp(kit.words.intern, line.x, line.y, kit)];
  const chart = { x: line.x, y: line.y - 3, w: line.w - kit.measure(change) - 6, h: 10 };
  return [
    number,
    { op: 'rect', x: chart.x, y: chart.y + chart.h, w: chart.w, h: 1, color: RAIL },
    curve([...trader.curveCents, trader.equityCents], chart, color),
  ];
}

/** The share of the stakes as a bar and in words, and what 100 chips would return. */
function oddsOps(
  trader: TraderView,
  odds: Odds | 'none',
  line: { x: number; y: number; w: number },
  kit: WordedKit,
): Op[] {
  if (odds === 'none')
    return trader.standing === 'intern' ? stamp(kit.words.intern, line.x, line.y, kit) : [];
  const returned = grouped(odds.per100);
  const bar = { x: line.x, y: line.y - 2, w: line.w - SHARE_WIDTH - 34, h: 9 };
  const filled = Math.round(((bar.w - 2) * Math.min(10_000, Math.max(0, odds.shareBps))) / 10_000);
  return [
    { op: 'rect', ...bar, color: INK },
    { op: 'rect', x: bar.x + 1, y: bar.y + 1, w: bar.w - 2, h: bar.h - 2, color: PAPER },
    { op: 'rect', x: bar.x + 1, y: bar.y + 1, w: filled, h: bar.h - 2, color: trader.color },
    textLine(share(odds), { x: bar.x + bar.w + 3, y: line.y, w: SHARE_WIDTH }, INK, kit),
    textLine(returned, line, odds.per100 > 100 ? UP : INK, kit, { align: 'right' }),
  ];
}

function share({ shareBps }: Odds): string {
  return `${Math.round(shareBps / 100)}%`;
}

/** The trader's head in a square of its colour. */
function headOps(trader: TraderView, box: Rect): Op[] {
  const background: Op[] = [
    { op: 'rect', ...box, color: trader.color },
    { op: 'rect', x: box.x + box.w, y: box.y, w: 1, h: box.h, color: INK },
  ];
  const h = Math.min(19, box.h - 4);
  if (box.w < 20) return background;
  return [
    ...background,
    ...personOps(trader, { x: box.x + 1, y: box.y + box.h - h }, { from: { x: 0, y: 0, w: 20, h } }),
  ];
}
