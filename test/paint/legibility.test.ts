import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FloorView } from '#show/ports/painter.ts';
import { overlaps } from '#paint/draw-list.ts';
import type { Kit } from '#paint/kit.ts';
import { loadFont } from '#paint/raster/font.ts';
import { figuresOn } from '#paint/scenes/figures.ts';
import { signsOf } from '#paint/scenes/map-scene.ts';
import { nameTags } from '#paint/scenes/name-tags.ts';
import { roundFrames } from '#paint/scenes/round-scene.ts';
import { playSampleShow } from '#tools/sample-show.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { legibilityOf } from './floor-measure.ts';
import { kit as sprites } from './kit.ts';
import { sampleView } from './sample.ts';

/** With the real font: the width of the words decides where they go. */
const kit: Kit = { ...sprites, ...loadFont() };
const { office } = content;
const ROOMS = office.rooms.map((room) => room.id);
const LONGEST = 140;

test('in real rounds every bubble is in its room, no tail is long, and nothing hides a name', async () => {
  const views = [
    ...(await playSampleShow(content, 7, 30, silentLog)),
    ...(await playSampleShow(content, 11, 30, silentLog)),
  ];
  const found = legibilityOf(views, office, kit);
  assert.ok(found.lines > 100, 'a test that reads too little');
  const { elsewhere, longTails, coveredTags, cutNames, wordless } = found;
  assert.deepEqual(
    { elsewhere, longTails, coveredTags, cutNames, wordless },
    { elsewhere: 0, longTails: 0, coveredTags: 0, cutNames: 0, wordless: 0 },
  );
  assert.ok(found.cutInFilms < 0.1 * found.lines, 'a film shows nearly every line whole');
  assert.ok(found.leftOutOfStills < 0.4 * found.lines, 'a still shows most of the lines');
  assert.ok(found.cutInStills < 0.1 * found.lines, 'and nearly all of these whole');
});

/** The cast in these rooms, each with a line. */
function meeting(people: readonly (readonly [string, string])[]): FloorView {
  const sample = sampleView();
  const traders = people.flatMap(([room, line], index) => {
    const model = sample.traders[index % sample.traders.length];
    return model ? [{ ...model, id: `t${index}`, room, heading: room, line, lineOrder: index }] : [];
  });
  return { ...sample, traders };
}

test('each bubble is in its room and no name is hidden, whoever meets where and however long they speak', () => {
  const line = fc
    .array(fc.stringMatching(/^[A-Za-z!?]{1,12}$/), { minLength: 1, maxLength: 40 })
    .map((words) => words.join(' ').slice(0, LONGEST));
  const people = fc.array(fc.tuple(fc.constantFrom(...ROOMS), line), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(people, (who) => {
      const { elsewhere, coveredTags, cutNames } = legibilityOf([meeting(who)], office, kit);
      assert.deepEqual({ elsewhere, coveredTags, cutNames }, { elsewhere: 0, coveredTags: 0, cutNames: 0 });
    }),
    { numRuns: 25 },
  );
});

test('ten people in one room each have a face and a name tag that nothing covers', () => {
  for (const room of ROOMS) {
    const figures = figuresOn(meeting(Array.from({ length: 10 }, () => [room, 'Sell!'] as const)), office);
    const tags = nameTags(figures, signsOf(office, kit), kit);
    assert.equal(tags.length, 10);
    for (const { box, name } of tags) {
      assert.ok(name.length >= 2, name);
      assert.ok(
        tags.every((other) => other.box === box || !overlaps(other.box, box)),
        `two tags in ${room}`,
      );
      assert.ok(
        figures.every(({ face }) => !overlaps(face, box)),
        `a tag covers a face in ${room}`,
      );
    }
  }
});

test('in a film, lines that have no place together come one after another, each long enough to be read', () => {
  const line = 'My model gives this rally four rounds, and it likes long walks and margin calls at dawn.';
  const view = meeting(Array.from({ length: 3 }, () => ['vc-office', line] as const));
  const frames = [...roundFrames(view, office, kit)];
  /** How many times the line begins in each frame. */
  const told = frames.map(
    ({ picture }) => picture.ops.filter((op) => op.op === 'text' && /^my model/i.test(op.text)).length,
  );
  assert.ok(told.includes(1) && Math.max(...told) < 3);
  const said = frames.reduce((sum, { delayMs }, index) => sum + (told[index] === 0 ? 0 : delayMs), 0);
  assert.ok(said >= 3 * 2_500, `three lines were there for ${said} ms`);
});
