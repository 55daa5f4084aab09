/** The frame around the map: top bar, standings, tape, headline. */
import type { FloorView } from '#show/ports.ts';
import { curve, DOWN, UP } from './charts.ts';
import { card, inkOn, INK, PAPER, SUN, type Op, type Rect } from './draw-list.ts';
import { dollars, percent, price } from './format.ts';
import { BORDER, CAPITAL, HEADLINE, LINE, sideCells, topCells } from './layout.ts';
import { personOps, type TraderView } from './people.ts';
import type { Kit } from './scene.ts';
import { fit, plainText, wrap } from './text.ts';
import { words } from './words.ts';

const AIR_RED = '#e63946';
const FLASH_UP = '#b7f7cf';
const FLASH_DOWN = '#ffc2c7';
const QUIET = '#6c757d';
const PRODUCER = '#c77dff';
const TAPE_INK = '#7cf29a';
const TAPE_PAPER = '#10231a';
/** A row lower than this shows the name, the equity and the change on one line. */
const TWO_LINE_ROW = 22;

/** `flash`: the prices light up in the colour of their change. */
export function dashboardOps(view: FloorView, kit: Kit, flash = false): Op[] {
  return [...topOps(view, kit, flash), ...sideOps(view, kit), ...headlineOps(view, kit)];
}

/** The two lines of a cell of the top bar. */
function cellLine(cell: Rect, row: 0 | 1, inset = 5): Rect {
  return { x: cell.x + inset, y: cell.y + 5 + row * 9, w: cell.w - inset - 4, h: CAPITAL };
}

function topOps(view: FloorView, kit: Kit, flash: boolean): Op[] {
  const cells = topCells(view.prices.length);
  const { color } = view.regime;
  const rounds = `${view.roundsLeft} ROUND${view.roundsLeft === 1 ? '' : 'S'}`;
  return [
    ...card(cells.title, INK),
    words('OPEN OUTCRY', cellLine(cells.title, 0), SUN, kit),
    words(`S${view.season} E${view.episode} R${view.round}`, cellLine(cells.title, 1), PAPER, kit),
    ...card(cells.bell, PAPER),
    { op: 'sprite', sprite: 'icons/bell', x: cells.bell.x + 4, y: cells.bell.y + 7 },
    words(view.phase === 'episode' ? 'BELL IN' : 'OPENS IN', cellLine(cells.bell, 0, 17), INK, kit),
    words(rounds, cellLine(cells.bell, 1, 17), INK, kit),
    ...card(cells.regime, color),
    words('MARKET', cellLine(cells.regime, 0), inkOn(color), kit, { align: 'middle' }),
    words(view.regime.name, cellLine(cells.regime, 1), inkOn(color), kit, { align: 'middle' }),
    ...view.prices.flatMap((one, index) => priceOps(one, cells.prices[index], kit, flash)),
  ];
}

function priceOps(one: FloorView['prices'][number], cell: Rect | undefined, kit: Kit, flash: boolean): Op[] {
  if (!cell) return [];
  const [arrow, color] = arrowOf(one.roundBps);
  const icon = `icons/${one.instrument}`;
  const top = cellLine(cell, 0, 13);
  const bottom = cellLine(cell, 1, 4);
  const changeWidth = kit.measure(percent(one.roundBps));
  const changed = flash && one.roundBps !== 0;
  return [
    ...card(cell, changed ? (one.roundBps > 0 ? FLASH_UP : FLASH_DOWN) : PAPER),
    ...(kit.sprites.has(icon) ? [{ op: 'sprite' as const, sprite: icon, x: cell.x + 4, y: cell.y + 4 }] : []),
    words(one.instrument, { ...top, w: top.w - 8 }, INK, kit),
    { op: 'sprite', sprite: `icons/${arrow}`, x: cell.x + cell.w - 11, y: cell.y + 5 },
    words(price(one.priceCents), { ...bottom, w: bottom.w - changeWidth - 2 }, INK, kit),
    words(percent(one.roundBps), bottom, color, kit, { align: 'right' }),
  ];
}

function arrowOf(bps: number): ['up' | 'down' | 'flat', string] {
  if (bps === 0) return ['flat', QUIET];
  return bps > 0 ? ['up', UP] : ['down', DOWN];
}

function sideOps(view: FloorView, kit: Kit): Op[] {
  const ranked = view.traders.toSorted((a, b) => b.equityCents - a.equityCents || (a.id < b.id ? -1 : 1));
  const { board, rows, tape } = sideCells(ranked.length);
  return [
    ...card(board, PAPER),
    { op: 'rect', x: board.x, y: board.y, w: board.w, h: 12, color: INK },
    words('STANDINGS', { x: board.x + 5, y: board.y + 4, w: 60 }, SUN, kit),
    words('THIS EPISODE', { x: board.x + 60, y: board.y + 4, w: board.w - 65 }, PAPER, kit, {
      align: 'right',
    }),
    ...ranked.flatMap((trader, index) => rowOps(trader, index, rows[index], kit)),
    ...tapeOps(view.tape, tape, kit),
  ];
}

function rowOps(trader: TraderView, rank: number, row: Rect | undefined, kit: Kit): Op[] {
  if (!row) return [];
  const ops: Op[] = [];
  if (rank > 0) ops.push({ op: 'rect', x: row.x, y: row.y, w: row.w, h: 1, color: INK });
  const tall = row.h >= TWO_LINE_ROW;
  const left = row.x + (tall ? 26 : 14);
  const first = {
    x: left,
    y: row.y + (tall ? 5 : Math.floor((row.h - CAPITAL) / 2)),
    w: row.x + row.w - left - 4,
    h: CAPITAL,
  };
  const money = dollars(trader.equityCents);
  const change = percent(trader.episodeBps);
  const changeColor = arrowOf(trader.episodeBps)[1];
  const name = `${rank + 1} ${trader.name}${trader.bailouts > 0 ? '*' : ''}`;
  ops.push(
    ...headOps(
      trader,
      { x: row.x, y: row.y + (rank > 0 ? 1 : 0), w: tall ? 22 : 10, h: row.h - (rank > 0 ? 1 : 0) },
      kit,
    ),
  );
  if (!tall) {
    const column = 32;
    ops.push(
      words(name, { ...first, w: first.w - 2 * column - 4 }, INK, kit),
      words(money, { ...first, w: first.w - column }, INK, kit, { align: 'right' }),
      words(change, first, changeColor, kit, { align: 'right' }),
    );
    return ops;
  }
  const moneyWidth = kit.measure(money);
  const nameWidth = kit.measure(fit(plainText(name, kit.covers), first.w - moneyWidth - 3, kit.measure));
  if (rank === 0 && nameWidth + moneyWidth + 16 < first.w) {
    ops.push({ op: 'sprite', sprite: 'icons/crown', x: first.x + nameWidth + 4, y: first.y });
  }
  const second = { ...first, y: first.y + 11 };
  ops.push(
    words(name, { ...first, w: first.w - moneyWidth - 3 }, INK, kit),
    words(money, first, INK, kit, { align: 'right' }),
    words(change, second, changeColor, kit, { align: 'right' }),
  );
  if (trader.standing === 'intern') return [...ops, ...internTag(second, kit)];
  const chart = { x: left, y: second.y - 3, w: second.w - kit.measure(change) - 6, h: 10 };
  ops.push({ op: 'rect', x: chart.x, y: chart.y + chart.h, w: chart.w, h: 1, color: '#d7d2c8' });
  ops.push(curve([...trader.curveCents, trader.equityCents], chart, changeColor));
  return ops;
}

/** The trader's head in a square of its colour. */
function headOps(trader: TraderView, box: Rect, kit: Kit): Op[] {
  const background: Op[] = [
    { op: 'rect', ...box, color: trader.color },
    { op: 'rect', x: box.x + box.w, y: box.y, w: 1, h: box.h, color: INK },
  ];
  const h = Math.min(19, box.h - 4);
  if (box.w < 20) return background;
  return [
    ...background,
    ...personOps(trader, { x: box.x + 1, y: box.y + box.h - h }, kit.sprites, {
      from: { x: 0, y: 0, w: 20, h },
    }),
  ];
}

function internTag(row: Rect, kit: Kit): Op[] {
  const width = kit.measure('INTERN') + 6;
  return [
    { op: 'rect', x: row.x, y: row.y - 2, w: width, h: 9, color: INK },
    { op: 'text', x: row.x + 3, y: row.y, text: 'INTERN', color: SUN },
  ];
}

/** The newest lines, last at the bottom. */
function tapeOps(lines: readonly string[], box: Rect, kit: Kit): Op[] {
  const rows = Math.max(0, Math.floor((box.h - 2 * BORDER - 4 - 11) / (LINE + 1)));
  const inner = { x: box.x + 5, w: box.w - 10, h: CAPITAL };
  const shown = rows === 0 ? [] : lines.slice(-rows);
  return [
    ...card(box, TAPE_PAPER),
    { op: 'rect', x: box.x, y: box.y, w: box.w, h: 12, color: INK },
    words('THE TAPE', { ...inner, y: box.y + 4 }, SUN, kit),
    ...(shown.length === 0 ? ['No trades yet'] : shown).map((line, index) =>
      words(line, { ...inner, y: box.y + 15 + index * (LINE + 1) }, TAPE_INK, kit),
    ),
  ];
}

/** A rumour looks like any other news: whoever wants to know has to think. */
function headlineOps(view: FloorView, kit: Kit): Op[] {
  const box = HEADLINE;
  const { headline } = view;
  const producer = headline?.source === 'producer';
  const stamp = headline ? (producer ? 'PRODUCER' : 'BREAKING') : 'ON THE WIRE';
  const fill = headline ? (producer ? PRODUCER : AIR_RED) : QUIET;
  const stampBox = { x: box.x, y: box.y, w: kit.measure(stamp) + 24, h: box.h };
  const textBox = { x: stampBox.x + stampBox.w + 6, w: box.x + box.w - stampBox.x - stampBox.w - 12 };
  const text = plainText(headline?.text ?? 'No news. The floor makes its own.', kit.covers);
  const { lines } = wrap(text, textBox.w, 2, kit.measure);
  const top = box.y + Math.round((box.h - (lines.length - 1) * 9 - CAPITAL) / 2);
  return [
    ...card(box, headline ? SUN : PAPER),
    { op: 'rect', x: stampBox.x + 2, y: box.y + 2, w: stampBox.w - 2, h: box.h - 4, color: INK },
    { op: 'rect', x: stampBox.x + 2, y: box.y + 2, w: stampBox.w - 4, h: box.h - 4, color: fill },
    { op: 'rect', x: stampBox.x + 7, y: box.y + 11, w: 6, h: 6, color: INK },
    { op: 'rect', x: stampBox.x + 8, y: box.y + 12, w: 4, h: 4, color: headline ? PAPER : QUIET },
    { op: 'text', x: stampBox.x + 17, y: box.y + 12, text: stamp, color: PAPER },
    ...lines.map((line, index): Op => ({
      op: 'text',
      x: textBox.x,
      y: top + index * 9,
      text: line,
      color: INK,
    })),
  ];
}
