/** Whether everything is drawn that the pictures need. */
import type { Office, Persona, Room } from '#core/content.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import { AWARDS } from '#show/ports/card-views.ts';
import { GESTURES } from '#show/ports/painter.ts';
import { SHARED_SHEETS } from '#paint/sprites/sprite-files.ts';
import type { Sheet } from '#paint/sprites/sheet.ts';
import { MOODS, PERSON } from '#paint/sprites/sprite-book.ts';
import { TILE } from '#paint/layout.ts';
import { ContentError } from './content-error.ts';

type Sheets = Readonly<Record<string, Sheet>>;

const DRAWN_MOODS = MOODS.filter((mood) => mood !== 'calm');
/** What the shared sheets must hold, whatever the office and the cast are. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  icons: ['bell', 'up', 'down', 'flat', 'crown', ...INSTRUMENTS],
  moods: [
    ...DRAWN_MOODS,
    ...DRAWN_MOODS.map((mood) => `sign-${mood}`),
    'intern',
    ...GESTURES.map((gesture) => `gesture-${gesture}`),
  ],
  person: ['stand', 'hair-1', 'hair-2', 'hair-3', 'hair-4'],
  cards: ['grave', 'bolt', 'crown', 'medal', 'lock', ...AWARDS.map((award) => award.replaceAll('_', '-'))],
};

/** `sheets`: the shared ones, and those of personas that have been drawn. Throws ContentError. */
export function checkSprites(office: Office, cast: readonly Persona[], sheets: Sheets): void {
  for (const [sheet, names] of Object.entries(NEEDED)) {
    const missing = names.find((name) => sheets[sheet]?.sprites[name] === undefined);
    if (missing !== undefined)
      throw new ContentError(
        `sprites/${sheet}.json`,
        `sprites.${missing}`,
        'is missing; the pictures need it',
      );
  }
  for (const persona of cast) checkPersona(persona, sheets);
  for (const sheet of ['moods', 'person']) checkSize(sheet, sheets[sheet]);
  if (office.corridor !== undefined) checkTile('corridor', office.corridor, sheets);
  for (const [index, room] of office.rooms.entries()) checkRoom(room, index, sheets);
}

function checkPersona({ id, sprite }: Persona, sheets: Sheets): void {
  if (SHARED_SHEETS.some((shared) => shared === sprite))
    throw new ContentError(
      `cast/${id}.json`,
      'sprite',
      `"${sprite}" is a sheet that holds no person; allowed is any name but ${SHARED_SHEETS.join(', ')}`,
    );
  const sheet = sheets[sprite];
  // Whoever has no sheet is made up by the painter.
  if (!sheet) return;
  if (!sheet.sprites['stand'])
    throw new ContentError(`sprites/${sprite}.json`, 'sprites.stand', 'is missing; a person needs it');
  checkSize(sprite, sheet);
}

/** Moods and the apron lie on the person, so that all of them have one size. */
function checkSize(name: string, sheet: Sheet | undefined): void {
  for (const [sprite, { rows }] of Object.entries(sheet?.sprites ?? {})) {
    const [width, height] = [rows[0]?.length ?? 0, rows.length];
    if (width === PERSON.width && height === PERSON.height) continue;
    throw new ContentError(
      `sprites/${name}.json`,
      `sprites.${sprite}.rows`,
      `${width} x ${height} pixels; a person has ${PERSON.width} x ${PERSON.height}`,
    );
  }
}

function checkRoom(room: Room, index: number, sheets: Sheets): void {
  const place = `rooms[${index}]`;
  if (room.floor !== undefined) checkTile(`${place}.floor`, room.floor, sheets);
  if (room.wall !== undefined) checkTile(`${place}.wall`, room.wall, sheets);
  const furniture = sheets['furniture']?.sprites ?? {};
  (room.furniture ?? []).forEach((piece, at) => {
    const drawn = furniture[piece.sprite];
    if (!drawn)
      throw new ContentError(
        'office.json',
        `${place}.furniture[${at}].sprite`,
        `no "${piece.sprite}" in sprites/furniture.json; allowed: ${Object.keys(furniture).join(', ')}`,
      );
    if (piece.shows !== undefined && !drawn.screen)
      throw new ContentError(
        'office.json',
        `${place}.furniture[${at}].shows`,
        `"${piece.sprite}" has no screen; give it one in sprites/furniture.json, or leave "shows" out`,
      );
    const [right, bottom] = [
      room.area.width * TILE - (drawn.rows[0]?.length ?? 0),
      room.area.height * TILE - drawn.rows.length,
    ];
    if (piece.x >= 0 && piece.y >= 0 && piece.x <= right && piece.y <= bottom) return;
    throw new ContentError(
      'office.json',
      `${place}.furniture[${at}]`,
      `"${piece.sprite}" leaves the room "${room.id}"; allowed are x from 0 to ${right} and y from 0 to ${bottom}`,
    );
  });
}

function checkTile(place: string, tile: string, sheets: Sheets): void {
  const tiles = sheets['tiles']?.sprites ?? {};
  if (tiles[tile]) return;
  throw new ContentError(
    'office.json',
    place,
    `no "${tile}" in sprites/tiles.json; allowed: ${Object.keys(tiles).join(', ')}`,
  );
}
