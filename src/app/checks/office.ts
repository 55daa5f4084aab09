/** Whether people can be in the office, walk through it and be told apart: its rooms on the map, and their channels. */
import type { Office, Room } from '#core/content.ts';
import { OFFICE_MAX, TILE, WALL } from '#paint/layout.ts';
import { OWN_PLACES } from '#stage/channels/places.ts';
import { LANGUAGES, textsFor } from '#stage/texts/index.ts';
import { ContentError } from './content-error.ts';

/** In art pixels of the map. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Throws ContentError. */
export function checkOffice(office: Office): void {
  if (office.width > OFFICE_MAX.width || office.height > OFFICE_MAX.height) {
    throw broken(
      'width, height',
      `${office.width} x ${office.height} tiles; at most ${OFFICE_MAX.width} x ${OFFICE_MAX.height} fit the picture`,
    );
  }
  for (const [index, room] of office.rooms.entries()) {
    checkNames(room, index, office.rooms.slice(0, index));
    checkArea(room, index, office);
  }
  for (const [index, room] of office.rooms.entries()) {
    checkDoor(room, index, office);
    checkSpots(room, index);
  }
  checkSceneRooms(office);
}

function checkSceneRooms({ rooms, ...office }: Office): void {
  for (const key of ['firstSceneRoom', 'closingSceneRoom'] as const) {
    const named = office[key];
    if (named === undefined || rooms.some(({ id }) => id === named)) continue;
    throw broken(key, `no room "${named}"; allowed: ${rooms.map(({ id }) => id).join(', ')}`);
  }
}

function broken(place: string, problem: string): ContentError {
  return new ContentError('office.json', place, problem);
}

function checkNames(room: Room, index: number, earlier: readonly Room[]): void {
  for (const key of ['id', 'name', 'channel'] as const) {
    const value = room[key].toLowerCase();
    const other = earlier.find((each) => each[key].toLowerCase() === value);
    if (!other) continue;
    throw broken(
      `rooms[${index}].${key}`,
      `"${room[key]}" is taken by the room "${other.id}"; each room needs its own`,
    );
  }
  const own: readonly string[] = OWN_PLACES;
  if (own.includes(room.id))
    throw broken(
      `rooms[${index}].id`,
      `"${room.id}" is a place of the show's own; allowed is anything but ${own.join(', ')}`,
    );
  const channels = LANGUAGES.flatMap((language) =>
    OWN_PLACES.map((place) => textsFor(language).places[place].name),
  );
  if (channels.includes(room.channel))
    throw broken(
      `rooms[${index}].channel`,
      `"${room.channel}" is a channel of the show's own; allowed is anything but ${[...new Set(channels)].join(', ')}`,
    );
}

function checkArea(room: Room, index: number, office: Office): void {
  const { area } = room;
  const inside =
    area.x >= 0 &&
    area.y >= 0 &&
    area.x + area.width <= office.width &&
    area.y + area.height <= office.height;
  if (!inside)
    throw broken(
      `rooms[${index}].area`,
      `the room "${room.id}" leaves the map; it must lie within ${office.width} x ${office.height} tiles`,
    );
  const other = office.rooms.slice(0, index).find((each) => overlap(boxOf(each), boxOf(room)));
  if (other)
    throw broken(
      `rooms[${index}].area`,
      `the room "${room.id}" overlaps "${other.id}"; no tile may belong to two rooms`,
    );
}

function checkDoor(room: Room, index: number, office: Office): void {
  const { id, door } = room;
  const allowed = `it must be a point in the corridor straight outside a wall of the room, in pixels from its top left corner`;
  if (!door) throw broken(`rooms[${index}].door`, `the room "${id}" has none; ${allowed}`);
  const box = boxOf(room);
  const at = { x: box.x + door.x, y: box.y + door.y };
  const beside = door.x >= 0 && door.x < box.width;
  const level = door.y >= 0 && door.y < box.height;
  const onMap = isIn(at, { x: 0, y: 0, width: office.width * TILE, height: office.height * TILE });
  const blocking = office.rooms.find((each) => isIn(at, boxOf(each)));
  if (blocking)
    throw broken(
      `rooms[${index}].door`,
      `the door of "${id}" lies in ${blocking === room ? 'the room itself' : `"${blocking.id}"`}; ${allowed}`,
    );
  if (!onMap || beside === level)
    throw broken(`rooms[${index}].door`, `the door of "${id}" leads nowhere; ${allowed}`);
}

function checkSpots(room: Room, index: number): void {
  const { spots, seats } = room;
  if (!spots) return;
  if (spots.length < seats)
    throw broken(
      `rooms[${index}].spots`,
      `${spots.length} for ${seats} seats; at least one for each is needed`,
    );
  const { width, height } = boxOf(room);
  spots.forEach((spot, at) => {
    if (isIn(spot, { x: 0, y: WALL, width, height: height - WALL })) return;
    throw broken(
      `rooms[${index}].spots[${at}]`,
      `not on the floor of "${room.id}"; allowed are x from 0 to ${width - 1} and y from ${WALL} to ${height - 1}`,
    );
  });
}

function boxOf({ area }: Room): Box {
  return { x: area.x * TILE, y: area.y * TILE, width: area.width * TILE, height: area.height * TILE };
}

function isIn({ x, y }: { x: number; y: number }, box: Box): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
