import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadLibrary } from '#app/content.ts';
import { SHARED_SHEETS } from '#paint/sprites/sprite-files.ts';
import { sheetSchema } from '#paint/sprites/sheet.ts';
import { createSpriteBook, PERSON } from '#paint/sprites/sprite-book.ts';
import { content } from '#test/support/floor.ts';
import { kit, SPRITES_DIR } from './kit.ts';

test('every file of data/sprites is a person or a shared sheet', () => {
  const people = loadLibrary(null).personas.map(({ sprite }) => sprite);
  const known = new Set([...SHARED_SHEETS, ...people].map((name) => `${name}.json`));
  for (const file of readdirSync(SPRITES_DIR)) assert.ok(known.has(file), `${file} is drawn for nobody`);
});

test('all furniture, floors and walls that data/office.json names are drawn', () => {
  for (const room of content.office.rooms) {
    for (const piece of room.furniture ?? []) {
      const sprite = kit.sprites.get(`furniture/${piece.sprite}`);
      if (piece.shows) assert.ok(sprite.screen, `${piece.sprite} has no screen to show ${piece.shows}`);
    }
    // What a room leaves out is as in any other.
    for (const tile of [room.floor, room.wall])
      assert.ok(tile === undefined || kit.sprites.has(`tiles/${tile}`), tile);
    if (room.spots) assert.ok(room.spots.length >= room.seats, `${room.id} has too few spots`);
  }
});

test('people have one size, so that moods and the apron fit on everybody', () => {
  const people = content.cast.map((persona) => `${persona.sprite}/stand`);
  for (const name of [...people, 'person/stand']) {
    const { width, height } = kit.sprites.get(name);
    assert.deepEqual({ name, width, height }, { name, width: PERSON.width, height: PERSON.height });
  }
});

test('a trader without a drawing looks like somebody, always like the same, and not like the next', () => {
  const look = (id: string) => kit.sprites.get(`${id}/stand`).pixels;
  assert.deepEqual(look('nora'), createSpriteBook({ person: sheetOf('person') }).get('nora/stand').pixels);
  const looks = new Set(
    ['nora', 'omar', 'quinn', 'zed', 'yan', 'xena'].map((id) => JSON.stringify(look(id))),
  );
  assert.equal(looks.size, 6);
});

test('a broken sheet is refused with its reason', () => {
  const sheet = (rows: string[]) =>
    sheetSchema.safeParse({ palette: { k: '#000000' }, sprites: { box: { rows } } });
  assert.match(sheet(['kk', 'k']).error?.message ?? '', /equally long/);
  assert.match(sheet(['kx']).error?.message ?? '', /uses \\"x\\", which the palette lacks/);
  assert.ok(sheet(['k.', '.k']).success);
  assert.throws(
    () => kit.sprites.get('furniture/throne'),
    /no sprite "furniture\/throne": draw it in data\/sprites/,
  );
});

function sheetOf(name: string) {
  return sheetSchema.parse(JSON.parse(readFileSync(join(SPRITES_DIR, `${name}.json`), 'utf8')));
}
