/** The office: its rooms, furniture with live screens, the traders and what they say. */
import { INK, PAPER } from '../colors.ts';
import type { Office, Room } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import { marketScreen, priceScreen } from './sparklines.ts';
import { overlaps, type Op, type Point, type Rect } from '../draw-list.ts';
import { BORDER, CAPITAL, MAP, WALL } from '../layout.ts';
import { bodyOf, figureOps, figuresOn, roomBox, type Figure } from './figures.ts';
import { nameTagOps, nameTags, type NameTag } from './name-tags.ts';
import type { Kit } from '../kit.ts';
import { placedLines, speechOps, tailsOps, type Said } from './speech-scene.ts';
import type { Surroundings } from './bubbles.ts';
import { fit, plainText } from '../text.ts';
import { paperOps, windowOps } from './weather.ts';

type Piece = NonNullable<Room['furniture']>[number];

/** The cost for a bubble of covering one pixel of these. */
const BODY_DEARNESS = 0.4;
const PIECE_DEARNESS = 0.02;
const LIVE_PIECE_DEARNESS = 0.05;

const FLOOR = '#d8d3c8';
const TRAIL_STEP = 5;
/** Plates take no more than their letters need: the wall below is for bubbles. */
const PLATE_HEIGHT = CAPITAL + 2;

/** One moment on the floor. */
export interface Staging {
  people: readonly Figure[];
  /** The lines that are seen. */
  said: readonly Said[];
  /** Whether the footprints of those who walked in are seen. */
  trails: boolean;
  /** Counts the frames: what falls and flies moves with it. */
  tick: number;
  /** The prices light up. */
  flash?: boolean;
  /** Traders who panic are at the other end of a shiver. */
  shaking?: boolean;
}

export function stillStaging(view: FloorView, office: Office, kit: Kit): Staging {
  const people = figuresOn(view, office);
  const said = placedLines(people, office, surroundingsOf(people, office, kit), kit);
  return { people, said, trails: true, tick: 0 };
}

/** What bubbles must not cover, and what they had better not cover. */
export function surroundingsOf(people: readonly Figure[], office: Office, kit: Kit): Surroundings {
  const signs = signsOf(office, kit);
  return {
    faces: people.map(({ face }) => face),
    tags: nameTags(people, signs, kit).map(({ box }) => box),
    signs: [...signs, ...platesOf(office, kit)],
    labels: [...labels(people.map(bodyOf), BODY_DEARNESS), ...furnitureLabels(office, kit)],
    measure: kit.measure,
  };
}

/** Where the rooms' names are. */
export function platesOf(office: Office, kit: Kit): Rect[] {
  return office.rooms.map((room) => plate(room, kit).box);
}

/** What is written on the furniture for everybody to see. */
export function signsOf(office: Office, kit: Kit): Rect[] {
  return office.rooms.flatMap((room) =>
    (room.furniture ?? []).flatMap((piece) => {
      const { sign } = kit.sprites.get(`furniture/${piece.sprite}`);
      if (!sign) return [];
      const at = pieceAt(room, piece);
      return [{ x: at.x + sign.x, y: at.y + sign.y, w: sign.width, h: sign.height }];
    }),
  );
}

export function mapOps(view: FloorView, office: Office, kit: Kit, staging: Staging): Op[] {
  const { people } = staging;
  return [
    ...frameOps(),
    ...floorOps(office.corridor, MAP),
    ...office.rooms.flatMap((room) => shellOps(room)),
    ...office.rooms.flatMap((room) => flatOps(room, kit)),
    ...(staging.trails ? people.flatMap((one) => trailOps(one, office)) : []),
    ...standingThings(view, office, staging, kit),
    ...paperOps(view, staging.tick),
    ...tailsOps(staging.said),
    ...office.rooms.flatMap((room) => plate(room, kit).ops),
    ...tagOps(people, office, kit),
    ...speechOps(staging.said),
  ];
}

/** A walker's tag passes behind those of people who stand. */
function tagOps(people: readonly Figure[], office: Office, kit: Kit): Op[] {
  const isStanding = ({ figure }: NameTag) => Number(figure.walking === null);
  const tags = nameTags(people, signsOf(office, kit), kit);
  return tags.toSorted((a, b) => isStanding(a) - isStanding(b)).flatMap(nameTagOps);
}

function frameOps(): Op[] {
  const outer = { x: MAP.x - BORDER, y: MAP.y - BORDER, w: MAP.w + 2 * BORDER, h: MAP.h + 2 * BORDER };
  return [
    { op: 'rect', x: outer.x + 2, y: outer.y + 2, w: outer.w, h: outer.h, color: INK },
    { op: 'rect', ...outer, color: INK },
  ];
}

function floorOps(tile: string | undefined, box: Rect): Op[] {
  return tile === undefined
    ? [{ op: 'rect', ...box, color: FLOOR }]
    : [{ op: 'tiles', sprite: `tiles/${tile}`, ...box }];
}

/** Floor, back wall and outline. */
function shellOps(room: Room): Op[] {
  const box = roomBox(room);
  const wall = { ...box, h: WALL };
  return [
    ...floorOps(room.floor, box),
    ...(room.wall === undefined
      ? [{ op: 'rect' as const, ...wall, color: '#8ecae6' }]
      : [{ op: 'tiles' as const, sprite: `tiles/${room.wall}`, ...wall }]),
    { op: 'rect', x: box.x, y: box.y, w: box.w, h: 1, color: INK },
    { op: 'rect', x: box.x, y: box.y + box.h - 1, w: box.w, h: 1, color: INK },
    { op: 'rect', x: box.x, y: box.y, w: 1, h: box.h, color: INK },
    { op: 'rect', x: box.x + box.w - 1, y: box.y, w: 1, h: box.h, color: INK },
  ];
}

function pieceAt(room: Room, piece: Piece): Point {
  const box = roomBox(room);
  return { x: box.x + piece.x, y: box.y + piece.y };
}

function flatOps(room: Room, kit: Kit): Op[] {
  return (room.furniture ?? [])
    .filter((piece) => kit.sprites.get(`furniture/${piece.sprite}`).flat)
    .map((piece): Op => ({ op: 'sprite', sprite: `furniture/${piece.sprite}`, ...pieceAt(room, piece) }));
}

/** Furniture and traders, from the back to the front. */
function standingThings(view: FloorView, office: Office, staging: Staging, kit: Kit): Op[] {
  const things = staging.people.map((one) => ({
    depth: one.walking === 'door' ? one.feet.y + WALL : one.feet.y,
    x: one.feet.x,
    ops: figureOps(one, staging.shaking ?? false),
  }));
  for (const room of office.rooms) {
    for (const piece of room.furniture ?? []) {
      const sprite = kit.sprites.get(`furniture/${piece.sprite}`);
      if (sprite.flat) continue;
      things.push({
        depth: pieceAt(room, piece).y + sprite.height,
        x: pieceAt(room, piece).x,
        ops: pieceOps(view, room, piece, staging, kit),
      });
    }
  }
  return things.sort((a, b) => a.depth - b.depth || a.x - b.x).flatMap(({ ops }) => ops);
}

/**
 * A piece of furniture looks different where data/sprites has another drawing of it: "...-lit" while there is news,
 * "...-open" while somebody goes through.
 */
function pieceName(view: FloorView, piece: Piece, at: Point, people: readonly Figure[], kit: Kit): string {
  const name = `furniture/${piece.sprite}`;
  if (view.headline && kit.sprites.has(`${name}-lit`)) return `${name}-lit`;
  if (!kit.sprites.has(`${name}-open`)) return name;
  const { width, height } = kit.sprites.get(name);
  const near = { x: at.x, y: at.y - height / 2, w: width, h: 2 * height };
  const used = people.some(
    ({ walking, feet }) => walking === 'door' && overlaps(near, { ...feet, w: 1, h: 1 }),
  );
  return used ? `${name}-open` : name;
}

function pieceOps(view: FloorView, room: Room, piece: Piece, staging: Staging, kit: Kit): Op[] {
  const at = pieceAt(room, piece);
  const name = pieceName(view, piece, at, staging.people, kit);
  const { screen } = kit.sprites.get(name);
  const ops: Op[] = [{ op: 'sprite', sprite: name, ...at }];
  if (!screen || !piece.shows) return ops;
  const box = { x: at.x + screen.x, y: at.y + screen.y, w: screen.width, h: screen.height };
  if (piece.shows === 'sky') return [...ops, ...windowOps(view, box, staging.tick)];
  if (piece.shows === 'market') return [...ops, ...marketScreen(view.prices, box)];
  return [
    ...ops,
    ...priceScreen(
      view.prices.find((price) => price.instrument === piece.shows),
      box,
    ),
  ];
}

function plate(room: Room, kit: Kit): { box: Rect; ops: Op[] } {
  const area = roomBox(room);
  const text = fit(plainText(room.name, kit.covers), area.w - 12, kit.measure);
  const box = { x: area.x, y: area.y, w: kit.measure(text) + 5, h: PLATE_HEIGHT };
  return {
    box,
    ops: [
      { op: 'rect', ...box, color: INK },
      { op: 'text', x: box.x + 2, y: box.y + 1, text, color: PAPER },
    ],
  };
}

/** Footprints from the door of the room that a trader came from. */
function trailOps(one: Figure, office: Office): Op[] {
  const from = office.rooms.find((room) => room.id === one.trader.cameFrom);
  const out = from && doorOf(from);
  const into = doorOf(one.room);
  if (!out || !into) return [];
  const middle = Math.round((out.y + into.y) / 2);
  const path = [
    out,
    { x: out.x, y: middle },
    { x: into.x, y: middle },
    { x: into.x, y: one.feet.y - 2 },
    one.feet,
  ];
  return path.flatMap((corner, index) => {
    const before = path[index - 1];
    return before ? steps(before, corner, one.trader.color) : [];
  });
}

function doorOf(room: Room): Point | null {
  if (!room.door) return null;
  const box = roomBox(room);
  return { x: box.x + room.door.x, y: box.y + room.door.y };
}

function steps(from: Point, to: Point, color: string): Op[] {
  const length = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  const sideways = Math.abs(to.x - from.x) > Math.abs(to.y - from.y);
  const ops: Op[] = [];
  for (let gone = TRAIL_STEP, left = false; gone <= length; gone += TRAIL_STEP, left = !left) {
    const x = Math.round(from.x + ((to.x - from.x) * gone) / length) + (!sideways && left ? 3 : 0);
    const y = Math.round(from.y + ((to.y - from.y) * gone) / length) + (sideways && left ? 3 : 0);
    const [w, h] = sideways ? [3, 2] : [2, 3];
    ops.push(
      { op: 'rect', x: x - 1, y: y - 1, w: w + 1, h: h + 1, color: INK },
      { op: 'rect', x: x - 1, y: y - 1, w, h, color },
    );
  }
  return ops;
}

type Label = { box: Rect; dearness: number };

function labels(boxes: readonly Rect[], dearness: number): Label[] {
  return boxes.map((box) => ({ box, dearness }));
}

function furnitureLabels(office: Office, kit: Kit): Label[] {
  return office.rooms.flatMap((room) =>
    (room.furniture ?? []).map((piece) => {
      const { width, height, flat } = kit.sprites.get(`furniture/${piece.sprite}`);
      const live = piece.shows !== undefined || kit.sprites.has(`furniture/${piece.sprite}-lit`);
      const dearness = flat ? 0 : live ? LIVE_PIECE_DEARNESS : PIECE_DEARNESS;
      return { box: { ...pieceAt(room, piece), w: width, h: height }, dearness };
    }),
  );
}
