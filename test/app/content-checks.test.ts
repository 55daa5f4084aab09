import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadContent } from '#app/content.ts';
import {
  inRoom,
  json,
  persona,
  problem,
  shipped,
  withFile,
  withOffice,
  type Json,
  type MarketJson,
  type OfficeJson,
  type RoomJson,
  type SheetJson,
} from '#test/support/content-folder.ts';

const TILE = 16;
const widthOf = ({ area }: RoomJson): number => Number(area['width']);

test('a new room is one row: it needs free tiles and a door, the rest is decoration', () => {
  const shippedIds = loadContent().office.rooms.map(({ id }) => id);
  const dir = withFile(
    'office.json',
    json<OfficeJson>((office) => {
      // The widest one gives half of its tiles, and with them what stood there.
      const [halved = assert.fail('no room')] = office.rooms.toSorted(
        (one, other) => widthOf(other) - widthOf(one),
      );
      const { area, door } = halved;
      const width = Math.floor(widthOf(halved) / 2);
      const inTheMiddle = { ...door, x: (width * TILE) / 2 };
      for (const key of ['furniture', 'spots']) Reflect.deleteProperty(halved, key);
      Object.assign(halved, { area: { ...area, width }, door: inTheMiddle });
      const garden = {
        id: 'hanging-garden',
        name: 'Hanging Garden',
        channel: 'hanging-garden',
        topic: 'Where deals are signed in the wind.',
        emoji: '🌇',
        seats: 4,
        area: { ...area, width, x: Number(area['x']) + width },
        door: inTheMiddle,
      };
      Object.assign(office, { rooms: [...office.rooms, garden] });
    }),
  );
  assert.deepEqual(
    loadContent(dir).office.rooms.map(({ id }) => id),
    [...shippedIds, 'hanging-garden'],
  );
});

test('whoever broke several things in a file hears of all of them at once, in one line', () => {
  const told = problem(
    withFile(
      'cast/alex.json',
      persona({ emoji: ':)', title: '', persona: '', mandate: {}, homeRoom: 7, age: 9 }),
    ),
  );
  for (const place of ['emoji', 'title', 'persona', 'mandate.leverage'])
    assert.match(told, new RegExp(`(?:json|also) ?:? ?${place}: `), told);
  assert.match(told, / \(and \d more\)$/);
  assert.match(
    problem(withFile('cast/alex.json', persona({ emoji: ':)', homeRoom: 7 }))),
    /^data\/cast\/alex\.json: emoji: must be one Unicode emoji; also homeRoom: [^;]*$/,
  );
});

test('a name that Discord refuses for a webhook, and an emoji that is none, are refused at the start', () => {
  for (const name of ['Clyde', 'Discordia', 'Mcclyde', 'Everyone', 'Here'])
    assert.match(
      problem(withFile('cast/alex.json', persona({ name }))),
      new RegExp(`^data/cast/alex\\.json: name: "${name}" is a name that Discord refuses; allowed is any`),
    );
  for (const emoji of ['', 'A', ':)', '🚀🚀', '7', '🏽🚀', '\u{1F1E9}', '<:rocket:123>'])
    assert.match(
      problem(withFile('cast/alex.json', persona({ emoji }))),
      /^data\/cast\/alex\.json: emoji: must be one Unicode emoji$/,
      emoji,
    );
  for (const emoji of ['❤', '❤️', '👩‍💻', '👍🏽', '🇩🇪', '👨‍👩‍👧‍👦', '7️⃣'])
    assert.equal(
      loadContent(withFile('cast/alex.json', persona({ emoji }))).cast.find(({ id }) => id === 'alex')?.emoji,
      emoji,
    );
});

test('two personas are told apart by name, emoji and color; a variation selector makes no other emoji', () => {
  const { cast } = loadContent();
  const [alex, alice] = cast;
  assert.ok(alex && alice);
  for (const key of ['name', 'emoji', 'color'] as const)
    assert.match(
      problem(withFile('cast/alice.json', persona({ [key]: alex[key] }))),
      new RegExp(
        `^data/cast/alice\\.json: ${key}: ".+" is taken by cast/alex\\.json; each persona needs its own$`,
      ),
    );
  const dir = withFile('cast/alex.json', persona({ emoji: '❤' }));
  const file = join(dir, 'cast/alice.json');
  writeFileSync(file, persona({ emoji: '❤️' })(readFileSync(file, 'utf8')));
  assert.match(problem(dir), /^data\/cast\/alice\.json: emoji: .+ is taken by cast\/alex\.json/);
});

test('a cast has two to ten traders, and a home with a seat for each', () => {
  const shippedIds = loadContent().cast.map(({ id }) => id);
  const crowd = withFile('cast/alex.json', (text) => text);
  for (let index = shippedIds.length; index < 11; index += 1)
    cpSync(join(shipped, 'cast/alex.json'), join(crowd, `cast/extra-${index}.json`));
  for (let index = shippedIds.length; index < 11; index += 1) {
    const file = join(crowd, `cast/extra-${index}.json`);
    writeFileSync(file, persona({ id: `extra-${index}` })(readFileSync(file, 'utf8')));
  }
  assert.match(problem(crowd), /^data\/cast: 11 personas; 2 to 10 are allowed$/);
  const alone = withFile('cast/alex.json', (text) => text);
  for (const id of shippedIds.filter((each) => each !== 'alex')) rmSync(join(alone, `cast/${id}.json`));
  assert.match(problem(alone), /^data\/cast: 1 personas; 2 to 10 are allowed$/);
  assert.match(
    problem(withOffice(inRoom(2, (room) => Object.assign(room, { seats: 0 })))),
    /^data\/office\.json: rooms\[2\]\.seats: /,
  );
});

test('an office that nobody could walk through is refused with the room, the place and what is allowed', () => {
  const cases: [string, (text: string) => string, RegExp][] = [
    [
      'too wide',
      json<OfficeJson>((it) => (it['width'] = 17)),
      /^width, height: 17 x 11 tiles; at most 16 x 11/,
    ],
    [
      'outside',
      inRoom(1, ({ area }) => (area['x'] = 9)),
      /^rooms\[1\]\.area: the room "vc-office" leaves the map; it must lie within 16 x 11 tiles$/,
    ],
    ['left of it', inRoom(0, ({ area }) => (area['x'] = -1)), /^rooms\[0\]\.area: .* leaves the map/],
    [
      'overlapping',
      inRoom(1, ({ area }) => (area['x'] = 7)),
      /^rooms\[1\]\.area: the room "vc-office" overlaps "startup-offices"; no tile may belong to two/,
    ],
    [
      'no door',
      inRoom(0, (room) => Reflect.deleteProperty(room, 'door')),
      /^rooms\[0\]\.door: .* has none; it must/,
    ],
    [
      'door inside',
      inRoom(0, ({ door }) => (door['y'] = 70)),
      /^rooms\[0\]\.door: .* lies in the room itself/,
    ],
    [
      'door next door',
      inRoom(0, ({ door }) => (door['y'] = 100)),
      /^rooms\[0\]\.door: .* lies in "coffee-shop"/,
    ],
    ['door off the map', inRoom(0, ({ door }) => (door['y'] = -8)), /^rooms\[0\]\.door: .* leads nowhere/],
    ['door at no wall', inRoom(0, ({ door }) => (door['x'] = 200)), /^rooms\[0\]\.door: .* leads nowhere/],
    [
      'a spot too few',
      inRoom(0, ({ spots }) => spots.pop()),
      /^rooms\[0\]\.spots: 3 for 4 seats; at least one/,
    ],
    [
      'a spot outside',
      inRoom(0, ({ spots }) => Object.assign(spots[2] ?? {}, { x: 500 })),
      /^rooms\[0\]\.spots\[2\]: not on the floor of "startup-offices"; allowed are x from 0 to 127 and y from 24 to 79$/,
    ],
    [
      'a spot in the wall',
      inRoom(0, ({ spots }) => Object.assign(spots[0] ?? {}, { y: 3 })),
      /^rooms\[0\]\.spots\[0\]/,
    ],
  ];
  for (const [name, change, expected] of cases) {
    const said = problem(withOffice(change));
    assert.ok(said.startsWith('data/office.json: '), said);
    assert.match(said.slice('data/office.json: '.length), expected, name);
  }
});

test('a room has an id, a name and a channel that nothing else has: no other room, and no place of the show itself', () => {
  const cases: [Json, RegExp][] = [
    [{ id: 'startup-offices' }, /id: "startup-offices" is taken by the room "startup-offices"/],
    [{ name: 'startup OFFICES' }, /name: "startup OFFICES" is taken by the room "startup-offices"/],
    [{ channel: 'startup-offices' }, /channel: "startup-offices" is taken/],
    [{ id: 'betting' }, /id: "betting" is a place of the show's own; allowed is anything but floor, tape/],
    [
      { channel: 'the-tape' },
      /channel: "the-tape" is a channel of the show's own; allowed is anything but the-floor/,
    ],
    [{ channel: 'wettschalter' }, /channel: "wettschalter" is a channel of the show's own/],
  ];
  for (const [change, expected] of cases) {
    const said = problem(withOffice(inRoom(3, (room) => Object.assign(room, change))));
    assert.ok(said.startsWith('data/office.json: rooms[3].'), said);
    assert.match(said, expected);
  }
});

test('a drawing that is missing, ragged or of the wrong size is found before the first picture', () => {
  const sheet = (change: (sprites: SheetJson['sprites']) => void) =>
    json<SheetJson>(({ sprites }) => change(sprites));
  const cases: [string, (text: string) => string, RegExp][] = [
    [
      'sprites/alex.json',
      sheet((it) => (it['stand'] = { rows: [...(it['stand']?.rows.slice(1) ?? []), '.'] })),
      /^data\/sprites\/alex\.json: sprites\.stand: rows must be equally long$/,
    ],
    ['sprites/alex.json', sheet((it) => delete it['stand']), /alex\.json: sprites\.stand: is missing/],
    [
      'sprites/alex.json',
      sheet((it) => it['broke']?.rows.pop()),
      /alex\.json: sprites\.broke\.rows: 20 x 27 pixels; a person has 20 x 28$/,
    ],
    ['sprites/alex.json', () => '{', /alex\.json: is not JSON/],
    ['sprites/icons.json', sheet((it) => delete it['crown']), /icons\.json: sprites\.crown: is missing/],
    [
      'sprites/cards.json',
      sheet((it) => delete it['most-trades']),
      /cards\.json: sprites\.most-trades: is missing/,
    ],
    [
      'cast/alex.json',
      persona({ sprite: 'furniture' }),
      /cast\/alex\.json: sprite: "furniture" is a sheet that holds no/,
    ],
    [
      'office.json',
      json<OfficeJson>((it) => (it['corridor'] = 'lava')),
      /office\.json: corridor: no "lava" in sprites\/tiles\.json; allowed: planks/,
    ],
    ['office.json', inRoom(1, (room) => (room['wall'] = 'ivy')), /rooms\[1\]\.wall: no "ivy"/],
    [
      'office.json',
      inRoom(0, ({ furniture }) => (furniture[1] = { sprite: 'throne', x: 4, y: 17 })),
      /rooms\[0\]\.furniture\[1\]\.sprite: no "throne" in sprites\/furniture\.json; allowed: desk, /,
    ],
    [
      'office.json',
      inRoom(0, ({ furniture }) => (furniture[5] = { sprite: 'plant', x: 111, y: 37, shows: 'Tech' })),
      /rooms\[0\]\.furniture\[5\]\.shows: "plant" has no screen/,
    ],
    [
      'office.json',
      inRoom(0, ({ furniture }) => (furniture[5] = { sprite: 'plant', x: 115, y: 37 })),
      /rooms\[0\]\.furniture\[5\]: "plant" leaves the room "startup-offices"; allowed are x from 0 to 114 and y from 0 to 58$/,
    ],
  ];
  for (const [file, change, expected] of cases)
    assert.match(problem(file === 'office.json' ? withOffice(change) : withFile(file, change)), expected);
  assert.match(
    problem(withFile('cast/alex.json', (text) => text, 'sprites/moods.json')),
    /^data\/sprites\/moods\.json: is not there/,
  );
});

test('every drawing that all pictures share is missed when it is gone', () => {
  const sprites = (name: string): string[] =>
    Object.keys(
      (JSON.parse(readFileSync(join(shipped, `sprites/${name}.json`), 'utf8')) as SheetJson).sprites,
    );
  for (const name of ['icons', 'moods', 'person', 'cards'])
    for (const sprite of sprites(name))
      assert.match(
        problem(
          withFile(
            `sprites/${name}.json`,
            json<SheetJson>((it) => delete it.sprites[sprite]),
          ),
        ),
        new RegExp(`^data/sprites/${name}\\.json: sprites\\.${sprite}: is missing`),
      );
});

test('regimes that lead nowhere, or that two rows share, are named with their place', () => {
  const regime = (index: number, change: Json) =>
    json<MarketJson>(({ regimes }) => void Object.assign(regimes[index] ?? {}, change));
  const cases: [(text: string) => string, RegExp][] = [
    [regime(2, { id: 'stagnant' }), /regimes\[2\]\.id: "stagnant" is taken by another regime/],
    [regime(2, { name: 'Stagnant' }), /regimes\[2\]\.name: "Stagnant" is taken/],
    [
      regime(1, { next: { 'tech-boom': 1 } }),
      /regimes\[1\]\.next: names no other regime; at least one must follow/,
    ],
    [regime(1, { next: { dream: 1 } }), /regimes\[1\]\.next\.dream: no regime "dream"; allowed: stagnant/],
  ];
  for (const [change, expected] of cases) assert.match(problem(withFile('market.json', change)), expected);
});

test('a worked turn in a room that is none is refused at the start, by its place', () => {
  const examples = (
    JSON.parse(readFileSync(join(shipped, 'cast/alex.json'), 'utf8')) as { examples: { does: Json }[] }
  ).examples;
  const lost = examples.map(({ does, ...rest }, index) => ({
    ...rest,
    does: index === 1 ? { ...does, goesTo: 'attic' } : does,
  }));
  assert.match(
    problem(withFile('cast/alex.json', persona({ examples: lost }))),
    /^data\/cast\/alex\.json: examples\[1\]\.does\.goesTo: no room "attic"; allowed: startup-offices, /,
  );
});
