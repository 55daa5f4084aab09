/** Where the traders stand on the map, how they look there, and their name tags. */
import type { Office, Room } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import { inkOn, INK, overlaps, PAPER, within, type Op, type Point, type Rect } from '../draw-list.ts';
import { CAPITAL, MAP, TILE, WALL } from '../layout.ts';
import { AT_EASE, poseName, type Pose } from '../sprites/poses.ts';
import { PERSON, type Mood } from '../sprites/sprite-book.ts';
import { fit, plainText, type Covers, type Measure } from '../text.ts';

export type TraderView = FloorView['traders'][number];

export interface Standing {
  trader: TraderView;
  room: Room;
  feet: Point;
  face: Rect;
  pose: Pose;
  /** Pixels off the ground. */
  lift: number;
  /** Not while standing: over the floor, or through a door, before everything in the room. */
  walking: 'floor' | 'door' | null;
}

/** From these changes since the opening bell on, in basis points, a trader's face shows it. */
const CONFIDENT_BPS = 150;
const SWEAT_BPS = -100;
const PANIC_BPS = -500;
const SHADOW = '#17141f66';
const TAG_HEIGHT = 9;
const TAG_MIN_WIDTH = 18;
const WALKING_TAG_WIDTH = 40;
/** Where a tag goes that would cover a sign: tried in turn, in pixels from right under the feet. */
const TAG_MOVES = [
  ...[3, 6, 9, 12].map((dy) => [0, dy] as const),
  ...[8, -8, 16, -16, 24, -24].map((dx) => [dx, 0] as const),
] as const;

export function roomBox(room: Room): Rect {
  const { x, y, width, height } = room.area;
  return { x: MAP.x + x * TILE, y: MAP.y + y * TILE, w: width * TILE, h: height * TILE };
}

/** Everybody in a known room on a spot of their own: the same trader likes the same spot. */
export function standings(view: FloorView, office: Office): Standing[] {
  return office.rooms.flatMap((room) => {
    const box = roomBox(room);
    const present = view.traders.filter((trader) => trader.room === room.id);
    const spots = spotsFor(room, present.length);
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

/** The room's own spots, or a zigzag over the floor when it has none or too few of them. */
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
 * Names of what is drawn over each other: the body, the face in its mood and the mood's sign (drops, empty pockets), and
 * for the intern apron and coffee. A back shows none of it.
 */
export function personSprites(
  trader: Pick<TraderView, 'sprite' | 'standing' | 'episodeBps'>,
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

/** `shaking`: whoever panics is a pixel beside the own place. */
export function standingOps({ feet, trader, pose, lift }: Standing, shaking: boolean): Op[] {
  const corner = cornerOf(feet);
  const aside = shaking && moodOf(trader) === 'panicking' ? 1 : 0;
  return [
    { op: 'rect', x: feet.x - 7, y: feet.y - 1, w: 14, h: 2, color: SHADOW },
    ...personOps(trader, { x: corner.x + aside, y: corner.y - lift }, { pose }),
  ];
}

/** What is seen of somebody below the face. */
export function bodyOf({ feet, face }: Standing): Rect {
  const top = face.y + face.h;
  return { x: feet.x - face.w / 2, y: top, w: face.w, h: feet.y - top };
}

/** A tag under the feet in the trader's colour, off the signs; beside it what was just traded. */
export function nameTags(
  people: readonly Standing[],
  signs: readonly Rect[],
  kit: { measure: Measure; covers: Covers },
): { ops: Op[]; boxes: Rect[] } {
  const tags = people.map((one) => {
    const limit = tagLimit(one, people);
    const name = fit(plainText(one.trader.name, kit.covers), limit - 5, kit.measure);
    const nameWidth = kit.measure(name) + 5;
    const traded = one.trader.trade !== null && nameWidth + TAG_HEIGHT <= limit;
    const box = tagBox(one, nameWidth + (traded ? TAG_HEIGHT - 1 : 0));
    return { one, name, nameWidth, traded, box };
  });
  for (const tag of tags) {
    if (tag.one.walking || !signs.some((sign) => overlaps(tag.box, sign))) continue;
    const others = tags.flatMap(({ box, one }) => (one === tag.one ? [] : [box, one.face]));
    tag.box = freePlace(tag.one, tag.box, [...signs, ...others, tag.one.face]) ?? tag.box;
  }
  const ops = tags.flatMap(({ one, name, nameWidth, traded, box }): Op[] => {
    const { color } = one.trader;
    const icon = { x: box.x + nameWidth, y: box.y + 1 };
    return [
      { op: 'rect', ...box, color: INK },
      { op: 'rect', x: box.x + 1, y: box.y + 1, w: nameWidth - 2, h: TAG_HEIGHT - 2, color },
      {
        op: 'text',
        x: box.x + 3,
        y: box.y + Math.floor((TAG_HEIGHT - CAPITAL) / 2),
        text: name,
        color: inkOn(color),
      },
      ...(traded
        ? [
            { op: 'rect' as const, ...icon, w: 7, h: 7, color: PAPER },
            { op: 'sprite' as const, sprite: `icons/${one.trader.trade}`, ...icon },
          ]
        : []),
    ];
  });
  return { ops, boxes: tags.map(({ box }) => box) };
}

function tagBox({ feet }: Standing, width: number): Rect {
  const x = Math.round(feet.x - width / 2);
  return {
    x: Math.min(Math.max(x, MAP.x + 1), MAP.x + MAP.w - width - 1),
    y: feet.y + 1,
    w: width,
    h: TAG_HEIGHT,
  };
}

/** A little lower or aside, still in the room and over nothing that is `taken`. */
function freePlace({ room }: Standing, box: Rect, taken: readonly Rect[]): Rect | undefined {
  return TAG_MOVES.map(([dx, dy]) => ({ ...box, x: box.x + dx, y: box.y + dy })).find(
    (place) => within(place, roomBox(room)) && !taken.some((other) => overlaps(place, other)),
  );
}

/** How wide a tag may be so that it stays in its room, off its neighbours' tags and off the faces of who stands in front. */
function tagLimit(one: Standing, people: readonly Standing[]): number {
  // Who walks is gone in a moment: its tag may pass over others.
  if (one.walking) return WALKING_TAG_WIDTH;
  const box = roomBox(one.room);
  const neighbours = people.filter(
    (other) => other !== one && other.room === one.room && Math.abs(other.feet.y - one.feet.y) <= TAG_HEIGHT,
  );
  const inFront = people.filter(
    ({ face }) =>
      face.y < one.feet.y + 1 + TAG_HEIGHT && face.y + face.h > one.feet.y + 1 && one.face !== face,
  );
  const limits = [
    2 * (one.feet.x - box.x - 1),
    2 * (box.x + box.w - 1 - one.feet.x),
    ...neighbours.map((other) => Math.abs(other.feet.x - one.feet.x) - 2),
    ...inFront.map((other) => 2 * (Math.abs(other.feet.x - one.feet.x) - PERSON.face.w / 2)),
  ];
  return Math.max(TAG_MIN_WIDTH, Math.min(...limits));
}
