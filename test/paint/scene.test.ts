import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { overlaps, within, type Op, type Picture } from '#paint/draw-list.ts';
import { SIDE } from '#paint/layout.ts';
import { figuresOn, roomBox } from '#paint/scenes/figures.ts';
import { nameTags } from '#paint/scenes/name-tags.ts';
import { platesOf, signsOf, stillStaging } from '#paint/scenes/map-scene.ts';
import { floorPicture } from '#paint/scenes/scene.ts';
import { officeSchema } from '#core/content.ts';
import { SEED_OFFICE } from '#test/support/content-folder.ts';
import { content } from '#test/support/floor.ts';
import { kit } from './kit.ts';
import { intermissionView, sampleView } from './sample.ts';
import { extent } from './chart-extent.ts';

const GOLDEN = fileURLToPath(new URL('./floor.golden.jsonl', import.meta.url));
const { office } = content;
/** As the operations on file show it: what ships may grow by a room. */
const officeOnFile = officeSchema.parse(JSON.parse(readFileSync(SEED_OFFICE, 'utf8')));

function texts(picture: Picture): string[] {
  return picture.ops.flatMap((op: Op) => (op.op === 'text' ? [op.text] : []));
}

/** To accept a changed picture: look at it, then run this test with UPDATE_GOLDEN=1. */
test('the sample floor is drawn by exactly the operations on file', () => {
  const drawn = floorPicture(sampleView(), officeOnFile, kit).ops.map((op) => JSON.stringify(op));
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, `${drawn.join('\n')}\n`);
  assert.deepEqual(drawn, readFileSync(GOLDEN, 'utf8').trimEnd().split('\n'));
});

test('the picture says who leads, what was traded, what the news is and when the bell rings', () => {
  const said = texts(floorPicture(sampleView(), office, kit));
  for (const expected of [
    '1 Alex',
    '4 Mike*',
    '$14,120',
    '+$2,650',
    'BREAKING',
    '7 ROUNDS',
    'BELL IN',
    '133.8',
    '+8.4%',
  ]) {
    assert.ok(said.includes(expected), `"${expected}" is not among ${said.join(' | ')}`);
  }
  const intermission = texts(floorPicture(sampleView({ phase: 'intermission', roundsLeft: 1 }), office, kit));
  assert.ok(intermission.includes('OPENS IN') && intermission.includes('1 ROUND'));
});

test('the board says that it goes by riches, which its crown is for, and not by the gain that bets are on', () => {
  const view = sampleView();
  const traders = view.traders.map((one) => ({
    ...one,
    episodeGainCents: one.id === 'mike' ? 500_000 : -1_000,
  }));
  const crowns = (drawn: Picture): Op[] =>
    drawn.ops.filter((op) => op.op === 'sprite' && op.sprite === 'icons/crown');
  const board = floorPicture({ ...view, traders }, office, kit);
  assert.ok(texts(board).includes('RICHEST FIRST') && texts(board).includes('1 Alex'));
  assert.equal(crowns(board).length, 1);
  assert.deepEqual(
    crowns(floorPicture(intermissionView(), office, kit)),
    [],
    'odds are not led by the richest',
  );
});

test('in an intermission the board shows the odds, the bar what is bet on, and the bell how long it takes', () => {
  const said = texts(floorPicture(intermissionView(), office, kit));
  for (const expected of [
    'ODDS',
    '100 CHIPS RETURN',
    '64%',
    '148',
    '0%',
    '1,350',
    'BETS OPEN',
    'OPENS IN',
    '2 ROUNDS',
  ])
    assert.ok(said.includes(expected), `"${expected}" is not among ${said.join(' | ')}`);
  assert.match(said.join(' '), /Who gains most in episode 4\?.*before round 44 opens\. 1,250 chips/);
  assert.ok(said.includes('INTERN'), 'nobody can back the intern');
  assert.ok(!texts(floorPicture(sampleView(), office, kit)).includes('ODDS'));
  const news = { text: 'Intern spills coffee on index', source: 'wire' };
  assert.ok(texts(floorPicture(intermissionView({ headline: news }), office, kit)).includes('BREAKING'));
  assert.ok(texts(floorPicture(intermissionView({ roundsLeft: 0 }), office, kit)).includes('NEXT'));
});

test('behind closed doors the bell says when they open, not how many rounds do not pass', () => {
  const doors = { opensMs: 0, weekday: null, at: '20:00' };
  const shut = (view: Parameters<typeof sampleView>[0]): string[] =>
    texts(floorPicture(sampleView({ phase: 'intermission', roundsLeft: 12, ...view }), office, kit));
  const today = shut({ doors });
  assert.ok(today.includes('OPENS AT') && today.includes('20:00') && !today.includes('12 ROUNDS'));
  assert.ok(shut({ doors: { ...doors, weekday: 3 } }).includes('WED 20:00'));
  assert.ok(shut({ doors: { ...doors, weekday: 3 }, language: 'de' }).includes('MI 20:00'));
});

test('a picture that stands beyond the opening bell says when bets close, not that they are open', () => {
  const { pool } = intermissionView();
  assert.ok(pool);
  const last = intermissionView({ roundsLeft: 0, pool: { ...pool, staysOpen: false } });
  const said = texts(floorPicture(last, office, kit));
  assert.ok(!said.includes('BETS OPEN') && said.includes('LAST BETS'), said.join(' | '));
  assert.match(said.join(' '), /Bets close when round 42 opens\. 1,250 chips/);
  assert.doesNotMatch(said.join(' '), /to go|Back your trader/);
});

test('the odds of ten traders fit on the board', () => {
  const view = intermissionView();
  const traders = Array.from({ length: 10 }, (_, index) => {
    const model = view.traders[index % 4];
    assert.ok(model);
    return { ...model, id: `t${index}`, name: `Trader${'x'.repeat(9)}`, standing: 'trading' as const };
  });
  const odds = traders.map(({ id }) => ({ trader: id, shareBps: 1_000, per100: 123_456 }));
  const { ops } = floorPicture(
    { ...view, traders, pool: { staysOpen: true, episode: 4, potChips: 9_999_999, odds } },
    office,
    kit,
  );
  assert.equal(ops.filter((op) => op.op === 'text' && op.text === '10%').length, 10);
  for (const op of ops.filter((one) => one.op === 'text' && one.x >= SIDE.x))
    assert.ok(within(extent(op), { x: 0, y: 0, w: 400, h: 250 }), JSON.stringify(op));
});

test('a rumour looks like any other news; a producer is named', () => {
  const stamps = (source: string) =>
    texts(floorPicture(sampleView({ headline: { text: 'Bonds are made of cheese', source } }), office, kit));
  assert.deepEqual(stamps('rumour'), stamps('wire'));
  assert.ok(stamps('producer').includes('PRODUCER'));
});

test('a bankrupt trader carries the coffee and the tag INTERN', () => {
  const view = sampleView();
  const ruined = {
    ...view,
    traders: view.traders.map((trader) => ({ ...trader, standing: 'intern' as const })),
  };
  const picture = floorPicture(ruined, office, kit);
  const aprons = picture.ops.filter((op) => op.op === 'sprite' && op.sprite === 'moods/intern' && !op.from);
  assert.equal(aprons.length, 4);
  assert.equal(texts(picture).filter((text) => text === 'INTERN').length, 4);
});

test('every operation is in whole pixels, whatever the numbers are', () => {
  const view = sampleView();
  const odd = sampleView({
    prices: view.prices.map((one) => ({ ...one, priceCents: 1, roundBps: -9_999, episodeBps: -10_000 })),
    traders: view.traders.map((trader) => ({
      ...trader,
      equityCents: -123_456_789,
      episodeBps: -99_999,
      curveCents: [],
    })),
  });
  for (const op of floorPicture(odd, office, kit).ops) {
    const numbers = JSON.stringify(op).match(/(?<=[:,[])-?\d+(\.\d+)?(?=[,}\]])/g) ?? [];
    assert.ok(
      numbers.every((number) => Number.isInteger(Number(number))),
      JSON.stringify(op),
    );
    assert.doesNotMatch(JSON.stringify(op), /:null|NaN/);
  }
});

test('nobody hides another name or face, in whatever rooms they meet and however they are called', () => {
  const rooms = fc.constantFrom(...office.rooms.map((room) => room.id));
  const name = fc.stringMatching(/^[A-Z][a-z]{1,15}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(rooms, name), { minLength: 4, maxLength: 4 }), (people) => {
      const sample = sampleView();
      const traders = sample.traders.map((trader, index) => {
        const [room = trader.room, called = trader.name] = people[index] ?? [];
        return { ...trader, room, name: called };
      });
      const figures = figuresOn(sampleView({ traders }), office);
      assert.equal(figures.length, 4);
      const boxes = nameTags(figures, [], kit).map(({ box }) => box);
      boxes.forEach((box, index) => {
        const one = figures[index];
        assert.ok(one && within(box, roomBox(one.room)), 'a tag leaves its room');
        assert.ok(
          boxes.every((other) => other === box || !overlaps(box, other)),
          'two tags overlap',
        );
        assert.ok(
          figures.every(({ face }) => !overlaps(box, face)),
          'a tag covers a face',
        );
      });
    }),
  );
});

/** Everybody in some room, each with a line. */
const meetings = fc.array(fc.tuple(fc.constantFrom(...office.rooms.map((room) => room.id)), fc.string()), {
  minLength: 4,
  maxLength: 4,
});

function meeting(people: readonly (readonly [string, string])[]): ReturnType<typeof sampleView> {
  const sample = sampleView();
  const traders = sample.traders.map((trader, index) => ({
    ...trader,
    room: people[index]?.[0] ?? trader.room,
    line: `${people[index]?.[1] ?? ''} ${trader.line} ${trader.line}`,
  }));
  return sampleView({ traders });
}

test("room plates, the ON AIR lamp and the desk's NEWS stay in sight, whoever meets where and says what", () => {
  const signs = signsOf(office, kit);
  assert.ok(signs.length >= 2);
  const plates = platesOf(office, kit);
  assert.equal(plates.length, office.rooms.length);
  fc.assert(
    fc.property(meetings, (people) => {
      const { people: standing, said } = stillStaging(meeting(people), office, kit);
      for (const sign of [...signs, ...plates])
        assert.ok(
          said.every(({ bubble }) => !overlaps(bubble.box, sign)),
          'a bubble covers a sign',
        );
      for (const { box } of nameTags(standing, signs, kit))
        assert.ok(!signs.some((sign) => overlaps(sign, box)), 'a name tag covers a sign');
    }),
    { numRuns: 40 },
  );
});

test('a larger cast and a room without furniture, spots or door are drawn too', () => {
  const [first, ...rest] = office.rooms;
  assert.ok(first);
  const { furniture: _f, spots: _s, door: _d, floor: _l, wall: _w, ...bare } = first;
  const view = sampleView();
  const crowd = Array.from({ length: 10 }, (_, index) => {
    const model = view.traders[index % 4];
    assert.ok(model);
    return { ...model, id: `t${index}`, sprite: `t${index}`, room: first.id, cameFrom: 'vc-office' };
  });
  const picture = floorPicture({ ...view, traders: crowd }, { ...office, rooms: [bare, ...rest] }, kit);
  assert.equal(picture.ops.filter((op) => op.op === 'sprite' && op.sprite.endsWith('/stand')).length, 10);
});
