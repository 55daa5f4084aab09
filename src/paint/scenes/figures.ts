/** The traders on the map: where they stand and how they look there. */
import type { Office, Room } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import type { Op, Point, Rect } from '../draw-list.ts';
import { MAP, TAG_HEIGHT, TILE, WALL } from '../layout.ts';
import { AT_EASE, poseName, type Pose } from '../sprites/poses.ts';
import { PERSON, type Mood } from '../sprites/sprite-book.ts';

export type TraderView = FloorView['traders'][number];

export interface Figure {
  trader: TraderView;
  room: Room;
  feet: Point;
  face: Rect;
  pose: Pose;
  /** Pixels off the ground. */
  lift: number;
  /** Null while standing. Somebody in a door is drawn in front of everything in the room. */
  walking: 'floor' | 'door' | null;
}

/** A trader's face shows the change since the opening bell from these values on, in basis points. */
const CONFIDENT_BPS = 150;
const SWEAT_BPS = -100;
const PANIC_BPS = -500;
const FEW = 2;
const SHADOW = '#17141f66';

export function roomBox(room: Room): Rect {
  const { x, y, width, height } = room.area;
  return { x: MAP.x + x * TILE, y: MAP.y + y * TILE, w: width * TILE, h: height * TILE };
}

/**
 * Everybody in a known room, each on another spot. The same trader likes the same spot. One or two people use only the
 * first two spots of a room: these are the farthest apart and leave the most space for bubbles.
 */
export function figuresOn(view: FloorView, office: Office): Figure[] {
  return office.rooms.flatMap((room) => {
    const box = roomBox(room);
    const present = view.traders.filter((trader) => trader.room === room.id);
    const spots = spotsFor(room, present.length).slice(0, Math.max(FEW, present.length));
    const free = new Set(spots.keys());
    return present.map((trader) => {
      const liked = view.traders.indexOf(trader) % spots.length;
      const chosen = [...free].find((spot) => spot >= liked) ?? Math.min(...free);
      free.delete(chosen);
      const spot = spots[chosen] ?? { x: 0, y: 0 };
      const feet = { x: box.x + spot.x, y: box.y + spot.y };
      const corner = cornerOf(feet);
      const face = {
        x: corner.x + PERSON.face.x,
        y: corner.y + PERSON.face.y,
        w: PERSON.face.w,
        h: PERSON.face.h,
      };
      return { trader, room, feet, face, pose: AT_EASE, lift: 0, walking: null };
    });
  });
}

/** The spots of the room, or a zigzag over the floor when it has too few. */
function spotsFor(room: Room, people: number): Point[] {
  if (room.spots && room.spots.length >= people) return room.spots;
  const width = room.area.width * TILE;
  const height = room.area.height * TILE;
  const front = height - TAG_HEIGHT - 2;
  const back = Math.max(WALL + 14, front - 16);
  const count = Math.max(people, room.seats);
  return Array.from({ length: count }, (_, index) => ({
    x: Math.round(((index + 0.5) * width) / count),
    y: index % 2 === 0 ? front : back,
  }));
}

function cornerOf(feet: Point): Point {
  return { x: feet.x - PERSON.width / 2, y: feet.y - PERSON.height };
}

export function moodOf({ standing, episodeBps }: Pick<TraderView, 'standing' | 'episodeBps'>): Mood {
  if (standing === 'intern') return 'broke';
  if (episodeBps <= PANIC_BPS) return 'panicking';
  if (episodeBps <= SWEAT_BPS) return 'sweating';
  return episodeBps >= CONFIDENT_BPS ? 'confident' : 'calm';
}

/**
 * The names of the sprites that are drawn over each other: the body, the face in its mood, the mood's sign (drops, empty
 * pockets), the intern's apron and coffee, and what somebody who is silent does. A back shows only the body.
 */
export function personSprites(
  trader: Pick<TraderView, 'sprite' | 'standing' | 'episodeBps' | 'gesture'>,
  pose: Pose = AT_EASE,
): string[] {
  const body = `${trader.sprite}/${poseName(pose)}`;
  if (pose.facing === 'up') return [body];
  const mood = moodOf(trader);
  const face = pose.facing === 'down' ? mood : `${mood}-${pose.facing}`;
  return [
    body,
    ...(mood === 'calm' ? [] : [`${trader.sprite}/${face}`, `moods/sign-${mood}`]),
    ...(trader.standing === 'intern' ? ['moods/intern'] : []),
    ...(trader.gesture && pose === AT_EASE ? [`moods/gesture-${trader.gesture}`] : []),
  ];
}

/** The trader with its mood. */
export function personOps(
  trader: TraderView,
  at: Point,
  { from, pose }: { from?: Rect; pose?: Pose } = {},
): Op[] {
  return personSprites(trader, pose).map((sprite) => ({
    op: 'sprite',
    sprite,
    ...at,
    ...(from && { from }),
  }));
}

/** With `shaking`, a trader who panics stands one pixel aside. */
export function figureOps({ feet, trader, pose, lift }: Figure, shaking: boolean): Op[] {
  const corner = cornerOf(feet);
  const aside = shaking && moodOf(trader) === 'panicking' ? 1 : 0;
  return [
    { op: 'rect', x: feet.x - 7, y: feet.y - 1, w: 14, h: 2, color: SHADOW },
    ...personOps(trader, { x: corner.x + aside, y: corner.y - lift }, { pose }),
  ];
}

/** The whole figure. */
export function figureBox({ feet }: Figure): Rect {
  return { ...cornerOf(feet), w: PERSON.width, h: PERSON.height };
}

/** What is seen of a figure below the face. */
export function bodyOf({ feet, face }: Figure): Rect {
  const top = face.y + face.h;
  return { x: feet.x - face.w / 2, y: top, w: face.w, h: feet.y - top };
}
