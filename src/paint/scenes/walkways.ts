/**
 * Where feet may go: a grid over the office, made from data/office.json. A cell is a tile wide and half a tile deep (the
 * floor is seen from above at an angle). Nobody steps on walls or furniture, and a room is entered by its door.
 */
import type { Office, Room } from '#core/content.ts';
import type { Point, Rect } from '../draw-list.ts';
import { OFFICE_MAX, TILE, WALL } from '../layout.ts';
import type { SpriteBook } from '../sprites/sprite-book.ts';

/** Index of a cell, row by row. */
export type Cell = number;

export const CELL = { w: TILE, h: TILE / 2 } as const;
export const COLUMNS = OFFICE_MAX.width;
export const ROWS = OFFICE_MAX.height * 2;
/** Where the feet are in a cell, and how much floor they need. */
const FEET = { x: 8, y: 5, w: 12, h: 4 } as const;
/** How much of the floor a piece of furniture stands on, from its lower edge up. */
const FOOTING = 7;

export interface Walkways {
  /** The cells one step away from each cell; none for a cell that nobody can stand on. */
  readonly next: readonly (readonly Cell[])[];
  /** Where the feet of somebody in the cell are, in art pixels of the map. */
  readonly feet: readonly Point[];
  /** The cells of doorways: somebody there is seen in the open door. */
  readonly doorways: ReadonlySet<Cell>;
}

export function cellAt({ x, y }: Point): Cell {
  const column = Math.min(COLUMNS - 1, Math.max(0, Math.floor(x / CELL.w)));
  return Math.min(ROWS - 1, Math.max(0, Math.floor(y / CELL.h))) * COLUMNS + column;
}

/** `spots` are places to stand on, in art pixels of the map. They are free, whatever stands near them. */
export function walkways(office: Office, spots: readonly Point[], sprites: SpriteBook): Walkways {
  const feet = Array.from({ length: COLUMNS * ROWS }, (_, cell) => ({
    x: (cell % COLUMNS) * CELL.w + FEET.x,
    y: Math.floor(cell / COLUMNS) * CELL.h + FEET.y,
  }));
  const roomOf = feet.map((at) => office.rooms.findIndex((room) => inside(at, boxOf(room))));
  const free = feet.map((at, cell) => {
    const room = office.rooms[roomOf[cell] ?? -1];
    if (!room) return at.y < office.height * TILE && at.x < office.width * TILE;
    return at.y >= boxOf(room).y + WALL && !footings(room, sprites).some((box) => overlapping(at, box));
  });
  for (const spot of spots) free[cellAt(spot)] = true;
  const doorways = new Set<Cell>();
  for (const [index, room] of office.rooms.entries()) {
    for (const cell of passage(room, index, roomOf)) {
      doorways.add(cell);
      free[cell] = true;
      const at = feet[cell];
      if (at && room.door) at.x = boxOf(room).x + room.door.x;
    }
  }
  const joined = (a: Cell, b: Cell) => {
    if (!free[a] || !free[b]) return false;
    return roomOf[a] === roomOf[b] || (doorways.has(a) && doorways.has(b));
  };
  const next = feet.map((_, cell) => neighbours(cell).filter((other) => joined(cell, other)));
  return { next, feet, doorways };
}

function boxOf({ area }: Room): Rect {
  return { x: area.x * TILE, y: area.y * TILE, w: area.width * TILE, h: area.height * TILE };
}

function inside({ x, y }: Point, box: Rect): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.w && y < box.y + box.h;
}

function footings(room: Room, sprites: SpriteBook): Rect[] {
  const box = boxOf(room);
  return (room.furniture ?? []).flatMap((piece) => {
    const { width, height, flat } = sprites.get(`furniture/${piece.sprite}`);
    if (flat) return [];
    return [{ x: box.x + piece.x, y: box.y + piece.y + height - FOOTING, w: width, h: FOOTING }];
  });
}

function overlapping({ x, y }: Point, box: Rect): boolean {
  const left = x - FEET.w / 2;
  const top = y - FEET.h + 1;
  return left < box.x + box.w && left + FEET.w > box.x && top < box.y + box.h && top + FEET.h > box.y;
}

/** From the corridor's cell at the door straight into the room, through the wall if it is in the way. */
function passage(room: Room, index: number, roomOf: readonly number[]): Cell[] {
  if (!room.door) return [];
  const box = boxOf(room);
  const outside = cellAt({ x: box.x + room.door.x, y: box.y + room.door.y });
  if (roomOf[outside] === index) return [];
  const step = stepInto(room.door, box);
  const cells = [outside];
  for (let cell = outside + step; cell >= 0 && cell < COLUMNS * ROWS; cell += step) {
    cells.push(cell);
    const y = Math.floor(cell / COLUMNS) * CELL.h + FEET.y;
    if (roomOf[cell] === index && y >= box.y + WALL) break;
    if (cells.length > ROWS) return [];
  }
  return cells;
}

function stepInto(door: Point, box: Rect): number {
  if (door.y < 0) return COLUMNS;
  if (door.y >= box.h) return -COLUMNS;
  return door.x < 0 ? 1 : -1;
}

function neighbours(cell: Cell): Cell[] {
  const column = cell % COLUMNS;
  const around = [cell - COLUMNS, cell + COLUMNS];
  if (column > 0) around.push(cell - 1);
  if (column < COLUMNS - 1) around.push(cell + 1);
  return around.filter((other) => other >= 0 && other < COLUMNS * ROWS);
}
