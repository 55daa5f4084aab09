/** The frame around the map: top bar, standings, tape, headline. */
import { boxOps, panel } from '../boxes.ts';
import { INK, PAPER, QUIET, SUN, UP, changeColor, inkOn } from '../colors.ts';
import type { FloorView } from '#show/ports/painter.ts';
import { boardOps } from './board-scene.ts';
import type { Op, Rect } from '../draw-list.ts';
import { grouped, percent, price, wholePercent } from '../format.ts';
import { BORDER, CAPITAL, HEADLINE, LINE, sideCells, topCells } from '../layout.ts';
import type { Kit } from '../kit.ts';
import { floorWords } from '../words.ts';
import { plainText, wrap } from '../text.ts';
import { textLine } from '../text-line.ts';

const AIR_RED = '#e63946';
const FLASH_UP = '#b7f7cf';
const FLASH_DOWN = '#ffc2c7';
/** Between a price and its change. */
const PRICE_AIR = 3;
const PRODUCER = '#c77dff';
const TAPE_INK = '#7cf29a';
const TAPE_PAPER = '#10231a';

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
  const [bell, rounds] = bellWords(view);
  return [
    ...boxOps(cells.title, INK),
    textLine('OPEN OUTCRY', cellLine(cells.title, 0), SUN, kit),
    textLine(dateOf(view), cellLine(cells.title, 1), PAPER, kit),
    ...boxOps(cells.bell, PAPER),
    { op: 'sprite', sprite: 'icons/bell', x: cells.bell.x + 4, y: cells.bell.y + 7 },
    textLine(bell, cellLine(cells.bell, 0, 17), INK, kit),
    textLine(rounds, cellLine(cells.bell, 1, 17), INK, kit),
    ...boxOps(cells.regime, color),
    textLine(floorWords(view.language).market, cellLine(cells.regime, 0), inkOn(color), kit, {
      align: 'middle',
    }),
    textLine(view.regime.name, cellLine(cells.regime, 1), inkOn(color), kit, { align: 'middle' }),
    ...view.prices.flatMap((one, index) => priceOps(one, cells.prices[index], kit, flash)),
  ];
}

/** A premiere comes before the first episode. */
function dateOf({ season, episode, round, phase, language }: FloorView): string {
  return phase === 'premiere'
    ? `${floorWords(language).premiere} R${round}`
    : `S${season} E${episode} R${round}`;
}

/** The countdown to the next bell; behind closed doors, when they open. */
function bellWords({ phase, roundsLeft, language, doors }: FloorView): [string, string] {
  const words = floorWords(language);
  if (doors) {
    const day = doors.weekday === null ? '' : `${words.weekdays[doors.weekday] ?? ''} `;
    return [words.opensAt, `${day}${doors.at}`];
  }
  if (roundsLeft <= 0) {
    if (phase === 'intermission') return words.opensNext;
    return phase === 'premiere' ? words.openingBell : words.closingBell;
  }
  return [phase === 'intermission' ? words.opensIn : words.bellIn, words.rounds(roundsLeft)];
}

function priceOps(one: FloorView['prices'][number], cell: Rect | undefined, kit: Kit, flash: boolean): Op[] {
  if (!cell) return [];
  const color = changeColor(one.roundBps);
  const arrow = one.roundBps === 0 ? 'flat' : one.roundBps > 0 ? 'up' : 'down';
  const icon = `icons/${one.instrument}`;
  const top = cellLine(cell, 0, 13);
  const bottom = cellLine(cell, 1, 4);
  const now = price(one.priceCents);
  const exact = percent(one.roundBps);
  const crowded = kit.measure(now) + kit.measure(exact) + PRICE_AIR > bottom.w;
  const change = crowded ? wholePercent(one.roundBps) : exact;
  const changed = flash && one.roundBps !== 0;
  return [
    ...boxOps(cell, changed ? (one.roundBps > 0 ? FLASH_UP : FLASH_DOWN) : PAPER),
    ...(kit.sprites.has(icon) ? [{ op: 'sprite' as const, sprite: icon, x: cell.x + 4, y: cell.y + 4 }] : []),
    textLine(one.instrument, { ...top, w: top.w - 8 }, INK, kit),
    { op: 'sprite', sprite: `icons/${arrow}`, x: cell.x + cell.w - 11, y: cell.y + 5 },
    textLine(now, { ...bottom, w: bottom.w - kit.measure(change) - 2 }, INK, kit),
    textLine(change, bottom, color, kit, { align: 'right' }),
  ];
}

function sideOps(view: FloorView, kit: Kit): Op[] {
  const { board, rows, tape } = sideCells(view.traders.length);
  return [...boardOps(view, board, rows, kit), ...tapeOps(view, tape, kit)];
}

/** The newest lines, the last one at the bottom. */
function tapeOps({ tape: lines, language }: FloorView, box: Rect, kit: Kit): Op[] {
  const rows = Math.max(0, Math.floor((box.h - 2 * BORDER - 4 - 11) / (LINE + 1)));
  const inner = { x: box.x + 5, w: box.w - 10, h: CAPITAL };
  const words = floorWords(language);
  const shown = rows === 0 ? [] : lines.slice(-rows);
  return [
    ...panel(box, words.tape, TAPE_PAPER, kit, 12),
    ...(shown.length === 0 ? [words.noTrades] : shown).map((line, index) =>
      textLine(line, { ...inner, y: box.y + 15 + index * (LINE + 1) }, TAPE_INK, kit),
    ),
  ];
}

/** The news, or, while there is none, what is bet on. */
function headlineOps(view: FloorView, kit: Kit): Op[] {
  const box = HEADLINE;
  const { stamp, fill, ground, lamp, text } = newsOf(view);
  const stampBox = { x: box.x, y: box.y, w: kit.measure(stamp) + 24, h: box.h };
  const textBox = { x: stampBox.x + stampBox.w + 6, w: box.x + box.w - stampBox.x - stampBox.w - 12 };
  const { lines } = wrap(plainText(text, kit.covers), textBox.w, 2, kit.measure);
  const top = box.y + Math.round((box.h - (lines.length - 1) * 9 - CAPITAL) / 2);
  return [
    ...boxOps(box, ground),
    { op: 'rect', x: stampBox.x + 2, y: box.y + 2, w: stampBox.w - 2, h: box.h - 4, color: INK },
    { op: 'rect', x: stampBox.x + 2, y: box.y + 2, w: stampBox.w - 4, h: box.h - 4, color: fill },
    { op: 'rect', x: stampBox.x + 7, y: box.y + 11, w: 6, h: 6, color: INK },
    { op: 'rect', x: stampBox.x + 8, y: box.y + 12, w: 4, h: 4, color: lamp },
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

interface News {
  stamp: string;
  fill: string;
  ground: string;
  lamp: string;
  text: string;
}

/** A rumour looks like any other news: members have to judge for themselves. */
function newsOf({ headline, pool, round, roundsLeft, language }: FloorView): News {
  const words = floorWords(language);
  if (headline) {
    const producer = headline.source === 'producer';
    const stamp = producer ? words.producer : words.breaking;
    return { stamp, fill: producer ? PRODUCER : AIR_RED, ground: SUN, lamp: PAPER, text: headline.text };
  }
  if (pool) {
    const text = words.pool(pool.episode, round + roundsLeft + 1, grouped(pool.potChips), pool.staysOpen);
    const stamp = pool.staysOpen ? words.betsOpen : words.lastBets;
    return { stamp, fill: UP, ground: SUN, lamp: PAPER, text };
  }
  return { stamp: words.onTheWire, fill: QUIET, ground: PAPER, lamp: QUIET, text: words.noNews };
}
