import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moodOf, personSprites } from '#paint/scenes/figures.ts';
import { FACINGS } from '#paint/sprites/poses.ts';
import { MOODS, PERSON } from '#paint/sprites/sprite-book.ts';
import { content } from '#test/support/floor.ts';
import { kit } from './kit.ts';

const trading = (episodeBps: number) => ({ sprite: 'alex', standing: 'trading' as const, episodeBps });
const byMood = {
  calm: trading(0),
  confident: trading(300),
  sweating: trading(-200),
  panicking: trading(-900),
  broke: { sprite: 'alex', standing: 'intern' as const, episodeBps: 0 },
};

/** What is finally seen of a person, colour by colour. */
function look(names: readonly string[]): string {
  const layers = names.map((name) => kit.sprites.get(name).pixels);
  const seen = Array.from({ length: PERSON.height }, (_, y) =>
    Array.from(
      { length: PERSON.width },
      (_x, x) => layers.findLast((layer) => layer[y]?.[x])?.[y]?.[x] ?? '',
    ),
  );
  return JSON.stringify(seen);
}

test('the day makes the mood; a bankrupt trader is broke, whatever the day brings', () => {
  for (const mood of MOODS) assert.equal(moodOf(byMood[mood]), mood);
});

test('every trader has another face for every mood, from the front and from both sides', () => {
  const people = content.cast.map((persona) => persona.sprite);
  for (const facing of ['down', 'left', 'right'] as const) {
    const looks = MOODS.flatMap((mood) =>
      people.map((sprite) => {
        const [body = '', face = ''] = personSprites({ ...byMood[mood], sprite }, { facing, stride: 0 });
        return mood === 'calm' ? look([body]) : look([body, face]);
      }),
    );
    assert.equal(new Set(looks).size, MOODS.length * people.length, facing);
  }
  const drawn = people.flatMap((sprite) =>
    MOODS.slice(1).map((mood) => JSON.stringify(kit.sprites.get(`${sprite}/${mood}`))),
  );
  assert.equal(new Set(drawn).size, drawn.length, 'a face is used twice');
});

test('every mood but calm has a sign: a sparkle, sweat, shivers, empty pockets', () => {
  for (const mood of MOODS.slice(1)) {
    const names = personSprites(byMood[mood]);
    assert.ok(names.includes(`moods/sign-${mood}`), mood);
    for (const name of names) {
      const { width, height } = kit.sprites.get(name);
      assert.deepEqual({ name, width, height }, { name, width: PERSON.width, height: PERSON.height });
    }
  }
  assert.deepEqual(personSprites(byMood.calm), ['alex/stand']);
  assert.ok(personSprites(byMood.broke).includes('moods/intern'), 'the intern carries the coffee');
});

test('a back shows no mood', () => {
  for (const mood of MOODS)
    for (const stride of [0, 1, 2] as const)
      assert.equal(personSprites(byMood[mood], { facing: 'up', stride }).length, 1);
});

test('a trader without a drawing shows moods too, in its colours', () => {
  for (const facing of FACINGS.filter((one) => one !== 'up')) {
    const looks = MOODS.map((mood) =>
      look(personSprites({ ...byMood[mood], sprite: 'nora' }, { facing, stride: 0 })),
    );
    assert.equal(new Set(looks).size, MOODS.length);
  }
  const skin = kit.sprites.get('nora/stand').pixels[11]?.[8];
  assert.ok(skin && kit.sprites.get('nora/broke').pixels.flat().includes(skin));
});
